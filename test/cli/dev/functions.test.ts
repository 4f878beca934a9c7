import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { until } from '../../until.js';
import { answering, type DevCommand, DevCommands, program } from './dev-command.js';

const commands = new DevCommands();
const dev = commands.start;

afterEach(commands.end);

const manifest = (functions: object) => JSON.stringify({ name: 'shop', type: 'module', lambent: { functions } });
const APPLICATION = `import 'reflect-metadata';
  import { Controller, Get, LambdaApplication, Module } from 'lambent';
  @Controller() class RootController { @Get() read() { return 'from the application'; } }
  @Module({ controllers: [RootController] }) class AppModule {}
  export const { handler } = await LambdaApplication.create(AppModule).ready();`;
const FILES = {
  'package.json': manifest({ jobs: 'src/jobs.ts', api: 'src/api.ts' }),
  'src/jobs.ts':
    'export const handler = async (event: object, { functionName }: { functionName: string }) => ({ functionName, event });',
  'src/api.ts': APPLICATION,
};

async function invoke(command: DevCommand, name: string): Promise<{ status: number; body: unknown }> {
  return invokeAt(await command.url(), name);
}

async function invokeAt(url: string, name: string): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${url}/2015-03-31/functions/${name}/invocations`, { method: 'POST', body: '{"a":1}' });
  return { status: response.status, body: await response.json() };
}

test('requests go to the first with routes, and events to any by its name', async () => {
  const command = dev(FILES);
  expect(await command.get()).toContain('from the application');
  expect(await invoke(command, 'jobs')).toEqual({ status: 200, body: { functionName: 'jobs', event: { a: 1 } } });
  const arn = encodeURIComponent('arn:aws:lambda:eu-west-1:123456789012:function:jobs:live');
  expect(await invoke(command, arn)).toEqual({ status: 200, body: { functionName: 'jobs', event: { a: 1 } } });
  expect(await invoke(command, '123456789012:function:jobs')).toEqual({
    status: 200,
    body: { functionName: 'jobs', event: { a: 1 } },
  });
  expect(await invoke(command, '%E0%A4')).toEqual({
    status: 400,
    body: { Type: 'User', message: 'Invalid function name "%E0%A4": its percent-encoding is malformed.' },
  });
  expect(await invoke(command, 'nightly')).toEqual({
    status: 404,
    body: { Type: 'User', message: 'Unknown function "nightly". The functions are jobs, api.' },
  });
  await command.printed(
    /^ {2}jobs {2}src\/jobs\.ts {2}npx lambent invoke --function jobs --url http:\/\/localhost:\d+ …$/m,
  );
  const child = spawn(process.execPath, [
    program,
    'invoke',
    '--function',
    'jobs',
    'schedule',
    '--url',
    await command.url(),
  ]);
  let printed = '';
  child.stdout.on('data', (text) => (printed += String(text)));
  expect(await once(child, 'close')).toEqual([0, null]);
  expect(JSON.parse(printed)).toMatchObject({ functionName: 'jobs', event: { 'detail-type': 'Scheduled Event' } });
});

test('--function names another, and a broken one does not keep the others from running', async () => {
  const command = dev({ ...FILES, 'src/api.ts': 'export const handler = (;' }, ['--function', 'jobs']);
  expect(JSON.parse(await command.get())).toMatchObject({ functionName: 'jobs' });
  const { status, body } = await invoke(command, 'api');
  expect([status, (body as { errorMessage: string }).errorMessage]).toEqual([
    200,
    expect.stringContaining('PARSE_ERROR'),
  ]);
  command.workshop.write('src/api.ts', answering('api'));
  await until('the fixed function', async () => (await invoke(command, 'api')).body === 'api');
});

test('an invocation of a function that never starts times out', async () => {
  const command = dev({ 'src/handler.ts': 'await new Promise(() => undefined);\nexport const handler = 1;' }, [
    '--timeout',
    '1',
  ]);
  const late = { status: 502, body: { Type: 'User', message: 'The function did not start within 1 s.' } };
  const [, url] = await command.printed(/Starting handler on (\S+)/);
  expect(await invokeAt(url!, 'handler')).toEqual(late);
  expect(await invokeAt(url!, 'local')).toEqual(late);
});

test('a schedule that is invoked by name reaches the function that has it', async () => {
  const command = dev({
    ...FILES,
    'src/jobs.ts': `import 'reflect-metadata';
      import { Injectable, LambdaApplication, Module, OnSchedule } from 'lambent';
      @Injectable() class Jobs { @OnSchedule({ rate: '15 minutes' }) sweep() { console.log('swept'); } }
      @Module({ providers: [Jobs] }) class AppModule {}
      export const { handler } = await LambdaApplication.create(AppModule).ready();`,
  });
  await command.printed(/Schedules\n {2}Jobs\.sweep {2}rate\(15 minutes\)\n/);
  const { exitCode } = await command.workshop.call(`invoke schedule Jobs.sweep --url ${await command.url()}`);
  expect(exitCode).toBe(0);
  await command.printed(/\[jobs\] swept/);
});

const ending = (milliseconds: number) => `console.log('begins');
  setTimeout(() => process.exit(3), ${milliseconds});
  export const handler = async () => 'here';`;

test('functions that end by themselves do not restart each other', async () => {
  const command = dev({
    'package.json': manifest({ quick: 'src/quick.ts', slow: 'src/slow.ts' }),
    'src/quick.ts': ending(400),
    'src/slow.ts': `await new Promise((resolve) => setTimeout(resolve, 1200));\n${ending(400)}`,
  });
  await command.printed(/\[quick\] Process ended/);
  await command.printed(/\[slow\] Process ended/);
  // Starts one of them again. By its response, any other restart would have begun, too.
  expect((await invoke(command, 'quick')).body).toBe('here');
  expect(command.stdout.match(/begins/g)).toHaveLength(3);
});

test('a function that package.json adds runs, and one that it removes is gone', async () => {
  const command = dev(FILES, ['--function', 'jobs']);
  expect(await command.get()).toContain('jobs');
  command.workshop.write('src/more.ts', answering('more'));
  command.workshop.write('package.json', manifest({ jobs: 'src/jobs.ts', more: 'src/more.ts' }));
  await until('the new function', async () => (await invoke(command, 'more')).body === 'more');
  expect((await invoke(command, 'api')).status).toBe(404);
  command.workshop.write('package.json', '{ "half": ');
  await command.printed(/Cannot read package\.json[^]*Running functions are unchanged\./);
  expect((await invoke(command, 'more')).body).toBe('more');
});
