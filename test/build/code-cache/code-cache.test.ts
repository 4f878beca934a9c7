import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { httpEvents } from '../../../src/testing/http-events.js';
import { repository } from '../../package/manifest.js';
import { type BuildProject, type Built, createBuildProject, invoke, type Outcome } from '../project.js';

const order = {
  customer: { name: 'Ada Lovelace', email: 'ada@example.com', age: 36 },
  lines: [{ sku: 'ABC-1234', quantity: 2, price: 4.5 }],
  express: true,
};
const post = (url: string, payload: unknown) => ({ method: 'POST', url, payload });

const sources = {
  'events/order.json': JSON.stringify(httpEvents.apiGatewayV2(post('/orders', order))),
  'events/failing.json': JSON.stringify(httpEvents.apiGatewayV2(post('/orders/reservations', {}))),
  'events/broken.json': '{ "body": ',
  'src/exits.ts': 'export const handler = async () => process.exit(3);',
  'src/exitsEarly.ts': 'process.exit(3); export const handler = async () => 1;',
  'src/killed.ts': `
    let events = 0;
    export const handler = async () => (++events === 1 ? { statusCode: 200 } : process.kill(process.pid, 'SIGKILL'));`,
  'src/writes.ts': `
    import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
    import { join } from 'node:path';
    mkdirSync('cache');
    export const handler = async () => {
      for (const file of ['a.txt', 'cache/b.txt', 'late.txt', join(import.meta.dirname, 'c.txt')]) writeFileSync(file, 'left');
      return { statusCode: readFileSync(import.meta.filename, 'utf8').length > 0 ? 200 : 500 };
    };`,
  'src/callsBack.ts':
    'export const handler = (_event: any, _context: any, callback: any) => callback(null, { statusCode: 200 });',
  'src/callsBackLate.ts':
    'export const handler = (_event: any, _context: any, callback: any) => { setTimeout(callback, 10); };',
  'src/couldCallBack.ts':
    'export const handler = async (_event: any, _context: any, _callback: any) => ({ statusCode: 200 });',
  'src/unstartable.ts': `
    import { Controller, Get, LambdaApplication, Module } from 'lambent';
    @Controller('/') class Root { @Get() get() { return 1; } }
    @Module({ controllers: [Root], providers: [{ provide: 'secret', useFactory: () => { if (!process.env.SECRET) throw new Error('SECRET is not set'); return 1; } }] })
    class AppModule {}
    export const { handler } = await LambdaApplication.create(AppModule).ready();`,
  'src/streams.ts': `
    declare const awslambda: any;
    export const handler = awslambda.streamifyResponse(async (event: any, stream: any) => { stream.write('streamed'); stream.end(); });`,
  'src/none.ts': 'export const nothing = 1;',
  'src/environment.ts':
    'export const handler = async () => ({ statusCode: process.env.AWS_LAMBDA_FUNCTION_NAME && process.env.AWS_EXECUTION_ENV ? 200 : 500 });',
  'src/process.ts': `
    process.send?.({ results: [] });
    export const handler = async () => ({ statusCode: process.argv.length === 2 ? 200 : 500 });`,
  'src/lively.ts': `
    import { connect, createServer, type AddressInfo } from 'node:net';
    const server = createServer().listen(0);
    setInterval(() => undefined, 1000);
    setTimeout(() => { throw new Error('late'); });
    Promise.reject(new Error('unawaited'));
    process.on('SIGTERM', () => undefined);
    process.kill(process.pid, 'SIGTERM');
    process.stdout.write('x'.repeat(1e6));
    export const handler = async ({ rawPath }: { rawPath: string }) => {
      await new Promise((done) => connect((server.address() as AddressInfo).port).once('connect', done));
      return rawPath === '/orders' ? { statusCode: 200 } : new Promise(() => {});
    };`,
  'src/streamsThrow.ts': `
    declare const awslambda: any;
    export const handler = awslambda.streamifyResponse(async (event: any, stream: any) => { stream.write('half'); throw new Error('in the stream'); });`,
  'src/pending.ts': 'export const handler = () => new Promise(() => {});',
};

