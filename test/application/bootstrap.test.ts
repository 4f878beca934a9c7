import { setImmediate } from 'node:timers/promises';
import { LambdaApplication } from '../../src/application/lambda-application.js';
import { APP_GUARD } from '../../src/contracts/app-tokens.js';
import { OnSqs } from '../../src/decorators/consumers.js';
import { Injectable } from '../../src/decorators/injectable.js';
import { Module } from '../../src/decorators/module.js';
import { Controller, Get } from '../../src/decorators/routes.js';
import { Scope } from '../../src/shared/provider.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { httpEvents } from '../../src/testing/http-events.js';
import { inject } from '../../src/testing/inject.js';
import { gate } from '../gate.js';
import { captureStdout } from '../logging/captured-stdout.js';
import { until } from '../until.js';
import { createApp } from './create-app.js';

beforeEach(() => void captureStdout());
afterEach(() => jest.restoreAllMocks());

@Controller()
class Ping {
  @Get()
  ping() {
    return 'pong';
  }
}

const later = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** A provider whose factory does what `attempts` say, one after the other; the last of them for good. */
function flaky(...attempts: (() => unknown)[]) {
  const remaining = [...attempts];
  const factory = jest.fn(async () => (remaining.length > 1 ? remaining.shift() : remaining[0])?.());
  return { factory, provider: { provide: 'DB', useFactory: factory } };
}

const fail = (error: Error) => () => {
  throw error;
};

test('starts at once, before any invocation and without being awaited', async () => {
  const { factory, provider } = flaky(() => 'db');
  createApp({ providers: [provider] });
  await until('the first call', () => factory.mock.calls.length);
  expect(factory).toHaveBeenCalledTimes(1);
});

test('happens once, whatever number of invocations comes first', async () => {
  const { factory, provider } = flaky(() => later(10));
  const app = createApp({ controllers: [Ping], providers: [provider] });
  const answers = await Promise.all(Array.from({ length: 20 }, () => inject(app, {})));
  await inject(app, {});
  expect(answers.map(({ payload }) => payload)).toEqual(Array(20).fill('"pong"'));
  expect(factory).toHaveBeenCalledTimes(1);
});

test('runs the start hooks, modules in dependency order, before the first event', async () => {
  const calls: string[] = [];
  @Injectable()
  class Database {
    async onModuleInit() {
      await later(5);
      calls.push('Database.onModuleInit');
    }
    onApplicationBootstrap() {
      calls.push('Database.onApplicationBootstrap');
    }
  }
  @Module({ providers: [Database] })
  class DatabaseModule {}
  @Controller()
  class Orders {
    onModuleInit() {
      calls.push('Orders.onModuleInit');
    }
    @Get()
    list() {
      calls.push('list');
    }
  }
  await inject(createApp({ imports: [DatabaseModule], controllers: [Orders] }), {});
  expect(calls).toEqual(['Database.onModuleInit', 'Orders.onModuleInit', 'Database.onApplicationBootstrap', 'list']);
});

