import { WindowMap } from '../../src/rate-limit/window-map.js';

beforeEach(() => void jest.useFakeTimers({ now: 1000 }));
afterEach(() => void jest.useRealTimers());

test('forgets a window that has ended', () => {
  const windows = new WindowMap<string>(10);
  windows.set('a', 'A', 2000);
  expect(windows.get('a')).toBe('A');
  jest.setSystemTime(2000);
  expect([windows.get('a'), windows.size]).toEqual([undefined, 0]);
});

test('keeps no more than it may: the ended go first, then the oldest', () => {
  const windows = new WindowMap<number>(10);
  for (let index = 0; index < 5; index++) windows.set(`short ${index}`, index, 1500);
  for (let index = 0; index < 5; index++) windows.set(`long ${index}`, index, 9000);
  jest.setSystemTime(1500);
  windows.set('next', 0, 9000);
  expect([windows.get('long 0'), windows.size]).toEqual([0, 6]);
  for (let index = 0; index < 1000; index++) {
    windows.set(`more ${index}`, index, 9000);
    expect(windows.size).toBeLessThanOrEqual(10);
  }
  expect([windows.get('long 0'), windows.get('more 999')]).toEqual([undefined, 999]);
});

test('makes room for a known window without dropping another', () => {
  const windows = new WindowMap<number>(2);
  windows.set('a', 1, 9000);
  windows.set('b', 1, 9000);
  windows.set('a', 2, 9000);
  expect([windows.get('a'), windows.get('b')]).toEqual([2, 1]);
});
