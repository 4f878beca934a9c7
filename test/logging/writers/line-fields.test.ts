import fc from 'fast-check';
import { isoDate } from '../../../src/logging/writers/line-fields.js';

describe('isoDate', () => {
  it('equals toISOString within a second, across seconds and back', () => {
    const start = Date.UTC(2026, 11, 31, 23, 59, 58, 990);
    for (let time = start; time < start + 2100; time += 7) expect(isoDate(time)).toBe(new Date(time).toISOString());
    expect(isoDate(start)).toBe('2026-12-31T23:59:58.990Z');
  });

  it('equals toISOString in every year of four digits', () => {
    fc.assert(
      fc.property(
        fc.date({ noInvalidDate: true, min: new Date('1000-01-01'), max: new Date('9999-12-31') }),
        (date) => {
          expect(isoDate(date.getTime())).toBe(date.toISOString());
        },
      ),
    );
  });
});
