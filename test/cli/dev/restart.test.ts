import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../../until.js';
import { answering, DevCommands, leftovers } from './dev-command.js';

const commands = new DevCommands();
const dev = commands.start;

afterEach(commands.end);

const APPLICATION = {
  'src/handler.ts': `import { LambdaApplication } from 'lambent';
    import { AppModule } from './app.module.js';
    export const { handler } = await LambdaApplication.create(AppModule).ready();`,
  'src/app.module.ts': `import 'reflect-metadata';
    import { Controller, Get, Module, Param, type OnApplicationShutdown } from 'lambent';
    import { Greetings } from './greetings.js';
    @Controller('hello') class HelloController {
      constructor(private readonly greetings: Greetings) {}
      @Get(':name') greet(@Param('name') name: string) { return { message: this.greetings.to(name) }; }
    }
    class Ending implements OnApplicationShutdown {
      onApplicationShutdown(signal?: string): void { console.log('closed by ' + signal); }
    }
    @Module({ controllers: [HelloController], providers: [Greetings, Ending] }) export class AppModule {}`,
  'src/greetings.ts': `import { Injectable } from 'lambent';
    @Injectable() export class Greetings { to(name: string): string { return 'Hello, ' + name; } }`,
};

test('an application is served with its routes, and again when a source of it changes; the old one is closed', async () => {
  const command = dev(APPLICATION);
  expect(await command.get('/hello/Ada')).toBe('{"message":"Hello, Ada"}');
  expect(command.stdout).toContain('GET  /hello/:name  HelloController.greet');
  expect(command.stdout).toMatch(/Try: curl -i http:\/\/localhost:\d+\/hello\/name\n/);
  command.workshop.write('src/greetings.ts', APPLICATION['src/greetings.ts'].replace('Hello', 'Good day'));
  await command.answers('Good day', '/hello/Ada');
  await command.printed(/closed by SIGTERM/);
  expect(command.stdout).toContain('Changed: src/greetings.ts\n');
  expect(command.stdout.match(/Listening on/g)).toHaveLength(1);
});

const startingSlowly = (text: string) =>
  `await new Promise((resolve) => setTimeout(resolve, 700));\n${answering(text)}`;

test('a request that comes while it restarts waits for the new one', async () => {
  const command = dev({ 'src/handler.ts': startingSlowly('one') });
  await command.answers('one');
  command.workshop.write('src/handler.ts', startingSlowly('two'));
  await command.printed(/Changed/);
  const answers = await Promise.all([1, 2, 3].map(() => command.get()));
  expect(answers).toEqual(['two', 'two', 'two']);
});

const slowAt = (text: string) => `
    export const handler = async ({ rawPath }: { rawPath: string }) => {
      if (rawPath === '/slow') { console.log('begun'); await new Promise((resolve) => setTimeout(resolve, 600)); }
      return ${JSON.stringify(text)};
    };`;

test('what is under way is brought to its end by the process that began it', async () => {
  const command = dev({ 'src/handler.ts': slowAt('old') });
  await command.answers('old');
  const slow = command.get('/slow');
  await command.printed(/begun/);
  command.workshop.write('src/handler.ts', slowAt('new'));
  await command.answers('new');
  expect(await slow).toBe('old');
});

test('files that are put in the place of others are seen, and of a burst of them the last', async () => {
  const command = dev({ 'src/handler.ts': "export * from './a.js';", 'src/a.ts': answering('0') });
  await command.answers('0');
  for (let count = 1; count <= 5; count++) {
    command.workshop.write('.swap', answering(String(count)));
    renameSync(join(command.workshop.folder, '.swap'), join(command.workshop.folder, 'src/a.ts'));
  }
  await command.answers('5');
});

