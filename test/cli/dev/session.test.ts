import { createServer } from 'node:http';
import { closeServer, listen } from '../../../src/local/listen.js';
import { until } from '../../until.js';
import { Workshop } from '../workshop.js';
import { answering, DevCommand, DevCommands, leftovers, lives } from './dev-command.js';

const commands = new DevCommands();
const dev = commands.start;

afterEach(commands.end);

const VARIABLES = { 'src/handler.ts': 'export const handler = async () => [process.env.ONE, process.env.TWO].join();' };

describe('environment variables', () => {
  test('come from .env, under those that are set, and again when it changes', async () => {
    const command = dev({ ...VARIABLES, '.env': 'ONE=file\nTWO="file too" # quoted' }, [], { ONE: 'set' });
    await command.answers('set,file too');
    command.workshop.write('.env', 'TWO=later');
    await command.answers('set,later');
  });

  test('come from .env when it is made later', async () => {
    const command = dev(VARIABLES);
    await command.answers(',');
    command.workshop.write('.env', 'ONE=1\nTWO=2');
    await command.answers('1,2');
  });

  test('come from the file that --env-file names, and from no other', async () => {
    const command = dev({ ...VARIABLES, '.env': 'ONE=no', 'local.env': 'TWO=yes' }, ['--env-file', 'local.env']);
    await command.answers(',yes');
    command.workshop.write('local.env', 'TWO=changed');
    await command.answers(',changed');
  });

  test('must be where --env-file says', async () => {
    const command = dev(VARIABLES, ['--env-file', 'nowhere.env']);
    // Node 20 reads the flag, too, and is the first to notice.
    expect([1, 9]).toContain((await command.closed)[0]);
    expect(command.stderr).toContain('nowhere.env');
    const { exitCode, complained } = await command.workshop.call('dev --env-file nowhere.env');
    expect([exitCode, complained]).toEqual([
      1,
      expect.stringMatching(/^Cannot read environment variables: ENOENT.*nowhere\.env/),
    ]);
  });
});

test.each([
  [
    ['--port', '70000'],
    2,
    /--port takes a number from 0 to 65535, not "70000"\.\nRun "lambent dev --help" for usage\./,
  ],
  [
    ['--inspect', 'yes'],
    2,
    /--inspect takes a number from 0 to 65535, not "yes"\.\nRun "lambent dev --help" for usage\./,
  ],
  [['--source', 'pigeon'], 2, /There is no source "pigeon"/],
  [['--source', 'alb', '--streaming'], 2, /does not support streaming/],
  [['--function', 'jobs'], 1, /Unknown function "jobs" in --function\. package\.json has handler\./],
  [['--queues', 'a b'], 1, /queue name "a b" is not valid/],
])('%j is refused at the start', async (flags, exitCode, message) => {
  const command = dev({ 'src/handler.ts': answering('here') }, flags as string[]);
  expect(await command.closed).toEqual([exitCode, null]);
  expect(command.stderr).toMatch(message as RegExp);
  expect(command.stdout).toBe('');
});

