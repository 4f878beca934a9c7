import { Writable } from 'node:stream';
import { IsString } from 'class-validator';
import winston from 'winston';
import { LambdaApplication } from '../../src/application/lambda-application.js';
import type { ApplicationOptions } from '../../src/application/options/application-options.js';
import { Logger } from '../../src/contracts/logger.js';
import { Body, Query } from '../../src/decorators/parameters.js';
import { Controller, Get, Post } from '../../src/decorators/routes.js';
import { BootstrapError } from '../../src/errors/bootstrap-error.js';
import { getLogger } from '../../src/logging/logger/current-logger.js';
import { inject } from '../../src/testing/inject.js';
import { type CapturedStdout, captureStdout } from '../logging/captured-stdout.js';
import { appOf, createApp, SOURCES } from './create-app.js';

let stdout: CapturedStdout;
const environment = { ...process.env };
beforeEach(() => void (stdout = captureStdout()));
afterEach(() => {
  jest.restoreAllMocks();
  process.env = { ...environment };
});

class Item {
  @IsString() name!: string;
}

@Controller()
class Items {
  @Get('ok') ok(@Query('q') q?: string) {
    return q;
  }
  @Get('log') log(logger: Logger) {
    logger.debug('chatty');
    logger.info('injected');
    getLogger().warning('fetched', { n: 1 });
    getLogger().set({ tenant: 'acme', password: 'hunter2' });
  }
  @Post() create(@Body() item: Item) {
    return item;
  }
}

class Root {}

const post = (options: ApplicationOptions) =>
  inject(appOf(Items, options), { method: 'POST', payload: { name: 'a', extra: 1 } });
const access = () => stdout.lines().filter(({ type }) => type === 'access');
const create = (options: object) => () => LambdaApplication.create(Root, options as ApplicationOptions);

describe('create refuses', () => {
  test.each([
    ['an unknown option, and lists the known ones', { gaurds: [] }, /gaurds.*guards, interceptors/s],
    ['a negative margin', { timeoutMargin: -1 }, /timeoutMargin is -1/],
    ['a margin that is no number', { timeoutMargin: 'x' }, /timeoutMargin is x/],
    ['a word that unhandledErrors has not', { unhandledErrors: 'answer' }, /unhandledErrors.*answer.*throw.*respond/s],
    ['a type of versioning that there is not', { versioning: { type: 'uri' } }, /versioning.*uri.*path.*header/s],
    ['header versioning without the name', { versioning: { type: 'header' } }, /versioning.*name/s],
    ['an unknown option of versioning', { versioning: { type: 'path', header: 'x' } }, /versioning.*header/s],
    ['an unknown option of CORS', { cors: { origins: '*' } }, /cors.*origins/s],
    ['credentials for everyone', { cors: { origin: '*', credentials: true } }, /credentials/],
    ['an unknown security header', { securityHeaders: { 'x-powered-by': 'y' } }, /x-powered-by/],
    ['an unknown option of compression', { compression: { gzip: true } }, /compression.*gzip/s],
    ['an unknown option of validation', { validation: { strict: true } }, /validation.*strict/s],
    [
      'a map of options',
      new Map([['guards', []]]),
      /options of LambdaApplication.create must be an object with .*, not an object of the class Map/,
    ],
    ['an unknown option that is inherited', Object.create({ gaurds: [] }), /gaurds.*guards, interceptors/s],
    [
      'an origin with a pattern in it',
      { cors: { origin: ['https://*.example.com'] } },
      /cors.origin.*is not an origin.*RegExp/s,
    ],
    [
      'forbidNonWhitelisted alone',
      { validation: { forbidNonWhitelisted: true } },
      /does nothing without validation\.whitelist/,
    ],
    ['an unknown option of uploads', { uploads: { limit: 1 } }, /limit/],
    ['an unknown option of the access log', { accessLog: { ignore: [] } }, /accessLog.*ignore/s],
    ['a json without its functions', { json: { parse: JSON.parse } }, /json.*parse and stringify/],
    ['a body limit that is no size', { bodyLimit: 'big' }, /BODY_LIMIT.*"big"/],
    ['an unknown setting', { settings: { TIMEOUT: 1 } }, /TIMEOUT.*FUNCTION_TIMEOUT/s],
    ['a bad setting', { settings: { FUNCTION_TIMEOUT: -1 } }, /FUNCTION_TIMEOUT is -1/],
  ])('%s', (_, options, message) => {
    expect(create(options)).toThrow(BootstrapError);
    expect(create(options)).toThrow(message);
  });

  test('a bad setting of the environment, with its name, its value and what it should be', () => {
    process.env['FUNCTION_TIMEOUT'] = '30s';
    process.env['LOG_LEVEL'] = 'loud';
    expect(create({})).toThrow(/FUNCTION_TIMEOUT is "30s": it must be .*\n?.*LOG_LEVEL is "loud": it must be/s);
  });

  test('a bad logger, at bootstrap', async () => {
    await expect(createApp({}, { logger: { transport: [] } as never }).ready()).rejects.toThrow(
      /Unknown in the option logger: transport/,
    );
  });
});

const status = async (app: LambdaApplication) => (await inject(app, { url: '/ok' })).statusCode;

