import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { Context as LambdaContext } from 'aws-lambda';
import winston from 'winston';
import { Logger } from '../../../src/contracts/logger.js';
import { BootstrapError } from '../../../src/errors/bootstrap-error.js';
import { AccessLog } from '../../../src/logging/access-log/access-log.js';
import { createLogger, type LoggerOption } from '../../../src/logging/logger/create-logger.js';
import { EventFields, runWithEventFields } from '../../../src/logging/logger/event-fields.js';
import { EventLogger } from '../../../src/logging/logger/event-logger.js';
import { type CapturedStdout, captureStdout } from '../captured-stdout.js';
import { httpContext } from '../http-context.js';
import { logRequest } from '../log-request.js';

const context = { awsRequestId: 'lambda', xRayTraceId: 't' } as unknown as LambdaContext;
const LEVEL = Symbol.for('level');
const MESSAGE = Symbol.for('message');

let stdout: CapturedStdout;

const notFound = async () => ({ statusCode: 404, headers: {}, cookies: [] });

beforeEach(() => {
  stdout = captureStdout();
});

afterEach(() => {
  jest.restoreAllMocks();
});

interface Memory {
  readonly infos: Record<string | symbol, unknown>[];
  /** What would stand in a file. */
  text(): string;
  readonly transport: winston.transport;
}

/** A user's transport that keeps what it is given. */
function memory(options: { level?: string; format?: winston.Logform.Format } = {}): Memory {
  const infos: Record<string | symbol, unknown>[] = [];
  const stream = new Writable({
    objectMode: true,
    write(info: Record<string | symbol, unknown>, _encoding, done) {
      infos.push(info);
      done();
    },
  });
  const transport = new winston.transports.Stream({ stream, ...options });
  return { infos, transport, text: () => infos.map((info) => `${String(info[MESSAGE])}\n`).join('') };
}

const create = async (option: LoggerOption | undefined): Promise<Logger> => createLogger(option, { level: 'info' });

describe('the option logger', () => {
  it('left out gives JSON lines on stdout, at once', () => {
    const logger = createLogger(undefined, { level: 'info' });
    expect(logger).toBeInstanceOf(EventLogger);
    (logger as Logger).info('text', { a: 1 });
    (logger as Logger).debug('unseen');
    expect(stdout.lines()).toMatchObject([{ level: 'info', message: 'text', a: 1 }]);
  });

  it("takes a Logger of the user's own as it is", () => {
    class OwnLogger extends EventLogger {}
    const own = new OwnLogger({ enabled: () => true, write: () => {} });
    expect(createLogger(own, { level: 'info' })).toBe(own);
  });

  it('gives the same lines through winston as without it', async () => {
    jest.useFakeTimers({ now: 1_700_000_000_000, doNotFake: ['nextTick', 'setImmediate'] });
    const direct = await create(undefined);
    const through = await create({ silent: false });
    const error = new Error('x');
    const fields = { zebra: 1, apple: { big: 1n, list: [undefined, Number.NaN] }, error, skipped: undefined };
    for (const logger of [direct, through]) {
      runWithEventFields(new EventFields('r1', context, logger), () => logger.warning('two\nlines', fields));
    }
    jest.useRealTimers();
    const [first, second] = stdout.text().split('\n');
    expect(first).toContain('"zebra":1');
    expect(second).toBe(first);
  });

  it.each([
    [null, 'takes a Logger, a winston logger or options, not null.'],
    ['winston', 'takes a Logger, a winston logger or options, not winston.'],
    [{ transport: [] }, 'Unknown in the option logger: transport. It takes defaultMeta,'],
    [{ level: 'warn' }, 'The option logger: level is warn; it takes debug, info, warning, error, critical.'],
  ])('refuses %j', async (option, message) => {
    const attempt = create(option as LoggerOption);
    await expect(attempt).rejects.toThrow(BootstrapError);
    await expect(attempt).rejects.toThrow(message);
  });

  it('refuses a winston logger that lacks a level', async () => {
    const custom = winston.createLogger({ levels: { error: 0, info: 1, debug: 2 }, transports: [memory().transport] });
    await expect(create(custom)).rejects.toThrow(
      'The winston logger has no level for "warning": add "warning" or "warn" to its levels, which are error, info, debug.',
    );
  });
});

