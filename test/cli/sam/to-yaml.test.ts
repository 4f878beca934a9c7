import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse } from 'yaml';
import { oxfmtText } from '../../../src/cli/files/templates/project/config-files.js';
import { toYaml } from '../../../src/cli/sam/to-yaml.js';
import { repository } from '../../package/manifest.js';
import { objects, texts } from './yaml-values.js';

const values = objects(texts.filter((key) => key !== '__proto__'));

test.each(['1.1', '1.2'] as const)('a parser of YAML %s reads what was written', (version) => {
  fc.assert(
    fc.property(values, (object) => {
      expect(parse(toYaml(object), { version })).toEqual(object);
    }),
    { numRuns: 500 },
  );
});

test('functions of CloudFormation have their short form, in brackets too', () => {
  expect(
    toYaml({ A: { Ref: 'B' }, C: [{ Type: 'X', URI: { 'Fn::Sub': '${D}' } }], E: { 'Fn::GetAtt': 'F.Arn' } }),
  ).toBe(`A: !Ref B\nC: [{ Type: X, URI: !Sub '\${D}' }]\nE: !GetAtt F.Arn\n`);
});

test('oxfmt leaves it as it is, with the settings of a new project', () => {
  const long = ['com.example.shop.orders', 'com.example.shop.letters', 'com.example.shop.payments', 'com.example.a'];
  const folder = mkdtempSync(join(tmpdir(), 'lambent-yaml-'));
  const written = toYaml({
    Queue: { 'Fn::Sub': 'arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:orders' },
    Version: '2012-10-17',
    Inputs: ['{"a":1}', "it's", `{"a":'1'}`, 'a\\b', 'a\tb', 'a\nb', 'ü', '😀', '', ' ', "''", '"', `"'`],
    Pattern: { source: long, $or: [{ source: long, detail: { id: [{ prefix: "a'b" }, { exists: false }] } }] },
    Access: [{ Type: 'BASIC_AUTH', URI: { Ref: 'Secret' } }],
    Several: [...long, ['a', 'b'], { 'Fn::GetAtt': 'A.Arn' }, {}, [], { a: 1, 'b c': true }],
    [`${'long '.repeat(30)}`]: 'text '.repeat(60),
  });
  const resources = `Resources:\n  Api:\n    Properties:\n      Events:\n${written.replaceAll(/^/gm, '        ').trimEnd()}\n`;
  try {
    writeFileSync(join(folder, '.oxfmtrc.json'), oxfmtText());
    writeFileSync(join(folder, 'template.yaml'), resources);
    execFileSync(process.execPath, [join(repository, 'node_modules/oxfmt/bin/oxfmt'), 'template.yaml'], {
      cwd: folder,
    });
    expect(readFileSync(join(folder, 'template.yaml'), 'utf8')).toBe(resources);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
