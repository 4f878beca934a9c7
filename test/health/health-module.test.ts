import type { LambdaApplication } from '../../src/application/lambda-application.js';
import { LambdaApplication as Application } from '../../src/application/lambda-application.js';
import type { ApplicationOptions } from '../../src/application/options/application-options.js';
import { APP_GUARD } from '../../src/contracts/app-tokens.js';
import type { ExecutionContext } from '../../src/contracts/pipeline.js';
import { Injectable } from '../../src/decorators/injectable.js';
import { Module } from '../../src/decorators/module.js';
import { Reflector, SetMetadata } from '../../src/decorators/reflector.js';
import { Controller, Get } from '../../src/decorators/routes.js';
import type { HealthChecks } from '../../src/health/health-check.js';
import { HealthModule, type HealthModuleOptions } from '../../src/health/health-module.js';
import { createOpenApiDocument } from '../../src/openapi/create-openapi-document.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { inject } from '../../src/testing/inject.js';
import { createApp, SOURCES } from '../application/create-app.js';
import { gate } from '../gate.js';
import { type CapturedStdout, captureStdout } from '../logging/captured-stdout.js';
import { until } from '../until.js';

let stdout: CapturedStdout;
beforeEach(() => void (stdout = captureStdout()));
afterEach(() => jest.restoreAllMocks());

function appOf(
  checks: HealthChecks,
  given: Partial<HealthModuleOptions> = {},
  options: ApplicationOptions = {},
): LambdaApplication {
  return createApp({ imports: [HealthModule.forRoot({ checks, ...given })] }, options);
}

const poll = (app: LambdaApplication, url = '/health') => inject(app, { url });
const ask = (app: LambdaApplication, event: unknown = { health: true }) => app.handler(event, fakeContext());
const isFine = () => true;
const up = { status: 'up' };
const down = { status: 'down' };
const failing = () => {
  throw new Error('ECONNREFUSED 10.0.0.7:5432 password=hunter2');
};

describe('the route', () => {
  test.each(SOURCES)('is 200 where everything is up: %s', async (source) => {
    const app = appOf({ database: () => undefined, queue: async () => true });
    const response = await inject(app, { url: '/health', source });
    expect([response.statusCode, response.json(), response.headers['cache-control']]).toEqual([
      200,
      { status: 'ok', info: { database: up, queue: up }, error: {}, details: { database: up, queue: up } },
      'no-store',
    ]);
  });

  test('is 503 where a part is down, and says nothing of why', async () => {
    const app = appOf({ database: failing, queue: () => undefined, shop: async () => false });
    const response = await poll(app);
    expect([response.statusCode, response.json()]).toEqual([
      503,
      {
        status: 'error',
        info: { queue: up },
        error: { database: down, shop: down },
        details: { database: down, queue: up, shop: down },
      },
    ]);
    expect(JSON.stringify(response)).not.toMatch(/hunter2|10\.0\.0\.7|ECONN|stack/i);
    expect(stdout.lines()).toContainEqual(
      expect.objectContaining({
        level: 'error',
        message: 'Health check database failed',
        error: expect.stringContaining('ECONNREFUSED'),
      }),
    );
    expect(stdout.lines()).toContainEqual(
      expect.objectContaining({
        message: 'Health check shop failed',
        error: expect.stringContaining('It returned false'),
      }),
    );
  });

  test('is 200 without checks, and answers HEAD', async () => {
    const app = appOf({});
    expect((await poll(app)).json()).toEqual({ status: 'ok', info: {}, error: {}, details: {} });
    expect(await inject(app, { url: '/health', method: 'HEAD' })).toMatchObject({ statusCode: 200, payload: '' });
  });

  test('may have another path, or none', async () => {
    expect((await poll(appOf({}, { path: '/internal/alive' }), '/internal/alive')).statusCode).toBe(200);
    expect((await poll(appOf({}, { path: false }))).statusCode).toBe(404);
  });

  test('may have names that mean something to JavaScript', async () => {
    const checks = JSON.parse('{"__proto__":null}') as HealthChecks;
    expect(() => HealthModule.forRoot({ checks })).toThrow(
      'The option checks of HealthModule: __proto__ is null; it takes a function',
    );
    const named = Object.fromEntries([
      ['__proto__', () => true],
      ['constructor', () => false],
    ]);
    expect((await poll(appOf(named))).payload).toContain('"info":{"__proto__":{"status":"up"}}');
  });

  test.each([
    ['text', 'PONG', 'a string'],
    ['a number', 1, '1'],
    ['null', null, 'null'],
    ['a response', new Response('a', { status: 500 }), 'an object of the class Response'],
    ['the text true', 'true', "the string 'true'"],
  ])('takes no %s for yes', async (_, result, named) => {
    const app = appOf({ database: () => result });
    expect((await poll(app)).statusCode).toBe(503);
    const line = stdout.lines().find(({ message }) => message === 'Health check database failed');
    expect(line?.['error']).toContain(`It returned ${named}: a check returns nothing or true`);
  });
});

