import type { ArgumentMetadata, PipeTransform } from '../../../src/contracts/pipeline.js';
import { BootstrapError } from '../../../src/errors/bootstrap-error.js';
import { HttpException } from '../../../src/errors/http-exception.js';
import { ValidationException } from '../../../src/errors/validation-exception.js';
import { DefaultValuePipe } from '../../../src/validation/pipes/default-value-pipe.js';
import {
  ParseBoolPipe,
  ParseEnumPipe,
  ParseFloatPipe,
  ParseIntPipe,
  ParseUUIDPipe,
} from '../../../src/validation/pipes/parse-pipes.js';

enum Level {
  Low = 1,
  High = 2,
}
enum Order {
  Asc = 'asc',
  Desc = 'desc',
}

const argument = (type: ArgumentMetadata['type'], data?: string): ArgumentMetadata => ({
  type,
  data,
  metatype: undefined,
});
const limit = argument('query', 'limit');

function thrown(pipe: PipeTransform, value: unknown, metadata = limit): unknown {
  try {
    return pipe.transform(value, metadata);
  } catch (error) {
    return error;
  }
}

const v4 = '9f8b7c6d-5e4f-4a3b-8c2d-1e0f9a8b7c6d';
const v7 = '018f3c5e-7b1a-7c2d-9e4f-5a6b7c8d9e0f';
const nil = '00000000-0000-0000-0000-000000000000';
const max = 'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF';

describe.each<[PipeTransform, [unknown, unknown][], unknown[], string, string]>([
  [
    new ParseIntPipe(),
    [
      ['5', 5],
      ['-5', -5],
      [5, 5],
    ],
    ['', '5.5', '5x', ' 5', '0x5', '1e3', '9007199254740993', 5.5, NaN, true, ['5']],
    'an integer',
    'isInt',
  ],
  [
    new ParseFloatPipe(),
    [
      ['5', 5],
      ['-1.5', -1.5],
      ['1e3', 1000],
      [1.5, 1.5],
    ],
    ['', '5x', ' 5', '0x5', '1e999', 'NaN', Infinity, true, ['5']],
    'a number',
    'isNumber',
  ],
  [
    new ParseBoolPipe(),
    [
      ['true', true],
      ['false', false],
      [true, true],
      [false, false],
    ],
    ['', '1', 'yes', 'TRUE', 0, ['true']],
    'true or false',
    'isBoolean',
  ],
  [
    new ParseUUIDPipe(),
    [
      [v4, v4],
      [v7, v7],
      [v4.toUpperCase(), v4.toUpperCase()],
      [nil, nil],
      [max, max],
    ],
    ['', 'x', `${v4}0`, `${v4}\n`, v4.replaceAll('-', ''), [v4], v4.replace('-8c', '-1c'), v4.replace('-4', '-0')],
    'a UUID',
    'isUuid',
  ],
  [new ParseUUIDPipe({ version: 'all' }), [[v4, v4]], [v4.replace('-8c', '-1c')], 'a UUID', 'isUuid'],
  [new ParseUUIDPipe({ version: '4' }), [[v4, v4]], [v7, v4.replace('-8c', '-cc')], 'a UUID of version 4', 'isUuid'],
  [new ParseUUIDPipe({ version: '7' }), [[v7, v7]], [v4], 'a UUID of version 7', 'isUuid'],
  [new ParseEnumPipe(Order), [['asc', 'asc']], ['Asc', '', 'toString', ['asc']], 'one of asc, desc', 'isEnum'],
  [
    new ParseEnumPipe(Level),
    [
      ['1', 1],
      [2, 2],
    ],
    ['Low', '3', '', '__proto__', true],
    'one of 1, 2',
    'isEnum',
  ],
])('%p', (pipe, taken, refused, noun, type) => {
  test.each(taken)('takes %p', (value, result) => {
    expect(thrown(pipe, value)).toBe(result);
  });

  test.each([...refused, undefined, null].map((value) => [value]))('refuses %p', (value) => {
    const error = thrown(pipe, value) as ValidationException;
    expect(error).toBeInstanceOf(ValidationException);
    expect(error.detail).toEqual([{ loc: ['query', 'limit'], msg: `limit must be ${noun}`, type }]);
  });
});

test.each(['1', '2', '3', '4', '5', '6', '7', '8'] as const)('a UUID of version %s is of no other one', (version) => {
  const pipe = new ParseUUIDPipe({ version });
  for (const other of ['1', '2', '3', '4', '5', '6', '7', '8']) {
    const uuid = v4.replace('-4', `-${other}`);
    if (other === version) expect(thrown(pipe, uuid)).toBe(uuid);
    else expect(thrown(pipe, uuid)).toBeInstanceOf(ValidationException);
  }
  for (const unversioned of [nil, max]) expect(thrown(pipe, unversioned)).toBeInstanceOf(ValidationException);
});

describe('an option', () => {
  test('lets missing values pass, and only those', () => {
    const pipe = new ParseIntPipe({ optional: true });
    expect([thrown(pipe, undefined), thrown(pipe, null)]).toEqual([undefined, null]);
    expect(thrown(pipe, '')).toBeInstanceOf(ValidationException);
  });

  test('gives the status of the answer', () => {
    const error = thrown(new ParseIntPipe({ errorHttpStatusCode: 406 }), 'x') as HttpException;
    expect(error).not.toBeInstanceOf(ValidationException);
    expect([error.statusCode, error.detail]).toEqual([
      406,
      [{ loc: ['query', 'limit'], msg: 'limit must be an integer', type: 'isInt' }],
    ]);
  });

  test('makes the error', () => {
    const pipe = new ParseEnumPipe(Order, { exceptionFactory: (message) => new RangeError(message) });
    expect(thrown(pipe, 'x')).toEqual(new RangeError('limit must be one of asc, desc'));
  });
});

test.each<[ArgumentMetadata, (string | number)[]]>([
  [argument('query', 'a'), ['query', 'a']],
  [argument('param', 'a'), ['path', 'a']],
  [argument('headers', 'a'), ['header', 'a']],
  [argument('cookies', 'a'), ['cookie', 'a']],
  [argument('body', 'a'), ['body', 'a']],
  [argument('body'), ['body']],
  [argument('custom', 'a'), ['body', 'a']],
])('the place of an error follows the argument: %j', (metadata, loc) => {
  expect(thrown(new ParseIntPipe(), 'x', metadata)).toMatchObject({ detail: [{ loc }] });
});

test.each([undefined, null, NaN])('a default stands in for %p', (value) => {
  expect(new DefaultValuePipe(5).transform(value)).toBe(5);
});

test.each(['', 0, false, 'x'])('a default leaves %p', (value) => {
  expect(new DefaultValuePipe(5).transform(value)).toBe(value);
});

test('an enum that is missing is told of at once', () => {
  expect(() => new ParseEnumPipe(undefined as never)).toThrow(BootstrapError);
});
