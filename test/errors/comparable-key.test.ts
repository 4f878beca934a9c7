import fc from 'fast-check';
import { comparable, keyText } from '../../src/errors/comparable-key.js';
import { PlainRecord } from '../../src/shared/plain-record.js';

const lost = [
  new Map([['a', 1]]),
  new Set([1]),
  Promise.resolve('a'),
  new Date(0),
  () => 'a',
  Symbol('a'),
  1n,
  Number.NaN,
  Infinity,
  Buffer.from('a'),
  new (class User {
    id = 1;
  })(),
  /a/,
  new Error('a'),
];

describe('what two events are told apart by', () => {
  it.each(lost)('is not %p, neither alone nor inside', (value) => {
    for (const [given, place] of [
      [value, ''],
      [['a', value], ' at 1'],
      [{ user: { id: value } }, ' at user.id'],
    ] as const) {
      const isNumber = typeof value === 'number' || typeof value === 'bigint' || typeof value === 'symbol';
      expect(() => comparable(given, 'The key')).toThrow(
        isNumber ? 'The key is ' : /^The key is an? (object of the class|promise|function)/,
      );
      expect(() => comparable(given, 'The key')).toThrow(`${place}: it is compared as JSON`);
    }
  });

  it('is data, and what is missing of it', () => {
    const record = Object.assign(new PlainRecord<string>(), { id: '1' });
    for (const value of [
      '',
      'a',
      0,
      1.5,
      true,
      null,
      undefined,
      ['a', undefined],
      { a: [{ b: null }] },
      Object.create(null),
      record,
    ]) {
      expect(comparable(value, 'The key')).toBe(value);
    }
  });

  it('has all of it in its JSON', () => {
    const property = fc.property(
      fc.anything({ withMap: true, withSet: true, withDate: true, withBigInt: true }),
      (value) => {
        fc.pre(isComparable(value));
        expect(JSON.parse(JSON.stringify(value) ?? 'null')).toEqual(asWritten(value));
      },
    );
    fc.assert(property);
  });
});

function isComparable(value: unknown): boolean {
  try {
    comparable(value, 'The key');
    return true;
  } catch {
    return false;
  }
}

/** What is missing is null to JSON, in a list or alone, and there is one zero. */
function asWritten(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asWritten);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [name, member === undefined ? member : asWritten(member)]),
    );
  if (value === 0) return 0;
  return value === undefined ? null : value;
}

test('tells values apart that JSON does not', () => {
  const values = [
    undefined,
    null,
    'null',
    'undefined',
    [],
    [undefined],
    [null],
    ['a', 'b'],
    ['a,b'],
    ['a","b'],
    {},
    { a: undefined },
    { a: null },
    [[], []],
    [[[]]],
    '[]',
    1,
    '1',
    true,
    'true',
  ];
  expect(new Set(values.map(keyText)).size).toBe(values.length);
});

test('is the same for equal values, and different for different ones', () => {
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.constantFrom(null, undefined),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.string(), tie('value'), { maxKeys: 3, noNullPrototype: true }),
    ),
  })).value;
  fc.assert(
    fc.property(value, value, (one, other) => {
      expect(keyText(one)).toBe(keyText(structuredClone(one)));
      if (keyText(one) === keyText(other)) expect(one).toStrictEqual(other);
    }),
  );
});
