import type { LambdaApplication } from '../../src/application/lambda-application.js';
import { OnSqs } from '../../src/decorators/consumers.js';
import { Inject, Injectable } from '../../src/decorators/injectable.js';
import { Module } from '../../src/decorators/module.js';
import { Controller, Get } from '../../src/decorators/routes.js';
import { type Provider, Scope } from '../../src/shared/provider.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { inject } from '../../src/testing/inject.js';
import { captureStdout } from '../logging/captured-stdout.js';
import { gate } from '../modules/build-container.js';
import { createApp } from './create-app.js';

beforeEach(() => void captureStdout());
afterEach(() => jest.restoreAllMocks());

@Controller()
class Ping {
  @Get()
  async ping() {
    await new Promise((resolve) => setTimeout(resolve, 20));
    return 'pong';
  }
}

test('runs the hooks in their order, those who depend on others first, with the signal', async () => {
  const calls: string[] = [];
  const hooks = (name: string) => {
    @Injectable()
    class Hooked {
      onModuleDestroy(signal?: string) {
        calls.push(`${name}.onModuleDestroy ${signal}`);
      }
      async beforeApplicationShutdown(signal?: string) {
        await Promise.resolve();
        calls.push(`${name}.beforeApplicationShutdown ${signal}`);
      }
      onApplicationShutdown(signal?: string) {
        calls.push(`${name}.onApplicationShutdown ${signal}`);
      }
      [Symbol.dispose]() {
        calls.push(`${name} disposed`);
      }
    }
    return Hooked;
  };
  @Module({ providers: [hooks('database')] })
  class DatabaseModule {}
  const app = await createApp({ imports: [DatabaseModule], providers: [hooks('orders')] }).ready();
  await app.close('SIGINT');
  expect(calls).toEqual([
    'orders.onModuleDestroy SIGINT',
    'database.onModuleDestroy SIGINT',
    'orders.beforeApplicationShutdown SIGINT',
    'database.beforeApplicationShutdown SIGINT',
    'orders.onApplicationShutdown SIGINT',
    'database.onApplicationShutdown SIGINT',
    'orders disposed',
    'database disposed',
  ]);
});

test('is idempotent: later and concurrent calls share the first', async () => {
  const dispose = jest.fn();
  const app = await createApp({ providers: [{ provide: 'DB', useFactory: () => 'db', dispose }] }).ready();
  await Promise.all([app.close(), app.close('SIGTERM')]);
  await app.close();
  expect(dispose).toHaveBeenCalledTimes(1);
});

test('waits for a bootstrap that is under way', async () => {
  const dispose = jest.fn();
  const app = createApp({ providers: [{ provide: 'DB', useFactory: async () => 'db', dispose }] });
  await app.close();
  expect(dispose).toHaveBeenCalledWith('db');
});

test('after it the handler says that the application is closed, and so do ready(), get() and resolve()', async () => {
  const app = await createApp({ controllers: [Ping] }).ready();
  await app.close();
  await expect(inject(app, {})).rejects.toThrow('The application is closed');
  await expect(app.ready()).rejects.toThrow('The application is closed');
  await expect(app.resolve(Ping)).rejects.toThrow('The application is closed');
  expect(() => app.get(Ping)).toThrow('The application is closed');
});

test('an invocation that is under way is answered', async () => {
  const app = await createApp({ controllers: [Ping] }).ready();
  const answer = inject(app, {});
  await app.close();
  expect((await answer).payload).toBe('"pong"');
});

test('a failed bootstrap closes without an error', async () => {
  const app = createApp({ providers: [{ provide: 'DB', useFactory: () => Promise.reject(new Error('refused')) }] });
  await expect(app.close()).resolves.toBeUndefined();
});

test('every step runs though one fails, and the failure is told', async () => {
  const close = jest.fn();
  const app = createApp({
    providers: [{ provide: 'DB', useFactory: () => 'db', dispose: () => Promise.reject(new Error('stuck')) }],
  });
  await app.enterAsyncContext(() => 'pool', close);
  await app.ready();
  await expect(app.close()).rejects.toThrow(/^stuck/);
  expect(close).toHaveBeenCalledWith('pool');
});

test('several failures are told as one', async () => {
  const app = createApp({
    providers: [{ provide: 'DB', useFactory: () => 'db', dispose: () => Promise.reject(new Error('one')) }],
  });
  await app.enterAsyncContext(
    () => 'pool',
    () => Promise.reject(new Error('two')),
  );
  await app.ready();
  const error = await app.close().catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(AggregateError);
  expect((error as AggregateError).errors.map(({ message }: Error) => message.split(' ')[0])).toEqual(['one', 'two']);
});

test('await using closes it', async () => {
  const dispose = jest.fn();
  const app = await createApp({ providers: [{ provide: 'DB', useFactory: () => 'db', dispose }] }).ready();
  await app[Symbol.asyncDispose]();
  expect(dispose).toHaveBeenCalledTimes(1);
});

/** Uses a pool for as long as the test wants, on each kind of source. */
function busyApp() {
  const { promise, open } = gate();
  const calls: string[] = [];
  @Controller()
  class Busy {
    constructor(@Inject('POOL') readonly pool: object) {}
    @Get() async get() {
      await promise;
      calls.push('event');
      return 'done';
    }
    @OnSqs('orders') async take() {
      await this.get();
    }
  }
  const pool = {
    provide: 'POOL',
    useFactory: () => ({ onModuleDestroy: () => calls.push('destroy') }),
    dispose: () => void calls.push('dispose'),
  };
  return { app: createApp({ controllers: [Busy], providers: [pool] }), open, calls };
}

