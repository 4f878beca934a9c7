import fc from 'fast-check';

/** Texts of all kinds, also those that YAML would read as something else without quotes. */
export const texts = fc.oneof(
  fc.string(),
  fc.string({ unit: fc.constantFrom(...' \n\t\'"#:,[]{}-?&*!|>%@`\\ab1.~') }),
  fc.constantFrom(
    '',
    ' ',
    'yes',
    'Null',
    'true',
    '1.0',
    '2026-01-01',
    '-',
    '- a',
    '# b',
    'a: b',
    '*',
    's3:ObjectCreated:*',
    "it's",
    'a\\b',
    '{"a":1}',
    `{"a":'1'}`,
    '${A}',
    'long text '.repeat(20),
  ),
);

/** Objects with texts, numbers, booleans, `null`, lists and objects in each other, which have these keys. */
export function objects(keys: fc.Arbitrary<string>): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  const { object } = fc.letrec<{ value: unknown; object: Record<string, unknown> }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      texts,
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 3 }),
      tie('object'),
    ),
    object: fc.dictionary(keys, tie('value'), { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
  }));
  return object;
}