test('a failure is told to all that wait with the original error, and the next invocation starts afresh', async () => {
  const error = new Error('connection refused');
  const { factory, provider } = flaky(fail(error), () => 'db');
  const app = createApp({ controllers: [Ping], providers: [provider] });
  const [one, two] = await Promise.allSettled([inject(app, {}), inject(app, {})]);
  expect(one).toEqual({ status: 'rejected', reason: error });
  expect(two).toEqual({ status: 'rejected', reason: error });
  expect(error.message).toMatch(/^connection refused \(.*"DB"/);
  expect((await inject(app, {})).payload).toBe('"pong"');
  expect(factory).toHaveBeenCalledTimes(2);
});

test('a failure that nobody waited for is no unhandled rejection, disposes what was made, and is told to the next caller', async () => {
  // Jest fails a test during which a rejection goes unhandled.
  const error = new Error('no such table');
  const dispose = jest.fn();
  const disposed = new Promise((resolve) => dispose.mockImplementation(resolve));
  const { factory, provider } = flaky(
    async () => {
      await later(1);
      throw error;
    },
    () => 'db',
  );
  const app = createApp({
    controllers: [Ping],
    providers: [{ provide: 'POOL', useFactory: () => 'pool', dispose }, provider],
  });
  expect(await disposed).toBe('pool');
  // A rejection that nobody takes is told after that.
  await setImmediate();
  await expect(inject(app, {})).rejects.toBe(error);
  expect((await inject(app, {})).statusCode).toBe(200);
  expect(factory).toHaveBeenCalledTimes(2);
});

test('a hook that fails fails the bootstrap, and nothing is left half-registered for the next one', async () => {
  let attempts = 0;
  const disposed: number[] = [];
  @Injectable()
  class Cache {
    readonly attempt = ++attempts;
    onModuleInit() {
      if (this.attempt === 1) throw new Error('cache is cold');
    }
    [Symbol.dispose]() {
      disposed.push(this.attempt);
    }
  }
  const app = createApp({ controllers: [Ping], providers: [Cache] });
  await expect(inject(app, {})).rejects.toThrow(/^cache is cold \(in onModuleInit of Cache/);
  expect(disposed).toEqual([1]);
  expect((await inject(app, {})).statusCode).toBe(200);
  expect(app.get(Cache).attempt).toBe(2);
});

test('two routes with the same method and path fail at bootstrap, and are named', async () => {
  @Controller('orders')
  class One {
    @Get(':id')
    find() {}
  }
  @Controller()
  class Other {
    @Get('orders/:orderId')
    get() {}
  }
  const app = createApp({ controllers: [One, Other] });
  await expect(app.ready()).rejects.toThrow(
    /One\.find and Other\.get both handle GET.*\/orders\/:id.*Change the method, path or version/s,
  );
});

test.each([
  ['routes', [Get(), Get()], 'both handle GET'],
  ['consumers', [OnSqs('orders'), OnSqs('orders')], 'both consume sqs records of queue "orders"'],
])('nothing is made for two %s of the same events', async (_what, [first, second], message) => {
  @Controller()
  class Twice {
    @(first!)
    one() {}

    @(second!)
    other() {}
  }
  const useFactory = jest.fn();
  @Module({ controllers: [Twice], providers: [{ provide: 'POOL', useFactory }] })
  class Mistaken {}
  await expect(LambdaApplication.create(Mistaken).ready()).rejects.toThrow(message);
  expect(useFactory).not.toHaveBeenCalled();
  expect(() => LambdaApplication.describe(Mistaken)).toThrow(message);
});

test('a mistake that only instances show disposes of what was made', async () => {
  const dispose = jest.fn();
  const pool = { provide: 'POOL', useFactory: () => 'pool', dispose };
  const app = createApp({ controllers: [Ping], providers: [pool, { provide: APP_GUARD, useFactory: () => ({}) }] });
  await expect(app.ready()).rejects.toThrow('canActivate');
  expect(dispose).toHaveBeenCalledWith('pool');
});

test('an invocation that waits too long fails naming the pending provider; the bootstrap goes on and the next succeeds', async () => {
  const connection = gate();
  const { factory, provider } = flaky(() => connection.passed);
  const app = createApp({ controllers: [Ping], providers: [provider] }, { timeoutMargin: 0 });
  await expect(inject(app, { remainingTime: 20 })).rejects.toThrow(
    /not ready when the invocation's time was up: still creating "DB"/,
  );
  connection.open();
  expect((await inject(app, {})).payload).toBe('"pong"');
  expect(factory).toHaveBeenCalledTimes(1);
});

test('FUNCTION_TIMEOUT ends the wait too, and a task that is still running is told', async () => {
  const app = createApp({ controllers: [Ping] }, { settings: { FUNCTION_TIMEOUT: 0.02 } });
  const task = gate();
  void app.runAsync(() => task.passed);
  await expect(inject(app, {})).rejects.toThrow(/an initialisation task is still running/);
  task.open();
  expect((await inject(app, {})).statusCode).toBe(200);
});

test('a failure after an invocation gave up waiting is told to the next one', async () => {
  const error = new Error('late failure');
  const connection = gate();
  const { provider } = flaky(
    () => connection.passed,
    () => 'db',
  );
  const app = createApp({ controllers: [Ping], providers: [provider] }, { timeoutMargin: 0 });
  await expect(inject(app, { remainingTime: 10 })).rejects.toThrow('still creating');
  connection.fail(error);
  await setImmediate();
  await expect(inject(app, {})).rejects.toBe(error);
  expect((await inject(app, {})).statusCode).toBe(200);
});

test('ready() resolves to the application, and rejects as an invocation would', async () => {
  const error = new Error('not now');
  const app = createApp({ providers: [flaky(fail(error), () => 1).provider] });
  await expect(app.ready()).rejects.toBe(error);
  expect(await app.ready()).toBe(app);
});

test('get() gives singletons once the application is ready, and says so before', async () => {
  const app = createApp({
    providers: [
      { provide: 'DB', useValue: 'db' },
      { provide: 'T', useFactory: () => ({}), scope: Scope.TRANSIENT },
    ],
  });
  expect(() => app.get('DB')).toThrow('await app.ready() before app.get()');
  await app.ready();
  expect(app.get('DB')).toBe('db');
  expect(() => app.get('T')).toThrow('transient-scoped');
  expect(() => app.get('DC')).toThrow(/No module provides "DC"/);
});

test('resolve() waits for the bootstrap and makes a new transient each time', async () => {
  const app = createApp({ providers: [{ provide: 'T', useFactory: () => ({}), scope: Scope.TRANSIENT }] });
  const [one, two] = [await app.resolve('T'), await app.resolve('T')];
  expect(one).toEqual({});
  expect(one).not.toBe(two);
});

test('the handler is bound, takes two parameters, and works without a context', async () => {
  const { handler } = createApp({ controllers: [Ping] });
  expect(handler).toHaveLength(2);
  const answer = await handler(httpEvents.apiGatewayV2(), undefined as never);
  expect(answer).toMatchObject({ statusCode: 200, body: '"pong"' });
});

test.each([
  ['null', null],
  ['undefined', undefined],
  ['text', 'GET /'],
  ['a list', []],
  ['an empty object', {}],
  ['rawPath alone', { rawPath: '/' }],
  [
    'a member that throws',
    Object.defineProperty({}, 'requestContext', {
      enumerable: true,
      get: () => {
        throw new Error('no');
      },
    }),
  ],
])('an event of no known shape (%s) is rejected with a clear error, and the next one is answered', async (_, event) => {
  const app = createApp({ controllers: [Ping] });
  await expect(app.handler(event, fakeContext())).rejects.toThrow(/No consumer takes this event|^no$/);
  expect((await inject(app, {})).statusCode).toBe(200);
});

test('an unknown event is told by its members', async () => {
  const { handler } = createApp({ controllers: [Ping] });
  const told = (event: unknown, shape: string) =>
    expect(handler(event, fakeContext())).rejects.toThrow(`No consumer takes this event: ${shape}. It has`);
  await told({ orders: [], foo: 1 }, 'an object with orders (an empty list), foo (a number)');
  await told(
    { Records: [{ cf: {} }] },
    'an object with Records (a list), the first record being an object with cf (an empty object)',
  );
  // A pipe of EventBridge sends its records as a list.
  await told(
    [{ body: 'secret', eventSource: 'aws:sqs' }],
    'a list whose first item is an object with body (text), eventSource ("aws:sqs")',
  );
  await told([], 'an empty list');
  await told([[['deep']]], 'a list whose first item is a list');
  await told('secret', 'text of 6 characters');
  await told(null, 'null');
});

test('an application is no promise, so that it can be exported by a module and returned by an async function', async () => {
  const app = createApp({ controllers: [Ping] });
  expect(app).toBeInstanceOf(LambdaApplication);
  expect('then' in app).toBe(false);
});