describe('events that are running', () => {
  test.each<[string, (application: LambdaApplication) => Promise<unknown>]>([
    ['a request', (application) => inject(application, {})],
    ['a record', (application) => application.handler(events.sqs('orders', [{}]), fakeContext())],
  ])('end before hooks and disposals begin: %s', async (_, start) => {
    const { app: application, open, calls } = busyApp();
    await application.ready();
    const event = start(application);
    const closed = application.close();
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(calls).toEqual([]);
    await expect(inject(application, {})).rejects.toThrow('The application is closed');
    open();
    await Promise.all([event, closed]);
    expect(calls).toEqual(['event', 'destroy', 'dispose']);
  });

  test('are waited for no longer than a second', async () => {
    const { app: application, open, calls } = busyApp();
    await application.ready();
    jest.useFakeTimers();
    try {
      const event = inject(application, {});
      const closed = application.close();
      await jest.advanceTimersByTimeAsync(999);
      expect(calls).toEqual([]);
      await jest.advanceTimersByTimeAsync(1);
      await closed;
      expect(calls).toEqual(['destroy', 'dispose']);
      open();
      await event;
    } finally {
      jest.useRealTimers();
    }
  });

  test('may close the application themselves', async () => {
    const dispose = jest.fn();
    @Controller()
    class Closing {
      @Get() async get() {
        await application.close();
        return 'closed';
      }
    }
    const application: LambdaApplication = createApp({
      controllers: [Closing],
      providers: [{ provide: 'DB', useFactory: () => 1, dispose }],
    });
    expect((await inject(application, {})).payload).toBe('"closed"');
    expect(dispose).toHaveBeenCalledTimes(1);
  });
});

describe('while the application closes', () => {
  test('get() and resolve() work in hooks, in disposals and in what closes resources', async () => {
    const seen: unknown[] = [];
    const look = async () => seen.push(application.get('DB'), await application.resolve('T'));
    const providers = [
      { provide: 'DB', useValue: 'db' },
      { provide: 'T', useFactory: () => 'made', scope: Scope.TRANSIENT },
      {
        provide: 'H',
        useFactory: () => ({ onModuleDestroy: look, onApplicationShutdown: look }),
        dispose: async () => void (await look()),
      },
    ];
    const application: LambdaApplication = createApp({ providers });
    await application.enterAsyncContext(() => 'pool', look);
    await application.ready();
    await application.close();
    expect(seen).toEqual(['db', 'made', 'db', 'made', 'db', 'made', 'db', 'made']);
    expect(() => application.get('DB')).toThrow('The application is closed');
  });

  test('what is opened too late is closed at once, and its opener told', async () => {
    const { promise, open } = gate<string>();
    const application = await createApp({}).ready();
    const close = jest.fn();
    const opened = application.enterAsyncContext(() => promise, close);
    jest.useFakeTimers();
    try {
      const closed = application.close();
      await jest.advanceTimersByTimeAsync(1000);
      await closed;
    } finally {
      jest.useRealTimers();
    }
    open('pool');
    await expect(opened).rejects.toThrow('The application is closed');
    expect(close).toHaveBeenCalledWith('pool');
  });
});

describe('a bootstrap that is under way', () => {
  test.each<[string, Provider]>([
    ['a factory', { provide: 'never', useFactory: () => new Promise(() => undefined) }],
    ['a hook', { provide: 'never', useValue: { onModuleInit: () => new Promise(() => undefined) } }],
  ])(
    'is given up after a second, where %s never comes to its end, and what was made is disposed of',
    async (_, provider) => {
      const calls: string[] = [];
      const pool = {
        provide: 'POOL',
        useFactory: () => ({ onModuleDestroy: () => calls.push('destroy') }),
        dispose: () => void calls.push('dispose'),
      };
      const application = createApp({ imports: [{ module: class Data {}, providers: [pool] }], providers: [provider] });
      const ready = application.ready();
      ready.catch(() => undefined);
      const event = inject(application, {});
      event.catch(() => undefined);
      await new Promise((resolve) => setImmediate(resolve));
      jest.useFakeTimers();
      try {
        const closed = application.close('SIGTERM');
        await jest.advanceTimersByTimeAsync(1001);
        await closed;
      } finally {
        jest.useRealTimers();
      }
      // Nothing was initialised where not everything was made.
      expect(calls).toEqual(provider === undefined || 'useFactory' in provider ? ['dispose'] : ['destroy', 'dispose']);
      for (const waiting of [ready, event]) await expect(waiting).rejects.toThrow('The application is closed');
    },
  );

  test('of which something is still made after that disposes of that as well', async () => {
    const { promise, open } = gate<string>();
    const dispose = jest.fn();
    const application = createApp({ providers: [{ provide: 'late', useFactory: () => promise, dispose }] });
    await new Promise((settle) => setImmediate(settle));
    jest.useFakeTimers();
    try {
      const closed = application.close();
      await jest.advanceTimersByTimeAsync(1001);
      await closed;
    } finally {
      jest.useRealTimers();
    }
    expect(dispose).not.toHaveBeenCalled();
    open('late');
    await new Promise((settle) => setImmediate(settle));
    expect(dispose).toHaveBeenCalledWith('late');
  });
});