describe('options', () => {
  const guards = [{ canActivate: () => false }];

  test('may be inherited, or members of a class', async () => {
    class Options {
      get guards() {
        return guards;
      }
    }
    for (const options of [Object.create({ guards }) as object, new Options()]) {
      expect(await status(createApp({ controllers: [Items] }, options))).toBe(403);
    }
  });

  test('are those that create was given, whatever becomes of them', async () => {
    const options = { guards: [...guards] } as { guards?: object[] };
    const list = options.guards!;
    const app = createApp({ controllers: [Items] }, options as ApplicationOptions);
    list.length = 0;
    delete options.guards;
    expect(await status(app)).toBe(403);
  });
});

describe('settings', () => {
  test('the environment is read when the application is created, the option goes before it', async () => {
    process.env['BODY_LIMIT'] = '20';
    const payload = { name: 'longer than twenty bytes' };
    expect((await inject(appOf(Items), { method: 'POST', payload })).statusCode).toBe(413);
    expect(
      (await inject(appOf(Items, { settings: { BODY_LIMIT: 1000 } }), { method: 'POST', payload })).statusCode,
    ).toBe(200);
    expect((await inject(appOf(Items, { bodyLimit: '1kb' }), { method: 'POST', payload })).statusCode).toBe(200);
  });

  test('LOG_LEVEL decides which lines get out', async () => {
    process.env['LOG_LEVEL'] = 'warning';
    await inject(appOf(Items), { url: '/log' });
    expect(stdout.lines().map(({ message }) => message)).toEqual(['fetched']);
  });
});

describe('validation', () => {
  test('keeps unknown members unless asked to drop or to refuse them', async () => {
    expect((await post({})).json()).toEqual({ name: 'a', extra: 1 });
    expect((await post({ validation: { whitelist: true } })).json()).toEqual({ name: 'a' });
    expect((await post({ validation: { whitelist: true, forbidNonWhitelisted: true } })).statusCode).toBe(422);
  });
});

describe('the access log', () => {
  test.each(SOURCES)('is one JSON line a request, in the Jhalog shape (%s)', async (source) => {
    process.env['_X_AMZN_TRACE_ID'] = 'Root=1-abc';
    const app = appOf(Items);
    await inject(app, { source, url: '/ok?q=1', headers: { 'user-agent': 'curl/8', 'x-request-id': 'mine' } });
    await inject(app, { source, url: '/nowhere' });
    const [first, second] = access();
    expect(first).toEqual({
      type: 'access',
      level: 'info',
      date: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      id: 'mine',
      method: 'GET',
      path: '/ok',
      route: '/ok',
      status_code: 200,
      execution_time: expect.any(Number),
      server_id: expect.any(String),
      client_user_agent: 'curl/8',
      trace_id: 'Root=1-abc',
      cold_start: true,
    });
    expect(second).toMatchObject({ level: 'warning', status_code: 404, path: '/nowhere' });
    expect(second).not.toHaveProperty('cold_start');
    expect(second).not.toHaveProperty('route');
  });

  test('has the fields that were added, masked where asked for', async () => {
    await inject(appOf(Items, { accessLog: { redact: ['password'] } }), { url: '/log' });
    expect(access()[0]).toMatchObject({ tenant: 'acme', password: expect.not.stringContaining('hunter2') });
  });

  test('is off with false, and leaves out ignored paths; an address is on it when allowed', async () => {
    await inject(appOf(Items, { accessLog: false }), { url: '/ok' });
    await inject(appOf(Items, { accessLog: { ignorePaths: ['/ok'] } }), { url: '/ok' });
    expect(stdout.lines()).toEqual([]);
    await inject(appOf(Items, { accessLog: { clientIp: true } }), { url: '/ok' });
    expect(access()[0]).toHaveProperty('client_ip');
  });

  test("has Lambda's own fields when asked for", async () => {
    await inject(appOf(Items, { accessLog: { lambdaFields: true } }), { url: '/nowhere' });
    expect(access()[0]).toMatchObject({ timestamp: expect.any(String), level: 'WARN' });
  });
});

describe('the logger', () => {
  test('injected and fetched lines carry the id of the request', async () => {
    await inject(appOf(Items), { url: '/log', headers: { 'x-request-id': 'mine' } });
    expect(
      stdout
        .lines()
        .filter(({ type }) => type !== 'access')
        .map(({ message, level, id, n }) => [message, level, id, n]),
    ).toEqual([
      ['injected', 'info', 'mine', undefined],
      ['fetched', 'warning', 'mine', 1],
    ]);
  });

  test("is winston's, by its options or its logger, for the access log too", async () => {
    for (const own of [
      (transports: winston.transport[]) => ({ transports }),
      (transports: winston.transport[]) => winston.createLogger({ transports, level: 'info' }),
    ]) {
      const written: string[] = [];
      const stream = new Writable({ write: (chunk, _, done) => (written.push(String(chunk)), done()) });
      await inject(appOf(Items, { logger: own([new winston.transports.Stream({ stream })]) }), { url: '/ok' });
      expect(written.join('')).toContain('"type":"access"');
    }
  });

  test("is a Logger of one's own", async () => {
    const lines: unknown[] = [];
    class OwnLogger extends Logger {
      debug() {}
      info(message: string) {
        lines.push(message);
      }
      warning() {}
      error() {}
      critical() {}
      set() {}
      get fields() {
        return {};
      }
    }
    const own = new OwnLogger();
    const app = appOf(Items, { logger: own });
    await inject(app, { url: '/log' });
    expect(lines).toContain('injected');
    expect(app.get(Logger)).toBe(own);
  });
});
