import { STATUS_CODES } from 'node:http';
import { HTTP_ERRORS, HttpStatus } from '../../src/errors/http-status.js';

// Where NestJS calls a status otherwise than its exception.
const OTHERWISE: Readonly<Record<string, string>> = {
  RangeNotSatisfiable: 'REQUESTED_RANGE_NOT_SATISFIABLE',
  ImATeapot: 'I_AM_A_TEAPOT',
};

test('every error status of the table is there, by the name of its exception in capitals', () => {
  const named = Object.entries(HTTP_ERRORS).map(([status, [name]]) => [
    OTHERWISE[name] ?? name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase(),
    Number(status),
  ]);
  expect(Object.entries(HttpStatus).filter(([, status]) => status >= 400)).toEqual(named);
});

test('the others are statuses that Node knows', () => {
  for (const status of Object.values(HttpStatus)) expect(STATUS_CODES[status]).toBeDefined();
  expect([HttpStatus.OK, HttpStatus.CREATED, HttpStatus.NO_CONTENT, HttpStatus.FOUND]).toEqual([200, 201, 204, 302]);
});
