import { spawnSync } from 'node:child_process';
import { devProject, program } from '../dev/dev-command.js';

const MODULE = `import { Controller, Get, Injectable, Module } from 'lambent';
@Controller({ path: 'orders', version: '2' }) class OrdersController { @Get() list(): string[] { return []; } }
@Injectable() class Loud { constructor() { console.log('constructed'); } }
@Module({ controllers: [OrdersController], providers: [Loud] }) export class AppModule {}`;
const JOBS = `import { Module, OnSqs } from 'lambent';
class Jobs { @OnSqs('jobs') run() {} }
@Module({ providers: [Jobs] }) export class JobsModule {}`;
const IMPORTS = "import { LambdaApplication } from 'lambent';\nimport { AppModule } from './app.module.js';\n";
const OPTIONS = "{ versioning: { type: 'path' }, basePath: '/shop', requestsVia: { sqs: ['requests'] } }";
const CREATE = `const app = LambdaApplication.create(AppModule, ${OPTIONS});\nexport const { handler } = app;\n`;

/** Calls the command as it is installed, in a project with these files. */
function lambent(commandLine: string, files: Readonly<Record<string, string>>) {
  const { folder } = devProject(files);
  const env = { ...process.env, NODE_OPTIONS: '' };
  return spawnSync(process.execPath, [program, ...commandLine.split(' ')], { cwd: folder, env, encoding: 'utf8' });
}

/** The source of a second function. */
function jobs(root: string, options = '{}'): string {
  return `import { LambdaApplication } from 'lambent';
import { AppModule } from './app.module.js';
import { JobsModule } from './jobs.module.js';
export const { handler } = LambdaApplication.create(${root}, ${options});`;
}

const TEMPLATE = `Resources:
  Api:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        # lambent:events
        # lambent:end
`;

const usual = { 'src/app.module.ts': MODULE, 'src/handler.ts': IMPORTS + CREATE };

test.each([
  ['routes', ['GET  /v2/orders', 'Base paths\n  /shop', 'Requests in messages\n  sqs  requests']],
  ['sam', ['RequestsQueue']],
  ['describe', ['requests  requestsVia']],
  ['openapi', ['"url": "/shop"', '"/v2/orders"']],
])('%s has the options that the handler passes', (command, texts) => {
  const { stdout, stderr } = lambent(command, usual);
  expect(stderr).toBe('');
  for (const text of texts) expect(stdout).toContain(text);
});

test('what a handler does with its application has no effect', () => {
  const rest = `await app.ready();
    app.get(AppModule);
    await app.runAsync(async () => { throw new Error('run'); });`;
  const { stdout, stderr } = lambent('routes', { ...usual, 'src/handler.ts': IMPORTS + CREATE + rest });
  expect(stdout).toContain('/v2/orders');
  expect(stderr).toBe('');
});

test('a task that only a bootstrap runs is not waited for', () => {
  const rest = 'await app.runAsync(async () => undefined);';
  const { stdout, stderr } = lambent('routes', { ...usual, 'src/handler.ts': IMPORTS + CREATE + rest });
  expect(stdout).toContain('/v2/orders');
  expect(stderr).toBe('');
});

test('mistakes in options of the handler are reported', () => {
  const handler = `${IMPORTS}export const { handler } = LambdaApplication.create(AppModule, { prefix: 'shop' } as object);`;
  const { status, stderr } = lambent('routes', { ...usual, 'src/handler.ts': handler });
  expect(status).toBe(1);
  expect(stderr).toContain('prefix');
});

describe('with several functions', () => {
  const manifest = JSON.stringify({
    type: 'module',
    dependencies: { lambent: '*' },
    lambent: { functions: { api: 'src/handler.ts', jobs: 'src/jobs.ts' } },
  });
  const files = { ...usual, 'package.json': manifest, 'src/jobs.module.ts': JOBS };

  test('each module has the options of its function', () => {
    const all = { ...files, 'src/jobs.ts': jobs('JobsModule', "{ requestsVia: { sns: ['news'] } }") };
    const api = lambent('routes', all);
    const other = lambent('routes --module src/jobs.module.ts', all);
    expect([api.stderr, other.stderr]).toEqual(['', '']);
    expect(api.stdout).toContain('/v2/orders');
    expect(api.stdout).not.toContain('queue jobs');
    expect(other.stdout).toMatch(/queue jobs[^]*sns +news/);
  });

  test('functions that create a module with different options are reported', () => {
    const { stdout, stderr } = lambent('routes', { ...files, 'src/jobs.ts': jobs('AppModule') });
    expect(stdout).toContain('/v2/orders');
    expect(stderr).toContain(
      'Warning: src/handler.ts and src/jobs.ts create AppModule with different options. Those of src/handler.ts are ' +
        'used here. For the others, pass --options.',
    );
    expect(lambent('routes', { ...files, 'src/jobs.ts': jobs('AppModule', OPTIONS) }).stderr).toBe('');
  });
});

test('a handler that tells no options is reported', () => {
  const plain = MODULE.replace(", version: '2'", '');
  const late = `${IMPORTS}export const handler = () => LambdaApplication.create(AppModule);`;
  const failing = "import './app.module.js';\nthrow new Error('No DATABASE_URL');";
  const created = lambent('routes', { 'src/app.module.ts': plain, 'src/handler.ts': late });
  const failed = lambent('routes', { 'src/app.module.ts': plain, 'src/handler.ts': failing });
  for (const { stdout, stderr } of [created, failed]) {
    expect(stdout).toContain('/orders');
    expect(stderr).toContain('Warning: No function creates the application while its source is imported');
  }
  expect(failed.stderr).toContain('Warning: src/handler.ts cannot be imported here');
  expect(failed.stderr).toContain('No DATABASE_URL');
});

test('an application in one file is described and not created', () => {
  const { stdout, stderr } = lambent('routes', {
    'src/handler.ts': `${MODULE}\nimport { LambdaApplication } from 'lambent';\n${CREATE}`,
  });
  expect(stdout).toContain('/v2/orders');
  expect(stderr).toBe('');
});

test.each(['routes', 'sam --check'])('a source that ends the process fails %s', (command) => {
  const files = { ...usual, 'src/env.ts': '\nprocess.exit(0);', 'template.yaml': TEMPLATE };
  const { status, stdout, stderr } = lambent(command, {
    ...files,
    'src/app.module.ts': `import './env.js';\n${MODULE}`,
  });
  expect(status).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^The application ended the process[^]*src\/env\.ts:2/);
});

test('a module that never finishes its import fails the command', () => {
  const { status, stderr } = lambent('routes', {
    'src/app.module.ts': `await new Promise(() => undefined);\n${MODULE}`,
  });
  expect(status).toBe(1);
  expect(stderr).toContain('waits at its top level for something that never comes');
});
