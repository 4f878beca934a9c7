import fc from 'fast-check';
import { parse } from 'yaml';
import { toYaml } from '../../../src/cli/sam/yaml.js';

const text = fc.oneof(
  fc.string(),
  fc.constantFrom(
    'yes',
    'Null',
    '1.0',
    '2026-01-01',
    's3:ObjectCreated:*',
    '*',
    '- a',
    '# b',
    '${A}',
    'a: b',
    "it's",
    '',
    ' ',
  ),
);
const values = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.integer(),
    fc.boolean(),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('object'),
  ),
  object: fc.dictionary(
    text.filter((key) => key !== '__proto__'),
    tie('value'),
    { minKeys: 1, maxKeys: 3 },
  ),
}));

test.each(['1.1', '1.2'] as const)('a parser of YAML %s reads what was written', (version) => {
  fc.assert(
    fc.property(values.object, (object) => {
      const record = object as Record<string, unknown>;
      expect(parse(toYaml(record), { version })).toEqual(record);
    }),
    { numRuns: 500 },
  );
});

test('functions of CloudFormation have their short form, in brackets too', () => {
  expect(
    toYaml({ A: { Ref: 'B' }, C: [{ Type: 'X', URI: { 'Fn::Sub': '${D}' } }], E: { 'Fn::GetAtt': 'F.Arn' } }),
  ).toBe('A: !Ref B\nC: [{ Type: X, URI: !Sub "${D}" }]\nE: !GetAtt F.Arn\n');
});
