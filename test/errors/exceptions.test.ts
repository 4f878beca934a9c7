import { STATUS_CODES } from 'node:http';
import * as exceptions from '../../src/errors/exceptions.js';
import { HttpException, type HttpExceptionOptions } from '../../src/errors/http-exception.js';
import { errorStatusText } from '../../src/errors/http-status.js';
import { ValidationException } from '../../src/errors/validation-exception.js';

type ExceptionClass = new (detail?: unknown, options?: HttpExceptionOptions) => HttpException;
type Family = Record<string, ExceptionClass>;

const family = exceptions as unknown as Family;
const table = Object.entries(family)
  .map(([name, type]) => [new type().statusCode, name] as const)
  .toSorted(([one], [other]) => one - other)
  .map(([status, name]) => [status, name, errorStatusText(status)] as const);

test('an error in the place of the detail is the cause, and callers are not told what it says', () => {
  const error = Object.assign(new Error('row 7 of table orders'), { config: { password: 'hunter2' } });
  const told = new exceptions.BadRequestException(error);
  expect([told.getResponse(), told.message, told.cause, told.errorDetail]).toEqual([
    { detail: 'Bad Request' },
    'Bad Request',
    error,
    'row 7 of table orders',
  ]);
  const failed = new exceptions.InternalServerErrorException(error, { errorDetail: 'the database' });
  expect([failed.getResponse(), failed.cause, failed.errorDetail]).toEqual([
    { detail: 'Internal Server Error' },
    error,
    'the database',
  ]);
  expect(new exceptions.InternalServerErrorException(error).errorDetail).toBeUndefined();
});

// What NestJS 11 exports, for which programs that come from there ask.
const NESTJS = {
  BadRequestException: 400,
  UnauthorizedException: 401,
  ForbiddenException: 403,
  NotFoundException: 404,
  MethodNotAllowedException: 405,
  NotAcceptableException: 406,
  RequestTimeoutException: 408,
  ConflictException: 409,
  GoneException: 410,
  PreconditionFailedException: 412,
  PayloadTooLargeException: 413,
  UnsupportedMediaTypeException: 415,
  ImATeapotException: 418,
  MisdirectedException: 421,
  UnprocessableEntityException: 422,
  InternalServerErrorException: 500,
  NotImplementedException: 501,
  BadGatewayException: 502,
  ServiceUnavailableException: 503,
  GatewayTimeoutException: 504,
  HttpVersionNotSupportedException: 505,
};

/** A second copy of the module, as the other build beside this one would be. */
function anotherCopy<T>(load: () => T): T {
  let copy: T | undefined;
  jest.isolateModules(() => {
    copy = load();
  });
  return copy as T;
}

describe('the family of exceptions', () => {
  it.each(Object.entries(NESTJS))('has NestJS’s %s', (name, status) => {
    expect(new family[name]!().statusCode).toBe(status);
  });

  it('has every error status that Node knows, but 509, which was never registered, and 510, which is obsolete', () => {
    const known = Object.keys(STATUS_CODES)
      .map(Number)
      .filter((status) => status >= 400 && status !== 509 && status !== 510);
    expect(table.map(([status]) => status)).toEqual(known);
  });

  it.each(table)('%i is %s, which says "%s"', (status, name, phrase) => {
    const error = new family[name]!();
    expect(error).toMatchObject({
      statusCode: status,
      name,
      message: phrase,
      detail: phrase,
      headers: {},
      errorDetail: undefined,
    });
    expect([error.getStatus(), error.getResponse()]).toEqual([status, { detail: phrase }]);
    expect(error.stack).toContain(phrase);
    expect(error).toBeInstanceOf(Error);
    expect(error).toBeInstanceOf(HttpException);
  });

  it.each(table)('%i %s tells its own instances from those of every other', (_status, name) => {
    const others = table.filter(([, other]) => new family[other]!() instanceof family[name]!).map(([, other]) => other);
    expect(others).toEqual([name]);
  });

  it('has the phrases that Node has, but for case', () => {
    const phrases = table.map(([status]) => STATUS_CODES[status]?.toLowerCase());
    expect(table.map(([, , phrase]) => phrase.toLowerCase())).toEqual(phrases);
    expect(errorStatusText(599)).toBe('Error');
  });
});

describe('across two copies of the package', () => {
  const copy = anotherCopy(() => require('../../src/errors/exceptions.js') as Family);

  it.each(table)('%i %s is recognised both ways', (_status, name) => {
    expect(copy[name]).not.toBe(family[name]);
    expect(new copy[name]!()).toBeInstanceOf(family[name]!);
    expect(new family[name]!()).toBeInstanceOf(copy[name]!);
    expect(new copy[name]!()).toBeInstanceOf(HttpException);
    const other = name === 'GoneException' ? 'ConflictException' : 'GoneException';
    expect(new copy[name]!()).not.toBeInstanceOf(family[other]!);
  });

  it('a ValidationException is recognised, also as a 422', () => {
    const other = anotherCopy(
      () => require('../../src/errors/validation-exception.js') as { ValidationException: typeof ValidationException },
    );
    const error = new other.ValidationException([{ loc: ['body'], msg: 'body is required', type: 'required' }]);
    expect(error).toBeInstanceOf(ValidationException);
    expect(error).toBeInstanceOf(exceptions.UnprocessableEntityException);
    expect(new copy['UnprocessableEntityException']!()).not.toBeInstanceOf(ValidationException);
  });
});

