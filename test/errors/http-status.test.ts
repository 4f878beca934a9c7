import { STATUS_CODES } from 'node:http';
import * as exceptions from '../../src/errors/exceptions.js';
import { HttpStatus } from '../../src/errors/http-status.js';
import { reasonPhrase } from '../../src/errors/reason-phrase.js';

// Where NestJS calls a status otherwise than its exception.
const OTHERWISE: Readonly<Record<string, string>> = {
  RangeNotSatisfiable: 'REQUESTED_RANGE_NOT_SATISFIABLE',
  ImATeapot: 'I_AM_A_TEAPOT',
};

test('every exception has a constant, by its name in capitals', () => {
  const named = Object.entries(exceptions).map(([className, type]) => {
    const name = className.slice(0, -'Exception'.length);
    return [OTHERWISE[name] ?? name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase(), new type().statusCode];
  });
  const constants = Object.fromEntries(Object.entries(HttpStatus).filter(([, status]) => status >= 400));
  expect(constants).toEqual(Object.fromEntries(named));
});

test('the others are statuses that Node knows', () => {
  for (const status of Object.values(HttpStatus)) expect(STATUS_CODES[status]).toBeDefined();
  expect([HttpStatus.OK, HttpStatus.CREATED, HttpStatus.NO_CONTENT, HttpStatus.FOUND]).toEqual([200, 201, 204, 302]);
});

// 509 was never registered, and 510 is obsolete.
const known = Object.keys(STATUS_CODES)
  .map(Number)
  .filter((status) => status >= 200 && status !== 509 && status !== 510);

test.each(known)('the reason phrase of %i is the one that Node has', (status) => {
  expect(reasonPhrase(status)).toBe(STATUS_CODES[status]);
});

test.each([0, 199, 299, 399, 599, Number.NaN])('%p has no reason phrase', (status) => {
  expect(reasonPhrase(status)).toBeUndefined();
});