test('a folder that goes and comes again, as with another branch, is found again', async () => {
  const command = dev({ 'src/handler.ts': "export * from './part/a.js';", 'src/part/a.ts': answering('before') });
  await command.answers('before');
  rmSync(join(command.workshop.folder, 'src/part'), { recursive: true });
  await command.answers('./part/a.js');
  mkdirSync(join(command.workshop.folder, 'src/part'));
  command.workshop.write('src/part/a.ts', answering('after'));
  await command.answers('after');
  command.workshop.write('src/part/a.ts', answering('later'));
  await command.answers('later');
});

test('a file that it does not depend on changes nothing', async () => {
  const command = dev({ 'src/handler.ts': answering('one'), 'src/other.ts': 'export {};' });
  await command.answers('one');
  command.workshop.write('src/other.ts', 'export const a = 1;');
  command.workshop.write('src/handler.ts', answering('two'));
  await command.answers('two');
  expect(command.stdout.match(/^Changed.*$/gm)).toEqual(['Changed: src/handler.ts']);
});

describe('an error', () => {
  test.each([
    ['in the syntax', 'export const handler = (;', /PARSE_ERROR[^]*src\/handler\.ts:1/],
    ['in an import', "export * from './nowhere.js';", /nowhere\.js/],
    ['that shows when it is loaded', "export {};\nthrow new Error('no such setting');", /no such setting/],
    [
      'that ends the process',
      'export {};\nprocess.exit(4);',
      /ended with exit code 4 while it was loading the function/,
    ],
    ['that leaves no handler', 'export const handle = 1;', /exports no handler/],
    ['of the modules', APPLICATION['src/handler.ts'], /Greetings/],
  ])('%s is printed, and requests get a 503, until it is fixed', async (_where, text, message) => {
    const broken = {
      ...APPLICATION,
      'src/handler.ts': text,
      'src/app.module.ts': APPLICATION['src/app.module.ts'].replace('[Greetings, ', '['),
    };
    const command = dev(broken);
    const response = await fetch(await command.url());
    expect([response.status, response.headers.get('content-type')]).toEqual([503, 'text/plain; charset=utf-8']);
    const answer = await response.text();
    expect(answer).toMatch(message);
    expect(answer).toContain('Fix the error and save to restart.');
    expect(command.output).toMatch(message);
    // oxlint-disable-next-line no-control-regex
    expect(answer + command.output).not.toMatch(/\u001B/);
    command.workshop.write('src/handler.ts', answering('fixed'));
    await command.answers('fixed');
  });

  test('that never lets it start is reported after the timeout of a request', async () => {
    const command = dev({ 'src/handler.ts': 'await new Promise(() => undefined);\nexport const handler = 1;' }, [
      '--timeout',
      '1',
    ]);
    const [, url] = await command.printed(/Starting handler on (\S+)/);
    expect(await (await fetch(url!)).text()).toBe('The function did not start within 1 s.\n');
    command.workshop.write('src/handler.ts', answering('fixed'));
    await command.answers('fixed');
  });

  test('in a new file, or from a missing file, is fixed by that file', async () => {
    const command = dev({ 'src/handler.ts': answering('one') });
    await command.answers('one');
    command.workshop.write('src/handler.ts', "export * from './later/part.js';");
    await command.answers('later/part.js');
    command.workshop.write('src/later/part.ts', 'export const handler = (;');
    await command.answers('PARSE_ERROR');
    command.workshop.write('src/later/part.ts', answering('there'));
    await command.answers('there');
  });
});

test('a process that ends by itself is reported, and the next event starts a new one', async () => {
  const command = dev({
    'src/handler.ts': `console.log('begins');
      export const handler = async ({ rawPath }: { rawPath: string }) => (rawPath === '/end' ? process.exit(3) : 'here');`,
  });
  await command.answers('here');
  expect((await fetch(`${await command.url()}/end`)).status).toBe(500);
  await command.printed(/Process ended with exit code 3\. The next event starts a new one\./);
  expect(await command.get()).toBe('here');
  expect(command.stdout.match(/begins/g)).toHaveLength(2);
});