describe("winston's options", () => {
  it('a level alone changes what stdout gets', async () => {
    const logger = await create({ level: 'debug' });
    logger.debug('seen');
    expect(stdout.lines()).toMatchObject([{ level: 'debug', message: 'seen' }]);
  });

  it('without a level go by the settings', async () => {
    const { transport, infos } = memory();
    const logger = await createLogger({ transports: [transport] }, { level: 'error' });
    logger.warning('unseen');
    logger.critical('seen');
    expect(infos.map((info) => info['message'])).toEqual(['seen']);
  });

  it('transports replace stdout, and see the fields and the finished line', async () => {
    const { transport, infos, text } = memory();
    const logger = await create({ transports: transport });
    runWithEventFields(new EventFields('r1', context, logger), () => logger.critical('text', { a: 1n }));
    expect(infos[0]).toMatchObject({
      level: 'critical',
      message: 'text',
      id: 'r1',
      trace_id: 't',
      a: '1',
      [LEVEL]: 'critical',
    });
    expect(JSON.parse(text())).toMatchObject({ level: 'critical', id: 'r1', a: '1' });
    expect(stdout.text()).toBe('');
  });

  it('a transport has a level of its own', async () => {
    const all = memory({ level: 'debug' });
    const severe = memory({ level: 'error' });
    const logger = await create({ transports: [all.transport, severe.transport] });
    logger.debug('fine');
    logger.error('bad');
    expect(all.infos.map((info) => info['message'])).toEqual(['fine', 'bad']);
    expect(severe.infos.map((info) => info['message'])).toEqual(['bad']);
  });

  it('defaultMeta stands in every line', async () => {
    const logger = await create({ defaultMeta: { service: 'orders', level: 'forged' } });
    logger.info('text');
    expect(stdout.lines()).toMatchObject([{ service: 'orders', level: 'info' }]);
  });

  const { format } = winston;
  it.each([
    ['json', format.json(), /"message":"text"/],
    [
      'printf',
      format.printf((info) => `${info.level}|${String(info.message)}|${String(info['id'])}`),
      /^info\|text\|r1$/m,
    ],
    ['simple', format.simple(), /^info: text /m],
    ['logstash', format.logstash(), /"@message":"text"/],
    [
      'errors, splat and timestamp',
      format.combine(format.errors({ stack: true }), format.splat(), format.timestamp(), format.json()),
      /"timestamp":"\d/,
    ],
    ['label and prettyPrint', format.combine(format.label({ label: 'api' }), format.prettyPrint()), /label: 'api'/],
    ['a function of their own', format((info) => ({ ...info, extra: 'yes' }))(), undefined],
  ])('a format of winston: %s', async (_name, chosen, expected) => {
    const { transport, infos, text } = memory();
    const logger = await create({ format: chosen, transports: [transport] });
    runWithEventFields(new EventFields('r1', context, logger), () => logger.info('text', { nested: { big: 1n } }));
    expect(infos).toHaveLength(1);
    if (expected) expect(text()).toMatch(expected);
    else expect(infos[0]).toMatchObject({ extra: 'yes', nested: { big: '1' } });
  });

  it('colours know every level', async () => {
    const { transport, text } = memory();
    const logger = await create({
      level: 'debug',
      format: format.combine(format.colorize(), format.simple()),
      transports: [transport],
    });
    for (const level of ['critical', 'error', 'warning', 'info', 'debug'] as const) logger[level](`a ${level} text`);
    expect(stdout.text()).toBe('');
    const escape = String.fromCodePoint(27);
    for (const level of ['critical', 'error', 'warning', 'info', 'debug'])
      expect(text()).toContain(`m${level}${escape}[39m: a ${level} text`);
  });

  it('a format may drop lines', async () => {
    const { transport, infos } = memory();
    const logger = await create({
      format: winston.format((info) => (info['private'] ? false : info))(),
      transports: [transport],
    });
    logger.info('hidden', { private: true });
    logger.info('shown');
    expect(infos.map((info) => info['message'])).toEqual(['shown']);
  });

  it('a format that throws costs no request and no line, and the next line is fine', async () => {
    const { transport, infos } = memory();
    const fragile = winston.format((info) => {
      if (info['bad']) throw new Error('no such format');
      return info;
    });
    const logger = await create({ format: fragile(), transports: [transport] });
    logger.info('bad one', { bad: true });
    logger.info('good one');
    expect(stdout.lines()).toMatchObject([{ message: 'bad one', log_error: { message: 'no such format' } }]);
    expect(infos.map((info) => info['message'])).toEqual(['good one']);
  });

  it("a format of a transport's own that throws costs nothing either", async () => {
    const broken = memory({
      format: winston.format(() => {
        throw new Error('broken');
      })(),
    });
    const logger = await create({ transports: [broken.transport] });
    logger.info('one');
    logger.info('two');
    expect(stdout.lines()).toMatchObject([{ message: 'one' }, { message: 'two' }]);
  });

  it('a transport that fails is told on stderr and ends nothing', async () => {
    const stderr: string[] = [];
    jest.spyOn(process.stderr, 'write').mockImplementation((chunk) => stderr.push(String(chunk)) > 0);
    const failing = memory().transport;
    const logger = await create({ transports: [failing] });
    failing.emit('error', new Error('no route to host'));
    logger.info('goes on');
    expect(JSON.parse(stderr.join(''))).toMatchObject({ level: 'error', error: { message: 'no route to host' } });
  });

  it('values that JSON cannot hold reach every transport as plain values', async () => {
    const { transport, infos } = memory({ format: winston.format.json() });
    const logger = await create({ transports: [transport], format: winston.format.json() });
    const circle: Record<string, unknown> = { toJSON: undefined };
    circle['self'] = circle;
    const fields = {
      circle,
      symbol: Symbol('s'),
      getter: Object.defineProperty({}, 'bad', {
        enumerable: true,
        get: () => {
          throw new Error('no');
        },
      }),
      error: new Error('x'),
    };
    logger.info('text', fields);
    expect(infos[0]).toMatchObject({
      circle: { self: '[Circular]' },
      symbol: 'Symbol(s)',
      getter: { bad: '[Unreadable]' },
      error: { message: 'x' },
    });
    expect(stdout.text()).toBe('');
  });

  it('write to a file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lambent-log-'));
    const file = new winston.transports.File({ dirname: folder, filename: 'app.log' });
    const logger = await create({ transports: [file] });
    const finished = new Promise((done) => file.once('finish', done));
    logger.info('one');
    logger.error('two');
    file.end();
    await finished;
    const lines = readFileSync(join(folder, 'app.log'), 'utf8').trim().split('\n');
    rmSync(folder, { recursive: true });
    expect(lines.map((line) => (JSON.parse(line) as { message: string }).message)).toEqual(['one', 'two']);
  });
});

