import { Injectable } from '../../src/decorators/injectable.js';
import { Controller, Get } from '../../src/decorators/routes.js';
import { inject } from '../../src/testing/inject.js';
import { captureStdout } from '../logging/captured-stdout.js';
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

function app() {
  return createApp({ controllers: [Ping] });
}

describe('runAsync', () => {
  test('starts the task at once and gives its result', async () => {
    const task = jest.fn(async () => 42);
    const result = app().runAsync(task);
    expect(task).toHaveBeenCalledTimes(1);
    expect(await result).toBe(42);
  });

  test('the first event waits for it, once', async () => {
    const application = app();
    let done = false;
    const task = jest.fn(async () => {
      await later(20);
      done = true;
    });
    void application.runAsync(task);
    await inject(application, {});
    expect(done).toBe(true);
    await inject(application, {});
    expect(task).toHaveBeenCalledTimes(1);
  });

  test('a failed task is told to the invocation that waits, and retried for the next', async () => {
    const application = app();
    const error = new Error('no secret');
    const task = jest.fn<Promise<string>, []>().mockRejectedValueOnce(error).mockResolvedValue('secret');
    // Not awaited: it is no unhandled rejection, which Jest would report.
    void application.runAsync(task);
    await new Promise((resolve) => setImmediate(resolve));
    await expect(inject(application, {})).rejects.toBe(error);
    expect((await inject(application, {})).statusCode).toBe(200);
    expect(task).toHaveBeenCalledTimes(2);
  });

  test('a task that throws before its first await fails alike', async () => {
    const application = app();
    const error = new Error('at once');
    const task = jest
      .fn(() => Promise.resolve())
      .mockImplementationOnce(() => {
        throw error;
      });
    await expect(application.runAsync(task)).rejects.toBe(error);
    await expect(inject(application, {})).rejects.toBe(error);
    expect((await inject(application, {})).statusCode).toBe(200);
  });

  test('invocations that wait together are told together, and share the retry', async () => {
    const application = app();
    const task = jest.fn<Promise<void>, []>().mockRejectedValueOnce(new Error('once')).mockResolvedValue();
    void application.runAsync(task);
    const first = await Promise.allSettled([inject(application, {}), inject(application, {})]);
    expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const second = await Promise.allSettled([inject(application, {}), inject(application, {})]);
    expect(second.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    expect(task).toHaveBeenCalledTimes(2);
  });

  test('ready() waits for tasks too', async () => {
    const application = app();
    let done = false;
    void application.runAsync(async () => {
      await later(10);
      done = true;
    });
    await application.ready();
    expect(done).toBe(true);
  });
});

describe('enterAsyncContext', () => {
  test('resources are closed in reverse order, after the providers', async () => {
    const calls: string[] = [];
    @Injectable()
    class Repository {
      onApplicationShutdown() {
        calls.push('Repository');
      }
    }
    const application = createApp({ providers: [Repository] });
    const pool = await application.enterAsyncContext(
      async () => 'pool',
      async (opened) => {
        await later(5);
        calls.push(opened);
      },
    );
    await application.enterAsyncContext(
      () => 'cache',
      (opened) => calls.push(opened),
    );
    expect(pool).toBe('pool');
    await application.ready();
    await application.close();
    expect(calls).toEqual(['Repository', 'cache', 'pool']);
  });

  test('the first event waits for it, awaited or not', async () => {
    const application = app();
    let open = false;
    void application.enterAsyncContext(
      async () => {
        await later(20);
        open = true;
      },
      () => undefined,
    );
    await inject(application, {});
    expect(open).toBe(true);
  });

  test('disposables need no second argument', async () => {
    const application = app();
    const calls: string[] = [];
    await application.enterAsyncContext(() => ({ [Symbol.dispose]: () => calls.push('dispose') }));
    await application.enterAsyncContext(() => ({
      async [Symbol.asyncDispose]() {
        await later(1);
        calls.push('asyncDispose');
      },
      [Symbol.dispose]: () => calls.push('not this one'),
    }));
    await application.close();
    expect(calls).toEqual(['asyncDispose', 'dispose']);
  });

  test.each([
    ['an object', {}],
    ['null', null],
    ['undefined', undefined],
    ['text', 'x'],
  ])('%s that is not disposable is refused with the fix', async (_, resource) => {
    const application = app();
    await expect(application.enterAsyncContext(() => resource)).rejects.toThrow(/as the second argument/);
  });

  test('a failed opening is told, retried by the next invocation, and closed once', async () => {
    const application = app();
    const error = new Error('refused');
    const open = jest.fn<Promise<string>, []>().mockRejectedValueOnce(error).mockResolvedValue('pool');
    const close = jest.fn();
    void application.enterAsyncContext(open, close);
    await expect(inject(application, {})).rejects.toBe(error);
    await inject(application, {});
    await application.close();
    expect(open).toHaveBeenCalledTimes(2);
    expect(close.mock.calls).toEqual([['pool']]);
  });

  test('close() waits for what is still being opened, whatever failed before it, and opens nothing anew', async () => {
    const application = app();
    const close = jest.fn();
    const failing = jest.fn(() => Promise.reject(new Error('refused')));
    void application.runAsync(failing);
    void application.enterAsyncContext(async () => {
      await later(20);
      return 'slow';
    }, close);
    await expect(inject(application, {})).rejects.toThrow('refused');
    await application.close();
    expect(close.mock.calls).toEqual([['slow']]);
    expect(failing).toHaveBeenCalledTimes(1);
  });

  test('a closed application runs and opens nothing more', async () => {
    const application = app();
    await application.close();
    const open = jest.fn(() => 'pool');
    await expect(application.enterAsyncContext(open, () => undefined)).rejects.toThrow('The application is closed');
    await expect(application.runAsync(async () => open())).rejects.toThrow('The application is closed');
    expect(open).not.toHaveBeenCalled();
  });
});
