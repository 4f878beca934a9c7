import { loggedDetails } from '../../src/errors/redact-details.js';
import { noteInputs } from '../../src/errors/validation-detail.js';
import { ValidationException } from '../../src/errors/validation-exception.js';

const SECRET = 'hunter2-';

/** What the log says of a value that a message repeats behind so many characters. */
function told(before: number, key: string, value: string): string {
  const detail = { loc: ['body', key], msg: `${'m'.repeat(before)}${value} is wrong`, type: 'rule' };
  const { detail: details } = new ValidationException(noteInputs([detail], { loc: ['body'], value: { [key]: value } }));
  return JSON.stringify(loggedDetails(details));
}

it.each([0, 10, 150, 195, 199, 250, 900, 990, 995, 1005])(
  'a value that is too long to be told is not told in part, behind %i characters',
  (before) => {
    for (const key of ['password', 'k'.repeat(500)]) {
      for (const length of [8, 80, 800, 8000])
        expect(told(before, key, SECRET.repeat(length / 8))).not.toContain(SECRET.slice(0, 5));
    }
  },
);

it('a million values cost no more than a hundred', () => {
  let read = 0;
  const list = Array.from({ length: 200_000 }, (_, index) => index);
  const value = new Proxy(list, {
    get: (target, key, receiver) => (read++, Reflect.get(target, key, receiver) as unknown),
  });
  const details = Array.from({ length: 50 }, () => ({ loc: ['body', 'list'], msg: '1234 is wrong', type: 'rule' }));
  loggedDetails(noteInputs(details, { loc: ['body'], value: { list: value } }));
  expect(read).toBeLessThan(50 * 1000);
});
