import { inputsOf, noteInputs, type ValidationDetail } from '../../src/errors/validation-detail.js';
import { boundedDetails, ValidationException } from '../../src/errors/validation-exception.js';

const detail = (key: string | number, msg = 'wrong'): ValidationDetail => ({ loc: ['body', key], msg, type: 'rule' });

describe('what a ValidationException lists', () => {
  it('is what it was given, where that fits into an answer', () => {
    const details = Array.from({ length: 1000 }, (_, index) => detail(index));
    expect(new ValidationException(details).detail).toBe(details);
  });

  it('are the first thousand mistakes', () => {
    const details = Array.from({ length: 1001 }, (_, index) => detail(index));
    expect(new ValidationException(details).detail).toEqual(details.slice(0, 1000));
  });

  it('has keys and messages that are cut where they are long', () => {
    const long = 'x'.repeat(5000);
    expect(new ValidationException([detail(long, `property ${long} should not exist`)]).detail).toEqual([
      { loc: ['body', `${long.slice(0, 100)}…`], msg: `property ${long.slice(0, 991)}…`, type: 'rule' },
    ]);
  });

  it('is shorter than any gateway takes, whatever stands in it', () => {
    const worst = '\u0001'.repeat(1000);
    const details = Array.from({ length: 1000 }, () => ({
      loc: Array.from({ length: 200 }, () => worst),
      msg: worst,
      type: 'rule',
    }));
    const { detail: bounded } = new ValidationException(details);
    expect(bounded.length).toBeGreaterThan(5);
    expect(JSON.stringify({ body: JSON.stringify({ detail: bounded }) }).length).toBeLessThan(1_000_000);
    const short = Array.from({ length: 1000 }, (_, index) => detail('"'.repeat(50) + String(index), '"'.repeat(60)));
    expect(JSON.stringify({ body: JSON.stringify({ detail: boundedDetails(short) }) }).length).toBeLessThan(1_000_000);
  });

  it('is about the same input', () => {
    const checked = { loc: ['body'], value: { secret: 1 } };
    expect(inputsOf(boundedDetails(noteInputs([detail('x'.repeat(200))], checked)))).toEqual([checked]);
  });
});
