import fc from 'fast-check';
import { Inject, Injectable } from '../../../src/decorators/injectable.js';
import { Module } from '../../../src/decorators/module.js';
import { shutdownBy } from '../../../src/modules/instances/shutdown-time.js';
import type { DynamicModule } from '../../../src/shared/module.js';
import { type Provider, Scope } from '../../../src/shared/provider.js';
import { forwardRef } from '../../../src/shared/token.js';
import { build, gate, rootOf, settled } from '../build-container.js';

const HOOKS = [
  'onModuleInit',
  'onApplicationBootstrap',
  'onModuleDestroy',
  'beforeApplicationShutdown',
  'onApplicationShutdown',
] as const;

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

function never(): Promise<never> {
  return new Promise(() => undefined);
}

function fail(): never {
  throw new Error('the cause');
}

async function start(providers: Provider[]) {
  const container = await build(rootOf({ providers }));
  await container.init();
  return container;
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
    await Promise.all([container.close(shutdownBy('SIGTERM')), container.close()]);
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
    const container = await build(
      rootOf({ imports: [imported], providers: [{ provide: 'c', useValue: waiting('c') }] }),
    );
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
    await container.init();
    const error = (await container.close().catch((thrown: unknown) => thrown)) as AggregateError;
    expect(error).toBeInstanceOf(AggregateError);
    expect(error.errors.map(String)).toEqual([
      'Error: a (in onModuleDestroy of "a" in Root)',
      'Error: b (in onApplicationShutdown of "b" in Root)',
      'Error: resource (while disposing of "resource" in Root)',
    ]);
    expect(calls.filter((call) => !/Init|Bootstrap/.test(call))).toHaveLength(6);
  });

  test('that fail alone at the end are told as themselves', async () => {
    const own = new Error('own');
    const failing: Provider = { provide: 'a', useValue: { onModuleDestroy: () => Promise.reject(own) } };
    const container = await build(rootOf({ providers: [failing] }));
    await container.init();
    await expect(container.close()).rejects.toBe(own);
  });
});

