import { Inject, Injectable } from '../../src/decorators/injectable.js';
import { Module } from '../../src/decorators/module.js';
import type { Provider } from '../../src/shared/provider.js';
import { Scope } from '../../src/shared/scope.js';
import { build, gate, rootOf, settled } from './build-container.js';

const HOOKS = ['onModuleInit', 'onApplicationBootstrap', 'onModuleDestroy', 'beforeApplicationShutdown', 'onApplicationShutdown'] as const;

type Hook = (typeof HOOKS)[number];

/** An instance that writes down each hook as it is called, and fails in one of them. */
function witness(name: string, calls: string[], failing?: Hook): Record<Hook, (signal?: string) => void> {
  const hook = (called: Hook) => (signal?: string) => {
    calls.push([called, name, signal].filter((word) => word).join(' '));
    if (called === failing) throw new Error(name);
  };
  return Object.fromEntries(HOOKS.map((each) => [each, hook(each)])) as Record<Hook, (signal?: string) => void>;
}

function provider(provide: string, calls: string[], failing?: Hook): Provider {
  return { provide, useFactory: () => witness(provide, calls, failing) };
}

describe('hooks', () => {
  test('start in the order of modules, the module class after its providers, and stop in reverse', async () => {
    const calls: string[] = [];
    @Module({ providers: [provider('data', calls)], exports: ['data'] })
    class DataModule {
      constructor(@Inject('data') readonly data: unknown) {
        Object.assign(this, witness('DataModule', calls));
      }
    }
    const container = await build(rootOf({ imports: [DataModule], providers: [provider('root', calls)] }));
    expect(calls).toEqual([]);
    await container.init();
    expect(calls.splice(0)).toEqual([
      'onModuleInit data',
      'onModuleInit DataModule',
      'onModuleInit root',
      'onApplicationBootstrap data',
      'onApplicationBootstrap DataModule',
      'onApplicationBootstrap root',
    ]);
    await Promise.all([container.close('SIGTERM'), container.close()]);
    expect(calls).toEqual([
      'onModuleDestroy root SIGTERM',
      'onModuleDestroy data SIGTERM',
      'onModuleDestroy DataModule SIGTERM',
      'beforeApplicationShutdown root SIGTERM',
      'beforeApplicationShutdown data SIGTERM',
      'beforeApplicationShutdown DataModule SIGTERM',
      'onApplicationShutdown root SIGTERM',
      'onApplicationShutdown data SIGTERM',
      'onApplicationShutdown DataModule SIGTERM',
    ]);
  });

  test('of one module run at the same time, and the next module waits for all of them', async () => {
    const started: string[] = [];
    const { promise, open } = gate();
    const waiting = (name: string) => ({
      onModuleInit: () => {
        started.push(name);
        return promise;
      },
    });
    const imported = {
      module: class First {},
      providers: [
        { provide: 'a', useValue: waiting('a') },
        { provide: 'b', useValue: waiting('b') },
      ],
    };
    const container = await build(rootOf({ imports: [imported], providers: [{ provide: 'c', useValue: waiting('c') }] }));
    const initialised = container.init();
    await settled();
    expect(started).toEqual(['a', 'b']);
    open();
    await initialised;
    expect(started).toEqual(['a', 'b', 'c']);
  });

  test('are called once on an instance of two tokens, and never on request-scoped and transient ones', async () => {
    const calls: string[] = [];
    const value = witness('value', calls);
    const providers: Provider[] = [
      { provide: 'alias', useExisting: 'value' },
      { provide: 'value', useValue: value },
      { provide: 'again', useValue: value },
      { provide: 'request', useFactory: () => witness('request', calls), scope: Scope.REQUEST },
      { provide: 'transient', useFactory: () => witness('transient', calls), scope: Scope.TRANSIENT },
      { provide: 'user', useFactory: () => 1, inject: ['transient'] },
    ];
    const container = await build(rootOf({ providers }));
    await container.resolve('request', { user: 'ada', scoped: undefined });
    await container.init();
    expect(calls).toEqual(['onModuleInit value', 'onApplicationBootstrap value']);
  });

  test('that fail at the start close what was made, call no later module, and are named', async () => {
    const calls: string[] = [];
    const dispose = jest.fn();
    const imported = { module: class First {}, providers: [provider('first', calls, 'onModuleInit')] };
    const disposable: Provider = { provide: 'disposable', useFactory: () => 7, dispose };
    const container = await build(rootOf({ imports: [imported], providers: [provider('second', calls), disposable] }));
    await expect(container.init()).rejects.toThrow('first (in onModuleInit of "first" in First)');
    expect(calls).not.toContain('onModuleInit second');
    expect(calls).toContain('onModuleDestroy first');
    expect(dispose).toHaveBeenCalledWith(7);
  });

  test('that fail at the end stop nothing, and are told together', async () => {
    const calls: string[] = [];
    const failing: Provider = {
      provide: 'resource',
      useFactory: () => 1,
      dispose: () => {
        throw new Error('resource');
      },
    };
    const providers = [provider('a', calls, 'onModuleDestroy'), provider('b', calls, 'onApplicationShutdown'), failing];
    const container = await build(rootOf({ providers }));
    const error = (await container.close().catch((thrown: unknown) => thrown)) as AggregateError;
    expect(error).toBeInstanceOf(AggregateError);
    expect(error.errors.map(String)).toEqual([
      'Error: a (in onModuleDestroy of "a" in Root)',
      'Error: b (in onApplicationShutdown of "b" in Root)',
      'Error: resource (while disposing of "resource" in Root)',
    ]);
    expect(calls).toHaveLength(6);
  });

  test('that fail alone at the end are told as themselves', async () => {
    const own = new Error('own');
    const failing: Provider = { provide: 'a', useValue: { onModuleDestroy: () => Promise.reject(own) } };
    await expect((await build(rootOf({ providers: [failing] }))).close()).rejects.toBe(own);
  });
});

describe('disposal', () => {
  test('takes dispose, else Symbol.asyncDispose, else Symbol.dispose, in reverse order of creation, each instance once', async () => {
    const ended: string[] = [];
    @Injectable()
    class Sync {
      [Symbol.dispose](): void {
        ended.push('sync');
      }
    }
    @Injectable()
    class Async extends Sync {
      constructor(readonly sync: Sync) {
        super();
      }
      async [Symbol.asyncDispose](): Promise<void> {
        await settled();
        ended.push('async');
      }
    }
    const explicit = { provide: 'explicit', useClass: Async, dispose: () => void ended.push('explicit') };
    const same = { provide: 'same', useFactory: (sync: Sync) => sync, inject: [Sync] };
    const transient = { provide: 'transient', useFactory: () => 1, scope: Scope.TRANSIENT, dispose: () => void ended.push('transient') };
    const user = { provide: 'user', useFactory: () => 1, inject: ['transient'], dispose: () => void ended.push('user') };
    const container = await build(rootOf({ providers: [Sync, Async, explicit, transient, user, same] }));
    await container.close();
    expect(ended).toEqual(['sync', 'user', 'transient', 'explicit', 'async']);
  });

  test('leaves a value alone unless its provider says dispose: it was made elsewhere', async () => {
    const ended: unknown[] = [];
    const value = { [Symbol.dispose]: () => ended.push('own') };
    const providers: Provider[] = [
      { provide: 'kept', useValue: value },
      { provide: 'given', useValue: 5, dispose: (instance) => void ended.push(instance) },
    ];
    await (await build(rootOf({ providers }))).close();
    expect(ended).toEqual([5]);
  });
});