describe('a direct invocation', () => {
  test('with { "health": true } gets the report', async () => {
    expect(await ask(appOf({ database: () => undefined }))).toEqual({
      status: 'ok',
      info: { database: up },
      error: {},
      details: { database: up },
    });
    expect(await ask(appOf({ database: failing }))).toMatchObject({ status: 'error', error: { database: down } });
  });

  test.each([
    { health: 'true' },
    { health: 1 },
    { health: true, more: 1 },
    { health: { toString: 'true' } },
    [true],
    'health',
    null,
  ])('of %j is something else', async (event) => {
    await expect(ask(appOf({}), event)).rejects.toThrow();
  });

  test('is refused where the option is false', async () => {
    await expect(ask(appOf({}, { invoke: false }))).rejects.toThrow();
  });
});

describe('many polls', () => {
  test('share one check, which runs again after its time', async () => {
    let now = 0;
    jest.spyOn(Date, 'now').mockImplementation(() => now);
    let runs = 0;
    const door = gate();
    const app = appOf({ database: () => ((runs += 1), door.passed) });
    await app.ready();
    const early = Array.from({ length: 20 }, () => poll(app));
    await until('the check', () => runs > 0);
    door.open();
    expect((await Promise.all(early)).every(({ statusCode }) => statusCode === 200)).toBe(true);
    now = 4999;
    await poll(app);
    await ask(app);
    expect(runs).toBe(1);
    now = 5000;
    await poll(app);
    expect(runs).toBe(2);
  });

  test('share a failure as well, which is logged once', async () => {
    let runs = 0;
    const app = appOf({
      database: () => {
        runs += 1;
        return false;
      },
    });
    for (let polls = 0; polls < 5; polls++) expect((await poll(app)).statusCode).toBe(503);
    expect(runs).toBe(1);
    expect(stdout.lines().filter(({ message }) => message === 'Health check database failed')).toHaveLength(1);
  });

  test('run each check where ttl is 0', async () => {
    let runs = 0;
    const app = appOf({ database: () => void (runs += 1) }, { ttl: 0 });
    await poll(app);
    await poll(app);
    expect(runs).toBe(2);
  });
});

describe('a check that fails in an odd way', () => {
  const unreadable = new Proxy(new Error('a'), {
    get: () => {
      throw new Error('no');
    },
  });
  test.each<[string, () => unknown]>([
    ['throws nothing', () => Promise.reject(undefined as unknown as Error)],
    ['throws null', () => Promise.reject(null as unknown as Error)],
    ['throws a symbol', () => Promise.reject(Symbol('secret') as unknown as Error)],
    ['throws an object without a prototype', () => Promise.reject(Object.create(null) as Error)],
    ['throws what cannot be read', () => Promise.reject(unreadable)],
    ['returns a function', () => failing],
    [
      'returns a thenable that throws',
      // oxlint-disable-next-line unicorn/no-thenable -- a lazy query has one
      () => ({ then: failing }),
    ],
  ])('is down, and tells callers nothing: it %s', async (_, check) => {
    const app = appOf({ database: check });
    const response = await poll(app);
    expect([response.statusCode, response.json()]).toEqual([
      503,
      { status: 'error', info: {}, error: { database: down }, details: { database: down } },
    ]);
    const told = stdout.lines().filter(({ message }) => message === 'Health check database failed');
    expect(told).toEqual([expect.objectContaining({ error: expect.stringMatching(/^[^\n]*$/) })]);
  });

  test('is asked once by a thousand callers, of all sources', async () => {
    let runs = 0;
    const door = gate();
    const app = await appOf({ database: () => ((runs += 1), door.passed) }).ready();
    const polls = Array.from({ length: 1000 }, (_, n) =>
      n % 3 === 0 ? ask(app) : inject(app, { url: '/health', source: SOURCES[n % SOURCES.length]! }),
    );
    await until('the check', () => runs > 0);
    door.fail(new Error('gone'));
    await Promise.all(polls);
    expect(runs).toBe(1);
    expect(stdout.lines().filter(({ message }) => message === 'Health check database failed')).toHaveLength(1);
  });

  test.each(['POST', 'PUT'])('is not asked by an event within a request (%s)', async (method) => {
    const check = jest.fn();
    const app = appOf({ database: check }, { path: false });
    const response = await inject(app, { method, url: '/', payload: { health: true } });
    expect([response.statusCode, check.mock.calls]).toEqual([404, []]);
  });
});

