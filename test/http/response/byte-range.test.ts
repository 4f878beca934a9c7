import fc from 'fast-check';
import { parseRange } from '../../../src/http/response/file-response.js';

describe('a Range header', () => {
  it.each([
    ['bytes=0-4', 10, { start: 0, end: 4 }],
    ['bytes=5-', 10, { start: 5, end: 9 }],
    ['bytes=-3', 10, { start: 7, end: 9 }],
    ['bytes=-99', 10, { start: 0, end: 9 }],
    ['bytes=8-99', 10, { start: 8, end: 9 }],
    ['Bytes = 1 - 2 ', 10, { start: 1, end: 2 }],
    [`bytes=0-${'9'.repeat(400)}`, 10, { start: 0, end: 9 }],
  ])('%s of %d bytes is one range', (header, size, range) => {
    expect(parseRange(header, size)).toEqual(range);
  });

  it.each([
    ['bytes=999-', 10],
    ['bytes=10-', 10],
    ['bytes=-0', 10],
    ['bytes=0-', 0],
    [`bytes=${'9'.repeat(400)}-`, 10],
  ])('%s of %d bytes can not be satisfied', (header, size) => {
    expect(parseRange(header, size)).toBe('unsatisfiable');
  });

  it.each([
    'bytes=5-2',
    'bytes=0-1,3-4',
    'bytes=-',
    'bytes=',
    'bytes=a-b',
    'lines=0-1',
    'bytes=1--2',
    'bytes=0x1-2',
    '',
  ])('%j means the whole body', (header) => {
    expect(parseRange(header, 10)).toBeUndefined();
  });

  it('asks for the whole of an empty body by its end', () => {
    expect(parseRange('bytes=-5', 0)).toBeUndefined();
  });

  it('never reaches outside of the body', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), fc.nat(), fc.nat(100), (junk, first, last, size) => {
        for (const header of [junk, `bytes=${junk}`, `bytes=${first}-${last}`, `bytes=${first}-`, `bytes=-${last}`]) {
          const range = parseRange(header, size);
          if (typeof range !== 'object') continue;
          expect(range.start).toBeGreaterThanOrEqual(0);
          expect(range.end).toBeGreaterThanOrEqual(range.start);
          expect(range.end).toBeLessThan(size);
        }
      }),
    );
  });
});