describe('a class of one’s own', () => {
  class OutOfStock extends exceptions.ConflictException {
    constructor(sku: string) {
      super({ sku, reason: 'out of stock' });
    }
  }

  it('keeps its name, its parents and its detail', () => {
    const error = new OutOfStock('A-1');
    expect(error).toMatchObject({
      name: 'OutOfStock',
      statusCode: 409,
      message: 'Conflict',
      detail: { sku: 'A-1', reason: 'out of stock' },
    });
    for (const parent of [OutOfStock, exceptions.ConflictException, HttpException, Error])
      expect(error).toBeInstanceOf(parent);
  });

  it('does not take its siblings for its own', () => {
    class Locked extends exceptions.ConflictException {}
    expect(new Locked()).not.toBeInstanceOf(OutOfStock);
    expect(new exceptions.ConflictException()).not.toBeInstanceOf(OutOfStock);
  });
});

describe('HttpException', () => {
  it('takes any JSON as its detail, and a text, or one that is called message, as its message too', () => {
    expect(new HttpException(404, 'No such order')).toMatchObject({
      message: 'No such order',
      detail: 'No such order',
      name: 'HttpException',
    });
    expect(new HttpException(404, { id: 7 })).toMatchObject({ message: 'Not Found', detail: { id: 7 } });
    expect(new HttpException({ message: 'No such order', id: 7 }, 404)).toMatchObject({ message: 'No such order' });
    expect(new HttpException(404, { message: 7 })).toMatchObject({ message: 'Not Found' });
    expect(new HttpException(404, [])).toMatchObject({ message: 'Not Found', detail: [] });
    expect(new HttpException(404, '').detail).toBe('');
    expect(new HttpException(404, 0).detail).toBe(0);
    expect(new HttpException(404, null).detail).toBe('Not Found');
    expect(new HttpException(499).detail).toBe('Error');
  });

  it('carries headers, what only the log is told, and its cause', () => {
    const cause = new Error('ECONNREFUSED');
    const error = new HttpException(503, undefined, {
      headers: { 'retry-after': '5' },
      errorDetail: { host: 'db' },
      cause,
    });
    expect(error).toMatchObject({ headers: { 'retry-after': '5' }, errorDetail: { host: 'db' }, cause });
    expect(error.getResponse()).toEqual({ detail: 'Service Unavailable' });
    expect('cause' in new HttpException(503)).toBe(false);
  });

  it.each([
    [200, '200'],
    [302, '302'],
    [399, '399'],
    [600, '600'],
    [404.5, '404.5'],
    [Number.NaN, 'NaN'],
    ['No such order', '"No such order"'],
    [{ code: 'locked' }, 'an object'],
    [undefined, 'undefined'],
  ])('refuses the status %p', (status, named) => {
    const message = `HttpException takes a status from 400 to 599 and the detail; ${named} is not such a status`;
    expect(() => new HttpException(status as number)).toThrow(new RangeError(message));
    expect(() => new HttpException(status as number, '404')).toThrow(new RangeError(message));
  });

  it.each([
    ['No such order', 404],
    [{ code: 'locked' }, 409],
    [new Error('the table is gone'), 503],
  ])('takes the detail %p before the status, as in NestJS', (detail, statusCode) => {
    const options = { errorDetail: 'row 7', headers: { 'retry-after': '1' } };
    const [nest, own] = [
      new HttpException(detail, statusCode, options),
      new HttpException(statusCode, detail, options),
    ];
    expect({ ...nest, message: nest.message, cause: nest.cause }).toEqual({
      ...own,
      message: own.message,
      cause: own.cause,
    });
    expect(nest).toMatchObject({ statusCode, errorDetail: 'row 7', headers: { 'retry-after': '1' } });
  });

  it.each([200, 600, 404.5])('refuses the status %p after the detail', (status) => {
    const message = `HttpException takes a status from 400 to 599 and the detail; ${status} is not such a status`;
    expect(() => new HttpException('No such order', status)).toThrow(new RangeError(message));
  });

  it('takes the first of two numbers as the status', () => {
    expect(new HttpException(409, 410)).toMatchObject({ statusCode: 409, detail: 410 });
    expect(() => new HttpException(7, 409)).toThrow('7 is not such a status');
  });

  it.each([undefined, null, 'text', 404, {}, new Error('x'), { statusCode: 404, detail: 'Not Found' }])(
    'is not what looks like one: %p',
    (value) => {
      expect((value as unknown) instanceof HttpException).toBe(false);
      expect((value as unknown) instanceof exceptions.NotFoundException).toBe(false);
    },
  );
});

describe('ValidationException', () => {
  it('is a 422 whose detail lists what is wrong', () => {
    const detail = [{ loc: ['body', 'lines', 0, 'sku'], msg: 'sku must be a string', type: 'isString' }];
    const error = new ValidationException(detail);
    expect(error).toMatchObject({
      name: 'ValidationException',
      statusCode: 422,
      message: 'Unprocessable Entity',
      detail,
    });
    expect(error).toBeInstanceOf(exceptions.UnprocessableEntityException);
    expect(new exceptions.UnprocessableEntityException(detail)).not.toBeInstanceOf(ValidationException);
  });
});