describe('a winston logger', () => {
  it.each([
    [
      'npm',
      winston.config.npm.levels,
      { critical: 'error', error: 'error', warning: 'warn', info: 'info', debug: 'debug' },
    ],
    [
      'syslog',
      winston.config.syslog.levels,
      { critical: 'crit', error: 'error', warning: 'warning', info: 'info', debug: 'debug' },
    ],
    [
      'cli',
      winston.config.cli.levels,
      { critical: 'error', error: 'error', warning: 'warn', info: 'info', debug: 'debug' },
    ],
  ] as const)('with the levels of %s', async (_name, levels, names) => {
    const { transport, infos } = memory();
    const logger = await create(winston.createLogger({ levels, level: 'debug', transports: [transport] }));
    for (const level of ['critical', 'error', 'warning', 'info', 'debug'] as const) logger[level]('text');
    expect(infos.map((info) => [info['level'], info[LEVEL]])).toEqual(Object.entries(names));
  });

  it('filters by its own level, also when that changes', async () => {
    const { transport, infos } = memory();
    const own = winston.createLogger({ level: 'warn', transports: [transport] });
    const logger = await create(own);
    logger.info('unseen');
    own.level = 'debug';
    logger.debug('seen');
    expect(infos.map((info) => info['message'])).toEqual(['seen']);
  });

  it('may be a child with fields of its own', async () => {
    const { transport, infos } = memory();
    const child = winston.createLogger({ transports: [transport], defaultMeta: { a: 1 } }).child({ component: 'api' });
    (await create(child)).info('text');
    expect(infos).toMatchObject([{ message: 'text', component: 'api', a: 1 }]);
  });

  it('keeps its own format', async () => {
    const { transport, text } = memory();
    const own = winston.createLogger({ format: winston.format.simple(), transports: [transport] });
    (await create(own)).warning('text');
    expect(text()).toMatch(/^warning: text \{"date":"/);
  });
});

it('the access-log line goes through winston too', async () => {
  const { transport, infos, text } = memory();
  const logger = await create({ transports: [transport] });
  await runWithEventFields(new EventFields('r1', context, logger), () =>
    logRequest(new AccessLog(), httpContext(), notFound),
  );
  expect(infos).toMatchObject([{ type: 'access', level: 'warning', [LEVEL]: 'warning', status_code: 404 }]);
  expect(Object.keys(infos[0]!)).toEqual(Object.keys(JSON.parse(text()) as object));
});
