import fc from 'fast-check';
import { scalarReader } from '../../src/validation/scalar-reader.js';
import { outcome, refusal } from './refusal.js';

const reader = (type: unknown) => scalarReader(type, ['query', 'limit']);

describe('a number', () => {
  test.each([
    ['5', 5],
    ['-5', -5],
    ['+5', 5],
    ['007', 7],
    ['1.5', 1.5],
    ['.5', 0.5],
    ['1e3', 1000],
    ['-0', -0],
    [5, 5],
    ['1e-400', 0],
  ])('is read from %p', async (text, number) => {
    expect(await outcome(reader(Number), text)).toBe(number);
  });

  test.each([
    '',
    ' ',
    ' 12 ',
    '12abc',
    'abc',
    'NaN',
    'Infinity',
    '-Infinity',
    '1e999',
    '0x1f',
    '0b1',
    '1_000',
    '1,5',
    '1e',
    '--1',
    '１２',
    null,
    true,
    ['1'],
    {},
    NaN,
  ])('is not read from %p', async (text) => {
    expect(await refusal(reader(Number), text)).toEqual([
      { loc: ['query', 'limit'], msg: 'limit must be a number', type: 'isNumber' },
    ]);
  });

  test('is always finite', () => {
    fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.double().map(String), fc.bigInt().map(String)), async (text) => {
        const result = await outcome(reader(Number), text);
        expect(result instanceof Error || Number.isFinite(result)).toBe(true);
      }),
    );
  });
});

describe('a boolean', () => {
  test.each([
    ['true', true],
    ['1', true],
    ['false', false],
    ['0', false],
    [false, false],
  ])('is read from %p', async (text, value) => {
    expect(await outcome(reader(Boolean), text)).toBe(value);
  });

  test.each(['', 'yes', 'TRUE', 'no', '2', 1, null])('is not read from %p', async (text) => {
    expect(await refusal(reader(Boolean), text)).toMatchObject([
      { msg: 'limit must be true or false', type: 'isBoolean' },
    ]);
  });
});

describe('a date', () => {
  test.each([
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['2024-05-06T07:08Z', '2024-05-06T07:08:00.000Z'],
    ['2024-05-06T07:08:09.5+02:00', '2024-05-06T05:08:09.500Z'],
    ['2024-05-06T07:08:09,5+0200', '2024-05-06T05:08:09.500Z'],
    ['2024-05-06T07:08:09-02', '2024-05-06T09:08:09.000Z'],
  ])('is read from %s', async (text, iso) => {
    expect(((await outcome(reader(Date), text)) as Date).toISOString()).toBe(iso);
  });

  test.each([
    '',
    '2023-02-29',
    '2024-02-30',
    '2024-13-01',
    '2024-00-10',
    '2024-01-00',
    '2024-05-06T25:00Z',
    '2024-05-06 07:08',
    '6 May 2024',
    '1714979289',
    'now',
    '2024',
    '24-05-06',
    new Date(NaN),
    1714979289,
  ])('is not read from %p', async (text) => {
    expect(await refusal(reader(Date), text)).toMatchObject([
      { msg: 'limit must be a date of ISO 8601', type: 'isDate' },
    ]);
  });
});

describe('other types', () => {
  test('a string is a single one', async () => {
    expect(await outcome(reader(String), '')).toBe('');
    expect(await refusal(reader(String), ['a', 'b'])).toMatchObject([
      { msg: 'limit must be a single string', type: 'isString' },
    ]);
  });

  test('a big integer keeps every digit', async () => {
    expect(await outcome(reader(BigInt), '-9007199254740993')).toBe(-9007199254740993n);
    expect(await outcome(reader(BigInt), '+1')).toBe(1n);
    for (const text of ['', '1.5', '0x1', 'a', '1'.repeat(401)])
      expect(await refusal(reader(BigInt), text)).toMatchObject([{ type: 'isBigInt' }]);
  });

  test('an array is made of a single value', async () => {
    expect(await outcome(reader(Array), 'a')).toEqual(['a']);
    expect(await outcome(reader(Array), ['a', 'b'])).toEqual(['a', 'b']);
  });

  test.each([Object, undefined, Map])('%p takes what comes', async (type) => {
    expect(await outcome(reader(type), 'a')).toBe('a');
  });

  test.each([Number, Boolean, Date, String, Array, BigInt, Object])('a missing %p stays missing', async (type) => {
    expect(await outcome(reader(type), undefined)).toBeUndefined();
  });
});