const events = ['events/order.json'];
const orders = { entry: 'src/orders/handler.ts' } as const;
const builds = {
  plain: orders,
  cached: { ...orders, codeCache: { events, flags: [] } },
  gc: { ...orders, codeCache: { events } },
  unplanned: { ...orders, plan: false, codeCache: { events, flags: [] } },
  hostile: {
    entry: { "it's `${1}`": 'src/orders/handler.ts' },
    codeCache: { events, flags: ['--stack-size=984'] },
  },
  readable: { ...orders, minify: false, sourcemaps: 'inside', codeCache: { events, flags: [] } },
  failing: { ...orders, codeCache: { events: ['events/failing.json', 'events/order.json'], flags: [] } },
  unstartable: { entry: 'src/unstartable.ts', codeCache: { events, flags: [] } },
  streams: { entry: 'src/streams.ts', codeCache: { events, flags: [] } },
  environment: { entry: 'src/environment.ts', codeCache: { events, flags: [] } },
  process: { entry: 'src/process.ts', codeCache: { events, flags: [] } },
  lively: { entry: 'src/lively.ts', codeCache: { events, flags: [] } },
  streamsThrow: { entry: 'src/streamsThrow.ts', codeCache: { events, flags: [] } },
  pending: { entry: 'src/pending.ts', codeCache: { events, flags: [] } },
  exits: { entry: 'src/exits.ts', codeCache: { events, flags: [] } },
  exitsEarly: { entry: 'src/exitsEarly.ts', codeCache: { events, flags: [] } },
  killed: { entry: 'src/killed.ts', codeCache: { events: [...events, 'events/failing.json'], flags: [] } },
  writes: { entry: 'src/writes.ts', codeCache: { events, flags: [] } },
  callsBack: { entry: 'src/callsBack.ts', codeCache: { events, flags: [] } },
  callsBackLate: { entry: 'src/callsBackLate.ts', codeCache: { events, flags: [] } },
  couldCallBack: { entry: 'src/couldCallBack.ts', codeCache: { events, flags: [] } },
  none: { entry: 'src/none.ts', codeCache: { events, flags: [] } },
  flags: { entry: 'src/none.ts', codeCache: { events, flags: ['--no-such-flag'] } },
  absent: { ...orders, codeCache: { events: ['events/nowhere.json'] } },
  broken: { ...orders, codeCache: { events: ['events/broken.json'] } },
  noEvents: { ...orders, codeCache: { events: [] } },
  two: { entry: ['src/orders/handler.ts', 'src/none.ts'], codeCache: { events } },
  cjs: { ...orders, format: 'cjs', codeCache: { events } },
  wrong: { ...orders, codeCache: { events, flag: ['--expose-gc'] } as { events: string[] } },
} as const;

let project: BuildProject;
let eventFile: string;

beforeAll(async () => {
  project = await createBuildProject(builds, sources);
  eventFile = join(project.folder, 'project/events/order.json');
  writeFileSync(join(project.folder, 'hook.cjs'), HOOK);
});

afterAll(() => {
  if (project) rmSync(project.folder, { recursive: true, force: true });
});

const built = (name: keyof typeof builds): Built => project.built[name]!;
const pathIn = (...names: string[]): string => join(project.bundles, ...names);

/** Tells how V8 takes the caches of scripts. */
const HOOK = `
const vm = require('node:vm');
const taken = [];
vm.Script = class extends vm.Script {
  constructor(...values) { super(...values); taken.push(this.cachedDataRejected === false); }
};
process.on('exit', () => console.log(JSON.stringify({ taken })));`;

/** The result for an event, without its random id. */
const comparable = ({ answer }: Outcome) => JSON.stringify(answer).replace(/"x-request-id":"[^"]*"/, '');

const execute = promisify(execFile);

