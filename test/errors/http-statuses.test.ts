import { STATUS_CODES } from 'node:http';
import { reasonPhrase } from '../../src/errors/http-status.js';

// 509 was never registered, and 510 is obsolete.
const answers = Object.keys(STATUS_CODES)
  .map(Number)
  .filter((status) => status >= 200 && status !== 509 && status !== 510);

test.each(answers)('the reason phrase of %i is the one that Node has', (status) => {
  expect(reasonPhrase(status)).toBe(STATUS_CODES[status]);
});

test.each([0, 199, 299, 399, 599, Number.NaN])('%p has no reason phrase', (status) => {
  expect(reasonPhrase(status)).toBeUndefined();
});