/** An environment in which the command runs a script first. */
function running(script: string): NodeJS.ProcessEnv {
  return { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(script)}` };
}

async function freeAddress(): Promise<URL> {
  const server = createServer();
  const url = await listen(server, 0, 'localhost');
  await closeServer(server);
  return new URL(url);
}

test('no request is dropped while queues start, however long that takes', async () => {
  const slowly = running(`import { Server } from 'node:net';
    const { listen } = Server.prototype;
    Server.prototype.listen = function (port, ...more) {
      setTimeout(() => listen.call(this, port, ...more), port === 0 ? 400 : 0);
      return this;
    };`);
  const url = await freeAddress();
  dev({ 'src/handler.ts': answering('here') }, ['--port', url.port, '--queues', 'orders'], slowly);
  expect(await until('an answer', () => fetch(url).then((response) => response.text(), isRefused))).toBe('here');
});

/** As before it listens. @throws any other error. */
function isRefused(error: Error): false {
  if ((error.cause as NodeJS.ErrnoException | undefined)?.code === 'ECONNREFUSED') return false;
  throw error;
}

/** An environment in which folders can't be watched. */
const refusing = (folders: string) =>
  running(`import fs from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    const watch = fs.watch;
    fs.watch = (path, listener) => {
      if (${folders}.test(path)) throw Object.assign(new Error('System limit for number of file watchers reached'), { code: 'ENOSPC' });
      return watch(path, listener);
    };
    syncBuiltinESMExports();`);

describe('if the system cannot watch more files', () => {
  test('at the start, the command says which limit to raise', async () => {
    const command = dev({ 'src/handler.ts': answering('here') }, [], refusing('/src$/'));
    expect(await command.closed).toEqual([1, null]);
    expect(command.stderr).toMatch(/^Cannot watch .*\/src: .* "sudo sysctl fs\.inotify\.max_user_watches=524288"\.\n$/);
  });

  test('later, the command says so once, and goes on', async () => {
    const command = dev(
      { 'src/handler.ts': "export * from './part/a.js';", 'src/part/a.ts': answering('here') },
      [],
      refusing('/part$/'),
    );
    await command.printed(/Cannot watch .*part: .*max_user_watches/);
    await command.answers('here');
    command.workshop.write('src/handler.ts', answering('there'));
    await command.answers('there');
    expect(command.output.match(/Cannot watch/g)).toHaveLength(1);
  });
});

/** What a debugger finds at a port. */
async function target(port: number): Promise<string | undefined> {
  const list = await fetch(`http://127.0.0.1:${port}/json/list`).then(
    (response) => response.json(),
    () => [],
  );
  return (list as { id: string }[])[0]?.id;
}

describe('--inspect', () => {
  test('lets a debugger into the process that runs, at the same port after a restart', async () => {
    const port = Number((await freeAddress()).port);
    const command = dev({ 'src/handler.ts': answering('one') }, ['--inspect', String(port)]);
    await command.answers('one');
    const first = await target(port);
    expect(first).toBeDefined();
    command.workshop.write('src/handler.ts', answering('two'));
    await command.answers('two');
    expect([undefined, first]).not.toContain(await target(port));
    expect(command.stderr.match(/Debugger listening on/g)).toHaveLength(2);
    expect(command.stderr).not.toContain('failed');
  });
});

test('a project without a handler says where it is expected', async () => {
  const command = dev({});
  expect(await command.closed).toEqual([1, null]);
  expect(command.stderr).toContain('src/handler.ts does not exist.');
});

test('a port in use is reported', async () => {
  const server = createServer();
  const port = new URL(await listen(server, 0, 'localhost')).port;
  const command = dev({ 'src/handler.ts': answering('here') }, ['--port', port]);
  expect(await command.closed).toEqual([1, null]);
  expect(command.stderr).toBe(`Port ${port} is already in use: choose another with --port, or stop that program.\n`);
  await closeServer(server);
});

test('the host of another machine is reported without a stack', async () => {
  const command = dev({ 'src/handler.ts': answering('here') }, ['--host', '192.0.2.1']);
  expect(await command.closed).toEqual([1, null]);
  expect(command.stderr).toBe('listen EADDRNOTAVAIL: address not available 192.0.2.1\n');
});

test("--source, --stage and --timeout are the emulator's", async () => {
  const handler = `export const handler = async (event: { httpMethod: string; requestContext: { stage: string } }, context: any) =>
    ({ statusCode: 200, body: [event.httpMethod, event.requestContext.stage, context.getRemainingTimeInMillis() <= 60_000, context.getRemainingTimeInMillis() > 30_000, context.functionName].join() });`;
  const command = dev({ 'src/handler.ts': handler }, ['--source', 'v1', '--stage', 'test', '--timeout', '60']);
  expect(await command.get()).toBe('GET,test,true,true,handler');
});

test('a REST API delivers bytes intact, as those of new projects and of LambentApi do', async () => {
  const handler = `export const handler = async ({ body, isBase64Encoded }: { body: string; isBase64Encoded: boolean }) =>
    ({ statusCode: 200, headers: { 'content-type': 'image/png' }, body, isBase64Encoded });`;
  const command = dev({ 'src/handler.ts': handler }, ['--source', 'v1']);
  const bytes = Uint8Array.of(0x89, 0x50, 0xff, 0x00);
  const response = await fetch(await command.url(), { method: 'POST', body: bytes });
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
});