/** Imports a handler in a process with V8's flags. */
async function start(
  file: string,
  flags: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<{ taken: boolean[]; warnings: string }> {
  const program = `await import(${JSON.stringify(pathToFileURL(file).href)}); setImmediate(() => process.exit());`;
  const hook = join(project.folder, 'hook.cjs');
  const given = ['--require', hook, ...flags, '--input-type=module', '--eval', program];
  const { stdout, stderr } = await execute(process.execPath, given, {
    env: { ...process.env, NODE_OPTIONS: '', ...env },
  });
  return { ...(JSON.parse(stdout.trim().split('\n').at(-1)!) as { taken: boolean[] }), warnings: stderr };
}

const withWindowsLines = (cache: Buffer) => Buffer.from(cache.toString('latin1').replaceAll('\n', '\r\n'), 'latin1');

describe('a bundle with a code cache', () => {
  const requests = [
    post('/orders', order),
    { url: '/orders/1' },
    post('/orders', { ...order, customer: { ...order.customer, email: 'ada' } }),
    { url: '/orders/9' },
    { url: '/reports/sales' },
    { method: 'DELETE', url: '/orders/1' },
    post('/orders/reservations', {}),
    { method: 'POST', url: '/orders', headers: { 'content-type': 'application/json' }, body: '{ "customer": ' },
  ];

  test.each(['cached', 'gc', 'unplanned', 'readable'] as const)('does what it does without one: %s', async (name) => {
    const plain = await invoke(pathIn('plain/handler.mjs'), requests);
    const cached = await invoke(pathIn(name, 'handler.mjs'), requests);
    expect(cached.map(comparable)).toEqual(plain.map(comparable));
    expect(plain.map(({ answer }) => answer.statusCode)).toEqual([201, 200, 422, 404, 200, 405, undefined, 400]);
    const lines = (outcomes: typeof plain) =>
      outcomes.map(({ log }) => log.map(({ message, route }) => [message, route]));
    expect(lines(cached)).toEqual(lines(plain));
  });

  test('consists of the handler, the code file, its cache, and what is loaded on demand', () => {
    const files = built('cached').files;
    expect(files.slice(0, 2).map(({ name, role }) => [name, role])).toEqual([
      ['handler.mjs', 'entry'],
      ['handler-code.cjs', 'shared'],
    ]);
    expect(files.slice(2).every(({ name, role }) => name.endsWith('.cjs') && role === 'lazy')).toBe(true);
    const written = readdirSync(pathIn('cached')).filter((name) => !name.endsWith('.json'));
    expect(written.toSorted()).toEqual(['handler.code-cache', ...files.map(({ name }) => name)].toSorted());
    expect(built('cached').codeCache).toMatchObject({
      file: 'handler.code-cache',
      bytes: readFileSync(pathIn('cached/handler.code-cache')).length,
      node: process.version,
      flags: [],
      results: [{ event: eventFile, status: 201 }],
    });
    const line =
      /Code cache: [\d.]+ kB, in a zip [\d.]+ kB, for Node v[\d.]+ --expose-gc, from events\/order\.json \(201\)/;
    expect(built('gc').lines[0]).toMatch(line);
    expect(built('gc').warnings).toEqual([]);
  });

  test('is planned in the build as any other', () => {
    expect(built('cached').plan).toEqual(built('plain').plan);
    expect(built('cached').plan).toMatchObject([{ planned: 'build' }]);
  });

  test('gives V8 its cache, which V8 takes', async () => {
    expect(await start(pathIn('cached/handler.mjs'))).toEqual({ taken: [true], warnings: '' });
    expect(await start(pathIn('gc/handler.mjs'), ['--expose-gc'])).toEqual({ taken: [true], warnings: '' });
    const hostile = readdirSync(pathIn('hostile')).find((name) => name.endsWith('.mjs'))!;
    const outcome = await start(pathIn('hostile', hostile), ['--stack-size=984']);
    expect(outcome).toEqual({ taken: [true], warnings: '' });
  });

  test('gives V8 its cache in another folder, where nothing can be written', async () => {
    const other = pathIn('elsewhere');
    cpSync(pathIn('cached'), other, { recursive: true });
    for (const name of readdirSync(other)) chmodSync(join(other, name), 0o444);
    expect(await start(join(other, 'handler.mjs'))).toEqual({ taken: [true], warnings: '' });
  });

  test('gives V8 its cache where the environment has what the build had not', async () => {
    const file = pathIn('unstartable/unstartable.mjs');
    expect(await start(file, [], { SECRET: 'known' })).toEqual({ taken: [true], warnings: '' });
  });

  test('runs without the cache under other flags, and warns what the flags are', async () => {
    const { taken, warnings } = await start(pathIn('gc/handler.mjs'), ['--max-semi-space-size=12', '--jitless']);
    expect(taken).toEqual([false]);
    expect(warnings).toMatch(/\[LAMBENT_CODE_CACHE\] Warning: The code cache is not used, which slows the start/);
    expect(warnings).toMatch(
      /made for the flags "--expose-gc", and this process has the flags "--require \S+ .*--max-semi-space-size=12 --jitless/,
    );
  });

  test.each([
    ['V8', (text: string) => text.replaceAll(/V8 [\d.]+-node\.\d+/g, 'V8 1.2.3-node.4'), 'V8 1.2.3-node.4 ('],
    ['processor', (text: string) => text.replaceAll(`(${process.arch})`, '(z80)'), '(z80), and this process has V8'],
  ])('runs without the cache for another %s, and warns', async (_what, change, message) => {
    const other = pathIn(`other${_what}`);
    cpSync(pathIn('cached'), other, { recursive: true });
    writeFileSync(join(other, 'handler.mjs'), change(readFileSync(join(other, 'handler.mjs'), 'utf8')));
    const { taken, warnings } = await start(join(other, 'handler.mjs'));
    expect(taken).toEqual([]);
    expect(warnings).toContain(message);
    const [created] = await invoke(join(other, 'handler.mjs'), requests);
    expect(created!.answer.statusCode).toBe(201);
  });

  test.each<[string, (cache: Buffer) => Buffer | undefined, RegExp]>([
    ['missing', () => undefined, /ENOENT: .*handler\.code-cache/],
    ['empty', () => Buffer.alloc(0), /handler\.code-cache is damaged, or of another build/],
    ['shorter than a checksum', (cache) => cache.subarray(0, 3), /is damaged/],
    ['cut off', (cache) => cache.subarray(0, cache.length / 2), /is damaged/],
    ['without its last byte', (cache) => cache.subarray(0, -1), /is damaged/],
    ['continued', (cache) => Buffer.concat([cache, cache]), /is damaged/],
    ['read as UTF-8', (cache) => Buffer.from(cache.toString('utf8')), /is damaged/],
    ['with the line ends of Windows', withWindowsLines, /is damaged/],
    ['with a page of zeros', (cache) => Buffer.from(cache).fill(0, 8192, 12288), /is damaged/],
    ['of another build', () => readFileSync(pathIn('readable/handler.code-cache')), /is damaged/],
  ])('runs without a cache that is %s, and warns', async (name, change, message) => {
    const other = pathIn(`changed ${name}`);
    cpSync(pathIn('cached'), other, { recursive: true });
    const cacheFile = join(other, 'handler.code-cache');
    const changed = change(readFileSync(cacheFile));
    rmSync(cacheFile);
    if (changed) writeFileSync(cacheFile, changed);
    const { taken, warnings } = await start(join(other, 'handler.mjs'));
    expect(taken).toEqual([false]);
    expect(warnings).toMatch(message);
    expect(warnings).toMatch(/\[LAMBENT_CODE_CACHE\] Warning: The code cache is not used, which slows the start: /);
  });

  test('leaves it, without a warning, where Node is told to read source maps, and stacks show the sources', async () => {
    expect(await start(pathIn('cached/handler.mjs'), ['--enable-source-maps'])).toEqual({ taken: [], warnings: '' });
    for (const name of ['cached', 'readable']) {
      const failing = [post('/orders/reservations', {})];
      const [reserved] = await invoke(pathIn(name, 'handler.mjs'), failing, '--enable-source-maps');
      expect(JSON.stringify(reserved!.log)).toContain('src/orders/orders.service.ts:28:');
    }
  });

  test('shows positions in the code file, as its source map has them', async () => {
    const [reserved] = await invoke(pathIn('readable/handler.mjs'), [post('/orders/reservations', {})]);
    const [, line, column] = /handler-code\.cjs:(\d+):(\d+)/.exec(JSON.stringify(reserved!.log))!;
    const text = readFileSync(pathIn('readable/handler-code.cjs'), 'utf8').split('\n')[Number(line) - 1]!;
    expect(text.slice(Number(column) - 1)).toMatch(/^new StockFailure\(/);
  });
});

describe('the sample events', () => {
  test('that the application fails leave a cache of what ran, with a warning', () => {
    expect(built('failing').warnings).toEqual([
      'The code cache contains only what ran until the application failed: StockFailure: The stock is out of reach.',
    ]);
    expect(built('unstartable').warnings).toEqual([expect.stringMatching(/failed: .*SECRET is not set/)]);
    expect(built('unstartable').codeCache!.bytes).toBeGreaterThan(100_000);
    expect(built('none').warnings).toEqual([expect.stringMatching(/failed: TypeError: \S+ exports no handler/)]);
    expect(built('none').warnings[0]).toContain(pathIn('none/none.mjs'));
  });

  test.each([
    ['exits', [], 'it ended the process with the code 3'],
    ['killed', [{ event: 'order.json', status: 200 }], 'it ended the process with the signal SIGKILL'],
  ] as const)('that end the process leave a cache of what ran before: %s', (name, results, how) => {
    const { warnings, codeCache } = built(name);
    expect(warnings).toEqual([`The code cache contains only what ran until the application failed: ${how}.`]);
    expect(codeCache!.results.map((each) => ({ ...each, event: basename(each.event) }))).toEqual(results);
    expect(codeCache!.bytes).toBeGreaterThan(100);
  });

  test('leave no files in the bundle, nor beside it', () => {
    expect(built('writes').warnings).toEqual([]);
    expect(built('writes').codeCache!.results).toEqual([{ event: eventFile, status: 200 }]);
    const files = readdirSync(pathIn('writes'));
    expect(files.toSorted()).toEqual(['writes-code.cjs', 'writes.code-cache', 'writes.mjs']);
    expect(readdirSync(project.bundles).filter((name) => name.includes('-run-'))).toEqual([]);
  });

  test('need a handler that returns a promise, which is said', () => {
    for (const name of ['callsBack', 'callsBackLate'] as const)
      expect(built(name).warnings).toEqual([
        expect.stringContaining('failed: TypeError: The handler takes a callback, and returned no promise. '),
      ]);
    expect(built('couldCallBack').warnings).toEqual([]);
    expect(built('couldCallBack').codeCache!.results).toEqual([{ event: eventFile, status: 200 }]);
  });

  test('run with the variables that Lambda sets, and do not find the build', () => {
    for (const name of ['environment', 'process'] as const)
      expect(built(name).codeCache!.results).toEqual([{ event: eventFile, status: 200 }]);
  });

  test('that are never answered leave a cache, too, if nothing is pending', () => {
    expect(built('pending').warnings).toEqual([expect.stringMatching(/its promise is pending, and nothing is left/)]);
    expect(built('pending').codeCache!.bytes).toBeGreaterThan(100);
  });

  test('go through streaming handlers, too', () => {
    expect(built('streams').codeCache!.results).toEqual([{ event: eventFile }]);
    expect(built('streams').warnings).toEqual([]);
  });

  test('may leave timers, sockets and errors that nobody awaits', () => {
    expect(built('lively').codeCache!.results).toEqual([{ event: eventFile, status: 200 }]);
    expect(built('lively').warnings).toEqual([]);
  });

  test('that a streaming handler fails leave a cache, too', () => {
    expect(built('streamsThrow').warnings).toContain(
      'The code cache contains only what ran until the application failed: Error: in the stream.',
    );
    expect(built('streamsThrow').codeCache!.bytes).toBeGreaterThan(100);
  });

  test('that take too long leave a cache, too', async () => {
    const files = { handlerFile: 'lively.mjs', codeFile: 'lively-code.cjs', cacheFile: 'late.code-cache' };
    const paths = Object.fromEntries(Object.entries(files).map(([name, file]) => [name, pathIn('lively', file)]));
    const task = { ...paths, seed: 1, events: [eventFile, eventFile.replace('order', 'failing')], timeout: 2000 };
    const program = join(repository, 'dist/esm/build/code-cache/cache-process.js');
    const child = fork(program, [JSON.stringify(task)], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    const messages: object[] = [];
    child.on('message', (message: object) => messages.push(message));
    await once(child, 'disconnect');
    const results = [{ event: eventFile, status: 200 }];
    // Before each event, and at the end.
    expect(messages).toEqual([
      { results: [] },
      { results },
      { results, failure: 'it took longer than 1.8 seconds', finished: true },
    ]);
    expect(readFileSync(pathIn('lively/late.code-cache')).length).toBeGreaterThan(100);
  });

  test.each([
    ['exitsEarly', 'No code cache: the application ended the process with the code 3. Use other events'],
    ['flags', 'No code cache: Node does not accept the flags "--no-such-flag".'],
    ['absent', 'The option "codeCache" needs sample events, and events/nowhere.json cannot be read: '],
    ['broken', 'The option "codeCache" needs sample events, and events/broken.json is not JSON: '],
    ['noEvents', 'The option "codeCache" needs "events", the files of sample events.'],
    ['two', 'The option "codeCache" is for one entry. Build each function into a folder.'],
    ['cjs', 'The option "codeCache" is for the format "esm".'],
    ['wrong', 'Unknown in the option "codeCache": flag.'],
  ] as const)('or options that are mistakes are refused: %s', (name, message) => {
    expect(built(name).failure?.name).toBe('BootstrapError');
    expect(built(name).failure?.message).toContain(message);
    if (name !== 'exitsEarly' && name !== 'flags') expect(existsSync(pathIn(name))).toBe(false);
  });
});
