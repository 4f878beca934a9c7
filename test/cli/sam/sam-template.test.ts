import { rmSync } from 'node:fs';
import { SamTemplate } from '../../../src/cli/sam/sam-template.js';
import { PROJECT, Workshop } from '../workshop.js';

const marked = (inside: string, mark = ''): string =>
  `Events:\n  # mine\n  # lambent:events${mark}\n${inside}  # lambent:end\n  Mine: {}\n`;

const template = (text: string): SamTemplate => new SamTemplate('template.yaml', text);

const withReturns = (text: string): string => text.replaceAll('\n', '\r\n');

test('only what is between the marks is replaced, indented as they are', () => {
  const old = marked('  Old:\n    Type: SQS\n\n');
  expect(template(old).filled(['New:\n  Type: SNS\n'])).toBe(marked('  New:\n    Type: SNS\n'));
  expect(template(old).filled([''])).toBe(marked(''));
});

test('a text with signs of replacement is written as it is', () => {
  expect(template(marked('')).filled(["A: $& $1 $'\n"])).toBe(marked("  A: $& $1 $'\n"));
});

test('lines end as they do in the template', () => {
  expect(template(withReturns(marked('  Old: {}\n'))).filled(['New:\n  Type: SNS\n'])).toBe(
    withReturns(marked('  New:\n    Type: SNS\n')),
  );
  const unmarked = 'Resources:\n  Api:\n    Type: AWS::Serverless::Function\n    Properties:\n      Timeout: 5\n';
  expect(template(withReturns(unmarked)).marked().text).toBe(withReturns(template(unmarked).marked().text));
});

test('several parts have a root module each, in their sequence', () => {
  const text = marked('') + marked('', ' src/jobs.module.ts#JobsModule');
  const several = template(text);
  expect(several.parts.map(({ module }) => module)).toEqual([undefined, 'src/jobs.module.ts#JobsModule']);
  expect(several.filled(['A: 1\n', 'B: 2\n'])).toBe(
    marked('  A: 1\n') + marked('  B: 2\n', ' src/jobs.module.ts#JobsModule'),
  );
});

test.each(['', '# lambent:events\n', '  # lambent:end\n', '  # lambent:eventsful\n  # lambent:end\n'])(
  '%j has no part to write',
  (text) => {
    expect(template(text).parts).toEqual([]);
  },
);

test.each([
  ['Resources:\n  Table:\n', true],
  ['Parameters:\n\n# ours\n  "Table": {}\n', true],
  ['"Resources":\n    Other: 1\n    Table:\n', true],
  ['Resources: # all\r\n  Table:\r\n', true],
  ['Table:\n', false],
  ['  Table:\n', false],
  ['Resources:\n  Orders:\n    Table:\n', false],
  ['Resources:\n  Orders:\n    Type: A\nOutputs:\n  Table:\n', false],
  ['Resources:\nOutputs:\n  Table:\n', false],
  ['Resources:\n  # Table:\n', false],
  ['Resources:\n  MyTable:\n  Tables:\n', false],
])('whether %j has Table: %s', (text, has) => {
  expect(template(text).has('Table')).toBe(has);
});

const part = (inside: string): string => `# lambent:events\n${inside}        # lambent:end`;

describe('events that a function has by itself', () => {
  const functions = `Resources:
  Api:
    Properties:
      Events:
        AlertsTopic:
          Type: SNS
          Properties:
            Topic: mine

        ${part('        OrdersQueue:\n          Type: SQS\n')}
        ${part('        OthersQueue:\n          Type: SQS\n')}
        NightlySchedule: { Type: Schedule }
    Metadata:
      Late: {}
  Jobs:
    Properties:
      Events:
        ${part('')}
`;

  test('are those of the marked function, before and after the marks, and not those between any', () => {
    const own = template(functions).parts.map(({ ownNames }) => [...ownNames]);
    expect(own).toEqual([['AlertsTopic', 'NightlySchedule'], ['AlertsTopic', 'NightlySchedule'], []]);
  });
});

