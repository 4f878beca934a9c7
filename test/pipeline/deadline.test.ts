import { GatewayTimeoutException } from '../../src/errors/exceptions.js';
import { Deadline } from '../../src/pipeline/deadline.js';

beforeEach(() => void jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask'] }));
afterEach(() => void jest.useRealTimers());

const never = () => new Promise<never>(() => undefined);
const settledAs = (promise: unknown) => {
  const seen: unknown[] = [];
  Promise.resolve(promise).then(
    (value) => seen.push(['done', value]),
    (error: unknown) => seen.push(['failed', error]),
  );
  return seen;
};

test('what is there already is handed back as it is, without a timer', () => {
  const deadline = new Deadline(100);
  const value = { now: true };
  expect(deadline.race(value)).toBe(value);
  expect(jest.getTimerCount()).toBe(0);
});

test('without an end a promise is handed back as it is', () => {
  const work = never();
  expect(new Deadline(Number.POSITIVE_INFINITY).race(work)).toBe(work);
  expect(jest.getTimerCount()).toBe(0);
});

test('work that is done in time leaves no timer, and its result or error is passed on', async () => {
  const deadline = new Deadline(100);
  expect(await deadline.race(Promise.resolve('ok'))).toBe('ok');
  const error = new Error('own');
  await expect(deadline.race(Promise.reject(error))).rejects.toBe(error);
  expect(jest.getTimerCount()).toBe(0);
  expect(deadline.isOver).toBe(false);
});

test('work that takes longer fails with 504, told for the log', async () => {
  const deadline = new Deadline(10_000);
  deadline.limit(1);
  const seen = settledAs(deadline.race(never()));
  await jest.advanceTimersByTimeAsync(999);
  expect(seen).toEqual([]);
  await jest.advanceTimersByTimeAsync(1);
  expect(seen).toEqual([['failed', expect.any(GatewayTimeoutException)]]);
  expect((seen[0] as [string, GatewayTimeoutException])[1].errorDetail).toBe('Timed out after 1 s');
  expect([deadline.isOver, jest.getTimerCount()]).toEqual([true, 0]);
});

test("the invocation's own end comes first when it is nearer, and no limit moves it", async () => {
  const deadline = new Deadline(50);
  deadline.limit(30);
  const seen = settledAs(deadline.race(never()));
  deadline.limit(60);
  await jest.advanceTimersByTimeAsync(50);
  expect((seen[0] as [string, GatewayTimeoutException])[1].errorDetail).toBe(
    'Timed out after the 50 ms that the invocation had left',
  );
});

test('a limit counts from the start of the event, shorter or longer, while the timer runs', async () => {
  for (const [seconds, expected] of [
    [0.1, 100],
    [0.5, 500],
  ] as const) {
    const deadline = new Deadline(10_000);
    deadline.limit(0.3);
    const seen = settledAs(deadline.race(never()));
    await jest.advanceTimersByTimeAsync(50);
    deadline.limit(seconds);
    await jest.advanceTimersByTimeAsync(expected - 51);
    expect(seen).toEqual([]);
    await jest.advanceTimersByTimeAsync(1);
    expect(seen).toHaveLength(1);
  }
});

test('one timer serves everything that waits, until the last is done', async () => {
  const deadline = new Deadline(100);
  let finish!: () => void;
  const first = settledAs(deadline.race(new Promise<void>((resolve) => (finish = resolve))));
  const second = settledAs(deadline.race(never()));
  expect(jest.getTimerCount()).toBe(1);
  finish();
  await jest.advanceTimersByTimeAsync(0);
  expect([first.length, second.length, jest.getTimerCount()]).toEqual([1, 0, 1]);
  await jest.advanceTimersByTimeAsync(100);
  expect([second.length, jest.getTimerCount()]).toEqual([1, 0]);
});

test('the signal fires with the error, also for who asks when the time is up', async () => {
  const [early, late] = [new Deadline(10), new Deadline(10)];
  const { signal } = early;
  settledAs(early.race(never()));
  settledAs(late.race(never()));
  expect(signal.aborted).toBe(false);
  await jest.advanceTimersByTimeAsync(10);
  expect([signal.aborted, signal.reason]).toEqual([true, expect.any(GatewayTimeoutException)]);
  expect([late.signal.aborted, late.signal.reason]).toEqual([true, expect.any(GatewayTimeoutException)]);
  expect(early.signal).toBe(signal);
});

test('time that is up already fails what is not there yet, and nothing else', async () => {
  const deadline = new Deadline(-5);
  expect(deadline.race('there')).toBe('there');
  expect(await deadline.race(Promise.resolve('at once'))).toBe('at once');
  const seen = settledAs(deadline.race(never()));
  await jest.advanceTimersByTimeAsync(1);
  expect(seen).toEqual([['failed', expect.any(GatewayTimeoutException)]]);
});

test('what fails after the end is not heard of', async () => {
  const deadline = new Deadline(10);
  const seen = settledAs(
    deadline.race(
      new Promise((_, reject) => {
        setTimeout(() => reject(new Error('late')), 20);
      }),
    ),
  );
  await jest.advanceTimersByTimeAsync(30);
  expect(seen).toEqual([['failed', expect.any(GatewayTimeoutException)]]);
});

test('a limit beyond what a timer can hold does not fire at once', async () => {
  const deadline = new Deadline(2 ** 33);
  deadline.limit(2 ** 23);
  const seen = settledAs(deadline.race(never()));
  await jest.advanceTimersByTimeAsync(60_000);
  expect([seen, jest.getTimerCount()]).toEqual([[], 1]);
});

test('what is awaited when the event ends keeps no timer, and is still heard', async () => {
  const deadline = new Deadline(100);
  let finish!: (value: string) => void;
  const seen = settledAs(deadline.race(new Promise<string>((resolve) => (finish = resolve))));
  deadline.end();
  expect(jest.getTimerCount()).toBe(0);
  const after = settledAs(deadline.race(never()));
  await jest.advanceTimersByTimeAsync(1000);
  finish('late');
  await jest.advanceTimersByTimeAsync(0);
  expect([seen, after, jest.getTimerCount()]).toEqual([[['done', 'late']], [], 0]);
});

test('when the time is up an answer has a moment to get out: 250 ms, or half of what the invocation has left', async () => {
  for (const [available, margin, moment] of [
    [10_000, 200, 250],
    [1000, 200, 100],
  ] as const) {
    const deadline = new Deadline(available, 1, margin);
    settledAs(deadline.race(never()));
    await jest.advanceTimersByTimeAsync(1000);
    deadline.limit(60);
    const answer = settledAs(deadline.race(never()));
    await jest.advanceTimersByTimeAsync(moment - 1);
    expect(answer).toEqual([]);
    await jest.advanceTimersByTimeAsync(1);
    expect(answer).toHaveLength(1);
  }
});

test('many events with ends of their own ask for timers of few delays, and none is over too early', async () => {
  const delays = jest.spyOn(globalThis, 'setTimeout');
  const ends = Array.from({ length: 100 }, (_, index) => 30_001 + index * 7);
  const seen = ends.map((end) => settledAs(new Deadline(end).race(never())));
  expect(new Set(delays.mock.calls.map(([, delay]) => delay)).size).toBe(1);
  await jest.advanceTimersByTimeAsync(30_350);
  expect(seen.filter(({ length }) => length > 0)).toHaveLength(50);
  await jest.advanceTimersByTimeAsync(700);
  expect(seen.every(({ length }) => length === 1)).toBe(true);
});

test('what gives up when the time is over is told once, and again only if it waits again', async () => {
  const deadline = new Deadline(100);
  const told: unknown[] = [];
  deadline.whenOver((error) => told.push(error));
  expect(jest.getTimerCount()).toBe(1);
  await jest.advanceTimersByTimeAsync(100);
  expect(told).toEqual([expect.any(GatewayTimeoutException)]);
  const seen = settledAs(deadline.race(never()));
  await jest.advanceTimersByTimeAsync(10_000);
  expect([told.length, seen.length, jest.getTimerCount()]).toEqual([1, 1, 0]);
});

test('what gives up when the time is over is not told after the deadline has ended', async () => {
  const deadline = new Deadline(100);
  const told: unknown[] = [];
  deadline.whenOver((error) => told.push(error));
  deadline.end();
  deadline.whenOver((error) => told.push(error));
  expect(jest.getTimerCount()).toBe(0);
  await jest.advanceTimersByTimeAsync(10_000);
  expect([told, deadline.isOver]).toEqual([[], false]);
});