describe('the time of a check', () => {
  test('is its own: the others are told as they are, and its signal fires', async () => {
    let signal: AbortSignal | undefined;
    const app = appOf(
      {
        slow: {
          timeout: 0.02,
          check: (context) => {
            ({ signal } = context);
            return new Promise(() => undefined);
          },
        },
        fast: () => undefined,
      },
      { timeout: 30 },
    );
    expect((await poll(app)).json()).toMatchObject({ details: { slow: down, fast: up } });
    expect(signal?.aborted).toBe(true);
    const line = stdout.lines().find(({ message }) => message === 'Health check slow failed');
    expect(line?.['error']).toContain('It took longer than 0.02 s');
  });

  test('runs out with the event’s: the response is still sent, and the next event checks anew', async () => {
    let runs = 0;
    const app = appOf({
      database: () => {
        runs += 1;
        return runs === 1 ? new Promise(() => undefined) : undefined;
      },
    });
    await app.ready();
    const short = await inject(app, { url: '/health', remainingTime: 520 });
    expect([short.statusCode, short.json<{ status: string }>().status]).toEqual([503, 'error']);
    expect(stdout.lines()).toContainEqual(
      expect.objectContaining({ error: expect.stringContaining('It did not end before the time of the event was up') }),
    );
    expect((await poll(app)).statusCode).toBe(200);
  });

  test('is not shortened by another event that has less', async () => {
    const door = gate();
    let runs = 0;
    const app = appOf({ database: () => ((runs += 1), door.passed) });
    await app.ready();
    const short = inject(app, { url: '/health', remainingTime: 520 });
    await until('the check', () => runs > 0);
    const long = poll(app);
    expect((await short).statusCode).toBe(503);
    door.open();
    expect([(await long).statusCode, runs]).toEqual([200, 1]);
  });

  test('leaves no rejection behind that nobody handles', async () => {
    const unhandled = jest.fn();
    process.on('unhandledRejection', unhandled);
    const door = gate();
    const app = appOf({ database: { timeout: 0.01, check: () => door.passed } });
    expect((await poll(app)).statusCode).toBe(503);
    door.fail(new Error('late'));
    await new Promise(setImmediate);
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });
});

const document = (given: Partial<HealthModuleOptions>) => {
  @Module({ imports: [HealthModule.forRoot({ checks: {}, ...given })] })
  class AppModule {}
  return createOpenApiDocument(Application.describe(AppModule), { title: 'a', version: '1' });
};