describe('a step of the end that never ends', () => {
  const broken: Provider = { provide: 'broken', useFactory: fail, inject: ['stuck'] };
  const failing: Provider = { provide: 'failing', useFactory: () => ({ onModuleInit: fail }), inject: ['stuck'] };
  const disposed: Provider = { provide: 'stuck', useFactory: () => ({}), dispose: never };
  const hooked: Provider = { provide: 'stuck', useFactory: () => ({ onModuleDestroy: never }) };

  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  test.each([
    ['a disposal, after a factory that failed', [disposed, broken]],
    ['a disposal, after a hook that failed', [disposed, failing]],
    ['a hook, after another that failed', [hooked, failing]],
  ])('does not hide why the start failed: %s', async (_, providers) => {
    const outcome = start(providers).catch(String);
    await jest.advanceTimersByTimeAsync(3000);
    expect(await outcome).toContain('the cause');
  });

  test('is left behind where a signal ends the application, and told; the rest is done', async () => {
    const calls: string[] = [];
    const container = await start([
      hooked,
      { ...provider('other', calls), dispose: () => void calls.push('disposed') } as Provider,
    ]);
    const outcome = container.close(shutdownBy('SIGTERM')).catch(String);
    await jest.advanceTimersByTimeAsync(3000);
    expect(await outcome).toBe(
      'Error: Not done within 1000 ms, and left behind (in onModuleDestroy of "stuck" in Root)',
    );
    expect(calls.slice(2)).toEqual([
      'onModuleDestroy other SIGTERM',
      'beforeApplicationShutdown other SIGTERM',
      'onApplicationShutdown other SIGTERM',
      'disposed',
    ]);
  });

  test('is waited for where the program ends it, however long it takes', async () => {
    const calls: string[] = [];
    const flushed = gate();
    const flushing: Provider = {
      provide: 'flushing',
      useFactory: () => ({ onModuleDestroy: () => flushed.promise }),
      dispose: () => void calls.push('disposed'),
    };
    const closing = (await start([flushing])).close();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(calls).toEqual([]);
    flushed.open();
    await closing;
    expect(calls).toEqual(['disposed']);
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
    const transient = {
      provide: 'transient',
      useFactory: () => 1,
      scope: Scope.TRANSIENT,
      dispose: () => void ended.push('transient'),
    };
    const user = {
      provide: 'user',
      useFactory: () => 1,
      inject: ['transient'],
      dispose: () => void ended.push('user'),
    };
    const container = await build(rootOf({ providers: [Sync, Async, explicit, transient, user, same] }));
    await container.close();
    // "same" was given what it gives: that ends with its maker.
    expect(ended).toEqual(['user', 'transient', 'explicit', 'async', 'sync']);
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

/** `+name` when it is initialised, `-name` when it is destroyed; each takes a moment. */
function logged(name: string, log: string[]) {
  return {
    name,
    onModuleInit: async () => {
      await settled();
      log.push(`+${name}`);
    },
    onModuleDestroy: async () => {
      await settled();
      log.push(`-${name}`);
    },
  };
}
const hooked = (name: string, log: string[], inject: string[] = []): Provider => ({
  provide: name,
  useFactory: () => logged(name, log),
  inject,
});

async function run(root: Parameters<typeof build>[0], log: string[]): Promise<string[]> {
  const container = await build(root);
  await container.init();
  await container.close();
  return log;
}

describe('the order of hooks', () => {
  test('takes what depends on another after it, where both stand in one module, whatever is between them', async () => {
    const log: string[] = [];
    const providers: Provider[] = [
      hooked('Users', log, ['repository']),
      { provide: 'repository', useFactory: () => 1, inject: ['alias'], scope: Scope.TRANSIENT },
      { provide: 'alias', useExisting: 'Db' },
      hooked('Alone', log),
      hooked('Db', log),
    ];
    expect(await run(rootOf({ providers }), log)).toEqual(['+Alone', '+Db', '+Users', '-Users', '-Alone', '-Db']);
  });

  test.each([
    ['later', (globals: object, users: object) => [users, globals]],
    ['earlier', (globals: object, users: object) => [globals, users]],
  ])('takes a global module first that is imported %s', async (_, order) => {
    const log: string[] = [];
    const db = { module: class Db {}, global: true, providers: [hooked('Db', log)], exports: ['Db'] };
    const users = { module: class Users {}, providers: [hooked('Users', log, ['Db'])], exports: ['Users'] };
    const orders = { module: class Orders {}, imports: [users], providers: [hooked('Orders', log, ['Users'])] };
    expect(await run(rootOf({ imports: order(db, orders) as never }), log)).toEqual([
      '+Db',
      '+Users',
      '+Orders',
      '-Orders',
      '-Users',
      '-Db',
    ]);
  });

  test('takes modules that import each other by what their providers depend on', async () => {
    const log: string[] = [];
    const left: DynamicModule = {
      module: class Left {},
      providers: [hooked('A', log, ['B']), hooked('D', log)],
      exports: ['A', 'D'],
    };
    const right: DynamicModule = {
      module: class Right {},
      imports: [forwardRef(() => left)],
      providers: [hooked('B', log, ['C']), hooked('C', log, ['D'])],
      exports: ['B'],
    };
    left.imports = [forwardRef(() => right)];
    const user = { module: class User {}, imports: [left], providers: [hooked('User', log)] };
    expect(await run(rootOf({ imports: [user] }), log)).toEqual([
      '+D',
      '+C',
      '+B',
      '+A',
      '+User',
      '-User',
      '-A',
      '-B',
      '-C',
      '-D',
    ]);
  });

  test('is by dependency for any graph of providers over any modules, global ones among them', async () => {
    const graphs = fc.record({
      // Of each provider: its module, and the earlier ones that it depends on.
      providers: fc.array(fc.tuple(fc.nat(3), fc.array(fc.nat(20), { maxLength: 3 })), { minLength: 1, maxLength: 12 }),
      order: fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(graphs, async ({ providers, order }) => {
        const log: string[] = [];
        const edges = providers.map(([, below], index) =>
          index === 0 ? [] : [...new Set(below.map((each) => each % index))],
        );
        const modules = [0, 1, 2, 3].map((place) => ({
          module: class Part {},
          global: true,
          providers: providers.flatMap(([at], index) =>
            at === place ? [hooked(`${index}`, log, edges[index]!.map(String))] : [],
          ),
          exports: providers.flatMap(([at], index) => (at === place ? [`${index}`] : [])),
        }));
        await run(rootOf({ imports: order.map((place) => modules[place]!) }), log);
        expect(log).toHaveLength(2 * providers.length);
        for (const [index, below] of edges.entries()) {
          for (const dependency of below) {
            expect(log.indexOf(`+${dependency}`)).toBeLessThan(log.indexOf(`+${index}`));
            expect(log.indexOf(`-${index}`)).toBeLessThan(log.indexOf(`-${dependency}`));
          }
        }
      }),
    );
  });
});

describe('the hooks of the end', () => {
  test('are only for those whose start had begun', async () => {
    const calls: string[] = [];
    const first = { module: class First {}, providers: [provider('first', calls)] };
    const second = {
      module: class Second {},
      imports: [first],
      providers: [provider('failing', calls, 'onModuleInit'), provider('beside', calls)],
    };
    const later = { provide: 'later', useFactory: () => witness('later', calls), inject: ['failing'] };
    const container = await build(
      rootOf({
        imports: [{ ...second, providers: [...second.providers, later] }],
        providers: [provider('root', calls)],
      }),
    );
    await expect(container.init()).rejects.toThrow('failing (in onModuleInit');
    expect(calls.filter((call) => call.startsWith('onModule'))).toEqual([
      'onModuleInit first',
      'onModuleInit failing',
      'onModuleInit beside',
      'onModuleDestroy failing',
      'onModuleDestroy beside',
      'onModuleDestroy first',
    ]);
  });

  test('are not called where nothing was started', async () => {
    const calls: string[] = [];
    await (await build(rootOf({ providers: [provider('a', calls)] }))).close();
    expect(calls).toEqual([]);
  });

  test('are called for what is being started when the end comes, and for nothing after it', async () => {
    const calls: string[] = [];
    const { promise, open } = gate();
    const slow = { onModuleInit: () => promise, onModuleDestroy: () => void calls.push('slow') };
    const first = { module: class First {}, providers: [{ provide: 'slow', useValue: slow }] };
    const container = await build(rootOf({ imports: [first], providers: [provider('root', calls)] }));
    const starting = container.init();
    await container.close();
    open();
    await expect(starting).rejects.toThrow('closing');
    expect(calls).toEqual(['slow']);
  });
});
