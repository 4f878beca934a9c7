import { createApp } from './create-app.js';
import { Controller } from '../../src/decorators/controller.js';
import { Injectable } from '../../src/decorators/injectable.js';
import { Module } from '../../src/decorators/module.js';
import { Get } from '../../src/decorators/routes.js';
import { inject } from '../../src/testing/inject.js';
import { captureStdout } from '../logging/captured-stdout.js';

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
  const app = createApp({ providers: [{ provide: 'DB', useFactory: () => 'db', dispose: () => Promise.reject(new Error('stuck')) }] });
  await app.enterAsyncContext(() => 'pool', close);
  await app.ready();
  await expect(app.close()).rejects.toThrow(/^stuck/);
  expect(close).toHaveBeenCalledWith('pool');
});

test('several failures are told as one', async () => {
  const app = createApp({ providers: [{ provide: 'DB', useFactory: () => 'db', dispose: () => Promise.reject(new Error('one')) }] });
  await app.enterAsyncContext(() => 'pool', () => Promise.reject(new Error('two')));
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