test('--streaming passes on what the function writes, as it writes it', async () => {
  const command = dev(
    {
      'src/handler.ts': `import { LambdaApplication } from 'lambent';
        import { AppModule } from './app.module.js';
        export const { streamingHandler: handler } = await LambdaApplication.create(AppModule).ready();`,
      'src/app.module.ts': `import 'reflect-metadata';
        import { Controller, Get, Module, StreamResponse } from 'lambent';
        let release: () => void;
        const released = new Promise<void>((resolve) => { release = resolve; });
        async function* parts() { yield 'first '; await released; yield 'second'; }
        @Controller() class PartsController {
          @Get('parts') all() { return new StreamResponse(parts(), { statusCode: 201, mediaType: 'text/plain' }); }
          @Get('release') release() { release(); }
        }
        @Module({ controllers: [PartsController] }) export class AppModule {}`,
    },
    ['--streaming'],
  );
  const response = await fetch(`${await command.url()}/parts`);
  expect(response.status).toBe(201);
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader.read()).value).toBe('first ');
  await command.get('/release');
  expect((await reader.read()).value).toBe('second');
  expect((await reader.read()).done).toBe(true);
});

describe('shutdown', () => {
  const STUBBORN = `process.on('SIGTERM', () => console.log('no'));\n${answering('here')}`;

  test.each(['SIGINT', 'SIGTERM'] as const)('%s ends all processes and leaves no file', async (signal) => {
    const command = dev({ 'src/handler.ts': answering('here') });
    await command.answers('here');
    const children = command.children();
    expect(children.length).toBeGreaterThan(0);
    command.signal(signal);
    expect(await command.closed).toEqual([0, null]);
    expect(children.filter(lives)).toEqual([]);
    expect(leftovers(command.workshop)).toEqual([]);
  });

  test('a process that ignores SIGTERM is killed', async () => {
    const command = dev({ 'src/handler.ts': STUBBORN });
    await command.answers('here');
    const children = command.children();
    expect(await command.stop()).toEqual([0, null]);
    expect(children.filter(lives)).toEqual([]);
    expect(command.stdout).toContain('no\n');
  });

  test('a second signal does not wait for requests', async () => {
    const hanging =
      "process.on('SIGTERM', () => undefined);\nexport const handler = () => { console.log('begun'); return new Promise(() => undefined); };";
    const command = dev({ 'src/handler.ts': hanging });
    const request = command.get().catch(() => 'nothing');
    await command.printed(/begun/);
    const children = command.children();
    command.signal('SIGINT');
    let closed: unknown;
    void command.closed.then((end) => (closed = end));
    // One that comes too soon may be the same signal, handed on by npm.
    await until('its end', () => (closed === undefined ? void command.signal('SIGINT') : closed));
    expect(closed).toEqual([130, null]);
    expect(await request).toBe('nothing');
    await until('the end of its processes', () => !children.some(lives));
  });

  test('if the command is killed, its processes end by themselves', async () => {
    const command = dev({ 'src/handler.ts': `setInterval(() => console.log('tick'), 5);\n${STUBBORN}` });
    await command.answers('here');
    const children = command.children();
    command.signal('SIGKILL');
    await until('the end of its processes', () => !children.some(lives));
    expect(leftovers(command.workshop)).toEqual([`dev-${command.pid}`]);
    const next = new DevCommand(command.workshop.folder);
    await next.url();
    expect(leftovers(command.workshop)).toEqual([`dev-${next.pid}`]);
    await next.stop();
  });
});

test('the help has examples', async () => {
  const workshop = new Workshop();
  const { exitCode, printed } = await workshop.call('dev --help');
  expect(exitCode).toBe(0);
  expect(printed).toMatch(/Usage: lambent dev \[flags\]/);
  expect(printed).toMatch(/--source <name> +Service to emulate/);
  expect(printed).toMatch(/lambent dev --queues orders/);
});
