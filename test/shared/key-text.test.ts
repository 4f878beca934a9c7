import fc from 'fast-check';
import { keyText } from '../../src/shared/key-text.js';

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
      fc.dictionary(fc.string(), tie('value'), { maxKeys: 3 }),
    ),
  })).value;
  fc.assert(
    fc.property(value, value, (one, other) => {
      expect(keyText(one)).toBe(keyText(structuredClone(one)));
      if (keyText(one) === keyText(other)) expect(one).toStrictEqual(other);
    }),
  );
});