test('the variables of a function are its own and those for all functions; its role is seen', () => {
  const [api, jobs] = template(`Globals:
  Function:
    Environment:
      Variables: # of all
        LOG_LEVEL: info
Resources:
  Api:
    Properties:
      Role: !GetAtt Role.Arn
      Environment:
        Variables:
          MINE: 1
          # lambent:variables
          WRITTEN: 1
          # lambent:end
  Jobs:
    Properties:
      Events:
        ${part('')}
`).parts;
  expect(api).toMatchObject({ ownVariables: new Set(['MINE', 'LOG_LEVEL']), hasRole: true });
  expect(jobs).toMatchObject({ ownVariables: new Set(['LOG_LEVEL']), hasRole: false });
});

describe('a template without marks', () => {
  const head =
    'Resources:\n  Table:\n    Type: AWS::DynamoDB::Table\n    Properties:\n      TableName: a\n  Function:\n    Type: AWS::Serverless::Function';
  const tail = '\n\n# Where it is.\nOutputs:\n  Url:\n    Value: 1\n';
  const properties =
    '\n    Properties:\n      CodeUri: bundle/\n      Environment:\n        Variables:\n          A: 1';
  const marks = '\n        # lambent:events\n        # lambent:end';

  test.each([
    ['has no Events', properties, `${properties}\n      Events:${marks}`],
    [
      'has Events',
      `${properties}\n      Events:\n        Mine: {}`,
      `${properties}\n      Events:${marks}\n        Mine: {}`,
    ],
    [
      'has Events with nothing in it',
      `\n    Properties:\n      Events:\n      Handler: a.b`,
      `\n    Properties:\n      Events:${marks}\n      Handler: a.b`,
    ],
    [
      'is indented by four',
      '\n    Properties:\n        Handler: a.b',
      '\n    Properties:\n        Handler: a.b\n        Events:\n          # lambent:events\n          # lambent:end',
    ],
  ])('gets them where its only function %s', (_what, before, after) => {
    expect(template(head + before + tail).marked().text).toBe(head + after + tail);
    expect(template(head + after + tail).marked().text).toBe(head + after + tail);
  });

  test.each([
    ['two functions', `${head}${properties}\n  Other:\n    Type: AWS::Serverless::Function${properties}`],
    ['no function', `Resources:\n  Table:\n    Type: AWS::DynamoDB::Table${properties}`],
    ['a function without properties', head],
    ['properties in one line', `${head}\n    Properties: { CodeUri: bundle/ }`],
    ['events in one line', `${head}${properties}\n      Events: {}`],
    ['a function of another kind', `Resources:\n  Function:\n    Type: AWS::Serverless::FunctionOfMine${properties}`],
    ['nothing', ''],
  ])('is left to its author where it has %s', (_what, text) => {
    expect(template(text).marked().text).toBe(text);
  });
});

describe('lambent sam --write', () => {
  let workshop: Workshop;
  afterEach(() => rmSync(workshop.folder, { recursive: true }));

  test.each([
    [{}, 'sam --write', 'template.yaml does not exist. Pass the template with --template.'],
    [
      { 'template.yaml': 'Events:\n' },
      'sam --check',
      /^template\.yaml has no marks for events\. Add these two lines below "Events:"/,
    ],
    [{ 'infra/api.yaml': '# lambent:end\n' }, 'sam -w -t infra/api.yaml', /api\.yaml has no marks for events/],
    [{ 'infra/api.yaml': '' }, 'sam -w -t infra', 'infra does not exist. Pass the template with --template.'],
  ])('with %j %s says what is wrong', async (files, commandLine, message) => {
    workshop = new Workshop({ ...PROJECT, ...files });
    const { exitCode, complained } = await workshop.call(commandLine);
    expect(exitCode).toBe(1);
    expect(complained).toMatch(message);
  });
});