describe('what is known about the route', () => {
  test('is hidden from the API document, or documented with both statuses', () => {
    expect(document({}).paths).toEqual({});
    const responses = document({ documented: true }).paths['/health']?.['get']?.responses as Record<string, unknown>;
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(['200', '503']));
    expect(JSON.stringify(responses['503'])).toContain('"enum":["ok","error"]');
  });

  test('is in the access log, or left out of it', async () => {
    await poll(appOf({ database: failing }));
    expect(stdout.lines().filter(({ type }) => type === 'access')).toHaveLength(1);
    const quiet = appOf({ database: failing }, { accessLog: false });
    await poll(quiet);
    await poll(quiet, '/unknown');
    const lines = stdout.lines();
    expect(lines.filter(({ type }) => type === 'access').map(({ path }) => path)).toEqual(['/health', '/unknown']);
    expect(lines.filter(({ message }) => message === 'Health check database failed')).toHaveLength(2);
  });

  test('is decorated like a controller: a global guard may let it pass', async () => {
    @Injectable()
    class Closed {
      constructor(private readonly reflector: Reflector) {}
      canActivate(context: ExecutionContext) {
        return this.reflector.get<boolean>('public', context.getClass()) === true;
      }
    }
    const guard = { provide: APP_GUARD, useClass: Closed };
    const closed = createApp({ imports: [HealthModule.forRoot({ checks: {} })], providers: [guard] });
    expect((await poll(closed)).statusCode).toBe(403);
    await expect(ask(closed)).rejects.toThrow('Forbidden');
    const decorators = [SetMetadata('public', true)];
    const open = createApp({ imports: [HealthModule.forRoot({ checks: {}, decorators })], providers: [guard] });
    expect([(await poll(open)).statusCode, await ask(open)]).toEqual([200, expect.objectContaining({ status: 'ok' })]);
  });

  test('is known to the bootstrap: two routes at one path are refused', async () => {
    @Controller('health')
    class Own {
      @Get() get() {
        return 'mine';
      }
    }
    const app = createApp({ imports: [HealthModule.forRoot({ checks: {} })], controllers: [Own] });
    await expect(app.ready()).rejects.toThrow('/health');
  });
});

describe('checks of providers', () => {
  @Injectable()
  class Connection {
    isOpen = true;
    ping = async () => {
      if (!this.isOpen) throw new Error('closed');
    };
  }
  @Module({ providers: [Connection], exports: [Connection] })
  class DatabaseModule {}

  test('come from a factory', async () => {
    const health = HealthModule.forRootAsync({
      imports: [DatabaseModule],
      inject: [Connection],
      useFactory: (connection: Connection) => ({ database: () => connection.ping() }),
      ttl: 0,
    });
    const app = createApp({ imports: [health, DatabaseModule] });
    expect((await poll(app)).statusCode).toBe(200);
    app.get(Connection).isOpen = false;
    expect((await poll(app)).statusCode).toBe(503);
  });

  test('find instances, and are closed with the application', async () => {
    const close = jest.fn();
    class Unknown {}
    const found: unknown[] = [];
    const check = {
      close,
      check: ({ find }: { find<T>(type: new () => T): T | undefined }) => {
        found.push(find(Connection) instanceof Connection, find(Unknown));
      },
    };
    const app = createApp({ imports: [HealthModule.forRoot({ checks: { database: check } }), DatabaseModule] });
    await poll(app);
    expect(found).toEqual([true, undefined]);
    await app.close();
    expect(close).toHaveBeenCalledTimes(1);
  });

  test.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('stuck');
      },
    ],
    ['rejects', () => Promise.reject(new Error('stuck'))],
  ])('are all closed, and awaited, although one %s', async (_, close) => {
    const unhandled = jest.fn();
    process.on('unhandledRejection', unhandled);
    let isClosed = false;
    const later = async () => {
      await new Promise(setImmediate);
      isClosed = true;
    };
    const app = appOf({ stuck: { check: isFine, close }, later: { check: isFine, close: later } });
    await poll(app);
    const outcome = await app.close().then(
      () => 'closed',
      (error: unknown) => String(error),
    );
    await new Promise(setImmediate);
    process.off('unhandledRejection', unhandled);
    expect([outcome, isClosed, unhandled.mock.calls]).toEqual([expect.stringContaining('stuck'), true, []]);
  });

  test('that are none are refused', async () => {
    const broken = HealthModule.forRootAsync({ useFactory: () => ({ database: 'up' }) as never });
    await expect(createApp({ imports: [broken] }).ready()).rejects.toThrow(
      "The option checks of HealthModule: database is up; it takes a function, or dynamoDbCheck('orders') and the like.",
    );
    expect(() => HealthModule.forRoot({ checks: { database: { check: 5 } as never } })).toThrow('database');
    expect(() => HealthModule.forRoot({ checks: { database: { check: () => true, every: 5 } as never } })).toThrow(
      'every',
    );
    expect(() => HealthModule.forRoot({} as never)).toThrow('HealthModule needs the option checks');
    expect(() => HealthModule.forRoot({ checks: {}, path: 'health' })).toThrow(
      'The options of HealthModule: path is health; it takes a path that starts with a slash, or false.',
    );
    expect(() => HealthModule.forRoot({ checks: {}, path: false, invoke: false })).toThrow('nobody could ask');
  });
});
