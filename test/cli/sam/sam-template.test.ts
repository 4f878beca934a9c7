import { rmSync } from 'node:fs';
import { SamTemplate } from '../../../src/cli/sam/sam-template.js';
import { PROJECT, Workshop } from '../workshop.js';

const marked = (inside: string, mark = ''): string => `Events:\n  # mine\n  # lambent:events${mark}\n${inside}  # lambent:end\n  Mine: {}\n`;

const template = (text: string): SamTemplate => new SamTemplate('template.yaml', text);

test('only what is between the marks is replaced, indented as they are', () => {
  const old = marked('  Old:\n    Type: SQS\n\n');
  expect(template(old).filled(['New:\n  Type: SNS\n'])).toBe(marked('  New:\n    Type: SNS\n'));
  expect(template(old).filled([''])).toBe(marked(''));
});

test('a text with signs of replacement is written as it is', () => {
  expect(template(marked('')).filled(["A: $& $1 $'\n"])).toBe(marked("  A: $& $1 $'\n"));
});

test('several parts have a root module each, in their sequence', () => {
  const text = marked('') + marked('', ' src/jobs.module.ts#JobsModule');
  const several = template(text);
  expect(several.modules).toEqual([undefined, 'src/jobs.module.ts#JobsModule']);
  expect(several.filled(['A: 1\n', 'B: 2\n'])).toBe(marked('  A: 1\n') + marked('  B: 2\n', ' src/jobs.module.ts#JobsModule'));
});

test.each(['', '# lambent:events\n', '  # lambent:end\n', '  # lambent:eventsful\n  # lambent:end\n'])('%j has no part to write', (text) => {
  expect(template(text).modules).toEqual([]);
});

test.each([
  ['  Table:\n', true],
  ['  "Table": {}\n', true],
  ['    Table:\n', true],
  ['Table:\n', false],
  ['        Table:\n', false],
  ['  # Table:\n', false],
  ['  MyTable:\n  Tables:\n', false],
])('whether %j has Table: %s', (text, has) => {
  expect(template(text).has('Table')).toBe(has);
});

describe('lambent sam --write', () => {
  let workshop: Workshop;
  afterEach(() => rmSync(workshop.folder, { recursive: true }));

  test.each([
    [{}, 'sam --write', 'There is no template.yaml: say by --template where it is.'],
    [{ 'template.yaml': 'Events:\n' }, 'sam --check', /^template\.yaml does not say where events may be written\. Put these two lines below "Events:"/],
    [{ 'infra/api.yaml': '# lambent:end\n' }, 'sam -w -t infra/api.yaml', /api\.yaml does not say where events may be written/],
  ])('with %j %s says what is amiss', async (files, commandLine, message) => {
    workshop = new Workshop({ ...PROJECT, ...files });
    const { exitCode, complained } = await workshop.call(commandLine);
    expect(exitCode).toBe(1);
    expect(complained).toMatch(message);
  });
});