const floating = (how: string) => `import 'reflect-metadata';
  import { Controller, Get, LambdaApplication, Module } from 'lambent';
  let count = 0;
  @Controller() class Pages {
    @Get() page() { return 'page ' + ++count; }
    @Get('slow') async slow() { await new Promise((resolve) => setTimeout(resolve, 300)); return 'slow'; }
    @Get('guilty') guilty() { ${how}; return 'guilty'; }
  }
  @Module({ controllers: [Pages] }) class AppModule {}
  export const { handler } = await LambdaApplication.create(AppModule).ready();`;

describe.each([
  ['rejection', "void Promise.reject(new Error('left alone'))", /Unhandled rejection: .* Await or catch the promise/],
  ['exception', "setTimeout(() => { throw new Error('left alone'); })", /Uncaught exception: on Lambda it ends/],
])('an unhandled %s', (_kind, how, message) => {
  test('is logged and ends its process, and fails no other request', async () => {
    const command = dev({ 'src/handler.ts': floating(how) });
    expect(await command.get()).toBe('"page 1"');
    const [first] = command.children();
    const slow = command.get('/slow');
    expect(await command.get('/guilty')).toBe('"guilty"');
    const others = Array.from({ length: 5 }, () => command.get('/slow'));
    expect(await Promise.all([slow, ...others])).toEqual(Array(6).fill('"slow"'));
    await command.printed(message);
    await command.printed(/Process will exit after its current requests\. The next event starts a new one\./);
    expect(command.output).toMatch(/Error: left alone\n\s+at .*src\/handler\.ts:7:/);
    await until('the end of the first process', () => !command.children().includes(first!));
    expect(await command.get()).toMatch(/^"page [12]"$/);
    expect(await command.get('/guilty')).toBe('"guilty"');
    expect(await command.get()).toMatch(/^"page \d"$/);
  });
});

test('a process that exceeds the timeout is killed, and the next event starts a new one', async () => {
  const loop =
    "export const handler = async ({ rawPath }: { rawPath: string }) => { while (rawPath === '/loop'); return 'here'; };";
  const command = dev({ 'src/handler.ts': loop }, ['--timeout', '1']);
  await command.answers('here');
  expect((await fetch(`${await command.url()}/loop`)).status).toBe(500);
  await command.printed(/Process ended with SIGKILL\. The next event starts a new one\./);
  expect(await command.get()).toBe('here');
});

test('a process that ends by itself is reported at once, even if its child holds its output open', async () => {
  const command = dev({
    'src/handler.ts': `import { spawn } from 'node:child_process';
      export const handler = async ({ rawPath }: { rawPath: string }) => {
        if (rawPath !== '/end') return 'here';
        console.log('left ' + spawn('sleep', ['30'], { stdio: 'inherit' }).pid);
        setTimeout(() => process.exit(3), 50);
        await new Promise(() => undefined);
      };`,
  });
  await command.answers('here');
  expect((await fetch(`${await command.url()}/end`)).status).toBe(500);
  expect(await command.get()).toBe('here');
  await command.printed(/Process ended with exit code 3/);
  process.kill(Number((await command.printed(/left (\d+)/))[1]));
});

const counting = (name: string) => `
    const scope = globalThis as unknown as { count?: number };
    scope.count = (scope.count ?? 0) + 1;
    setInterval(() => undefined, 10);
    export const handler = async () => '${name}' + scope.count;`;

test('no state of a process is left in the next one', async () => {
  const command = dev({ 'src/handler.ts': counting('one') });
  await command.answers('one1');
  const [first] = command.children();
  command.workshop.write('src/handler.ts', counting('two'));
  await command.answers('two1');
  await until('the end of the first process', () => !command.children().includes(first!));
  expect(leftovers(command.workshop)).toEqual([`dev-${command.pid}`]);
});
