import '../../src/metadata/reflection.js';
import { injectable, type Disposable as TsyringeDisposable } from 'tsyringe';
import { OnSqs } from '../../src/decorators/consumers.js';
import { Inject, Injectable } from '../../src/decorators/injectable.js';
import { Controller, Delete } from '../../src/decorators/routes.js';
import { provide, releaseScope } from '../../src/modules/instances/event-scope.js';
import { type Provider, Scope } from '../../src/shared/provider.js';
import { type TestScope, build, eventOf, gate, rootOf, settled } from './build-container.js';

const ended: string[] = [];
beforeEach(() => (ended.length = 0));

/** Writes down each time it is disposed of. */
class Pool {
  constructor(readonly name = 'pool') {}
  [Symbol.dispose]() {
    ended.push(this.name);
  }
}

class Holder {
  constructor(readonly pool: Pool) {}
}

/** A pool of connections, which it goes on knowing. */
class Connections {
  readonly all = [new Pool('connection')];
  take(): Pool | undefined {
    return this.all[0];
  }
}

const fail = (error: unknown): never => {
  throw error;
};

async function release(event: TestScope): Promise<void> {
  await releaseScope(event, fail);
}

@Injectable()
class Returning {
  constructor(@Inject('holder') [pool]: Pool[]) {
    return pool as never;
  }
}

const shared = new Pool('constant');
const scopes = Object.values(Scope);

function aPool(): Provider {
  return { provide: 'pool', useFactory: () => new Pool() };
}
function alias(of: string, provided: string): Provider {
  return { provide: provided, useExisting: of };
}
/** The pool is the holder's: it says how that ends. */
function holding(hold: (made: Pool) => unknown): Provider {
  const made = new Pool();
  return { provide: 'holder', useFactory: () => hold(made), dispose: () => made[Symbol.dispose]() };
}

const many = (): Pool[] => Array.from({ length: 2000 }, () => new Pool('one of many'));

/** As tracing does, and clients that connect when they are first used. */
function binding(pool: Pool): Pool {
  const get = (target: Pool, key: string | symbol): unknown => {
    const member: unknown = Reflect.get(target, key);
    return typeof member === 'function' ? (member.bind(target) as unknown) : member;
  };
  return new Proxy(pool, { get });
}

describe("what a factory didn't make is not its own", () => {
  /** Providers that have a pool, and one, `it`, that gives it again. */
  const ways: [string, Provider[], Pick<Provider & { useFactory: unknown }, 'useFactory'> & { inject?: string[] }][] = [
    ['it was given it', [aPool()], { useFactory: (given: Pool) => given, inject: ['pool'] }],
    ['it was given it, and is async', [aPool()], { useFactory: async (given: Pool) => given, inject: ['pool'] }],
    [
      'it was given it by another name',
      [aPool(), alias('pool', 'other')],
      { useFactory: (given: Pool) => given, inject: ['other'] },
    ],
    [
      'it was given it in a list',
      [holding((made) => [made])],
      { useFactory: ([given]: [Pool]) => given, inject: ['holder'] },
    ],
    [
      'it was given it in a record',
      [holding((made) => ({ deep: { made } }))],
      { useFactory: ({ deep }: { deep: { made: Pool } }) => deep.made, inject: ['holder'] },
    ],
    [
      'it was given it in a map',
      [holding((made) => new Map([['a', made]]))],
      { useFactory: (map: Map<string, Pool>) => map.get('a'), inject: ['holder'] },
    ],
    [
      'it was given it in a set',
      [holding((made) => new Set([made]))],
      { useFactory: (set: Set<Pool>) => [...set][0], inject: ['holder'] },
    ],
    [
      'it was given whoever has it',
      [holding((made) => new Holder(made))],
      { useFactory: ({ pool: given }: Holder) => given, inject: ['holder'] },
    ],
    ['its constructor returns it', [holding((made) => [made])], { useClass: Returning } as never],
    [
      'it gives a view of it',
      [aPool()],
      { useFactory: (given: Pool) => Object.create(given) as Pool, inject: ['pool'] },
    ],
    ['it gives a proxy of it', [aPool()], { useFactory: (given: Pool) => new Proxy(given, {}), inject: ['pool'] }],
    [
      'it gives a proxy of it that binds methods',
      [aPool()],
      { useFactory: async (given: Pool) => binding(given), inject: ['pool'] },
    ],
    [
      'it was given it among more than anybody looks at',
      [holding((made) => [...many(), made])],
      { useFactory: (all: Pool[]) => all.at(-1), inject: ['holder'] },
    ],
    [
      'it was given it deep in more than anybody looks at',
      [
        holding(
          (made) =>
            new Map([
              ['some', many()],
              ['last', [made]],
            ]),
        ),
      ],
      { useFactory: (map: Map<string, Pool[]>) => map.get('last')?.[0], inject: ['holder'] },
    ],
    ['it gives what another has made', [{ provide: 'pool', useFactory: () => shared }], { useFactory: () => shared }],
  ];

  describe.each(scopes)('in %s scope', (scope) => {
    test.each(ways)('%s', async (_, providers, it) => {
      const asking = {
        provide: 'asking',
        useFactory: (given: unknown) => ({ given }),
        inject: ['it'],
        scope: Scope.REQUEST,
      };
      const container = await build(
        rootOf({ providers: [...providers, { provide: 'it', scope, ...it } as Provider, asking] }),
      );
      for (const user of ['ada', 'bob']) {
        const event = eventOf(user);
        await container.resolve('asking', event);
        await release(event);
      }
      expect(ended).toEqual([]);
      await container.close();
      expect(ended).toHaveLength(1);
    });

    test('a value is nobody’s here, whoever gives it', async () => {
      const value = new Pool('value');
      const it = { provide: 'it', useFactory: () => value, scope };
      const container = await build(rootOf({ providers: [it, { provide: 'value', useValue: value }] }));
      const event = eventOf('ada');
      await container.resolve('it', event);
      await release(event);
      await container.close();
      expect(ended).toEqual([]);
    });
  });

  test('a proxy is the own of a factory that was given no object', async () => {
    const it = {
      provide: 'it',
      useFactory: (name: string) => new Proxy(new Pool(name), {}),
      inject: ['name'],
      scope: Scope.REQUEST,
    };
    const container = await build(rootOf({ providers: [it, { provide: 'name', useValue: 'own' }] }));
    const event = eventOf('ada');
    await container.resolve('it', event);
    await release(event);
    expect(ended).toEqual(['own']);
  });

  test('what is made of many plain values is its maker’s', async () => {
    const it = { provide: 'it', useFactory: () => new Pool('own'), inject: ['numbers'], scope: Scope.REQUEST };
    const container = await build(
      rootOf({ providers: [it, { provide: 'numbers', useValue: Array.from({ length: 5000 }, (_, index) => index) }] }),
    );
    const event = eventOf('ada');
    await container.resolve('it', event);
    await release(event);
    expect(ended).toEqual(['own']);
  });

  test('an instance ends after everything that was made of it, also where somebody else gives it too', async () => {
    const providers: Provider[] = [
      { provide: 'pool', useFactory: () => new Pool() },
      { provide: 'same', useFactory: (given: Pool) => given, inject: ['pool'] },
      { provide: 'user', useFactory: () => new Pool('user'), inject: ['pool'] },
    ];
    await (await build(rootOf({ providers }))).close();
    expect(ended).toEqual(['user', 'pool']);
  });

  test('two events that have the same object end it with the last of them', async () => {
    const one = new Pool('one');
    const container = await build(
      rootOf({ providers: [{ provide: 'it', useFactory: () => one, scope: Scope.REQUEST }] }),
    );
    const [first, second] = [eventOf('ada'), eventOf('bob')];
    await Promise.all([container.resolve('it', first), container.resolve('it', second)]);
    await release(first);
    expect(ended).toEqual([]);
    await release(second);
    expect(ended).toEqual(['one']);
  });

  test('what a pool hands out goes back each time, though the pool goes on knowing it', async () => {
    const providers: Provider[] = [
      { provide: 'pool', useFactory: () => new Connections() },
      {
        provide: 'it',
        useFactory: (connections: Connections) => connections.take(),
        inject: ['pool'],
        scope: Scope.REQUEST,
      },
    ];
    const container = await build(rootOf({ providers }));
    for (const user of ['ada', 'bob']) {
      const event = eventOf(user);
      await container.resolve('it', event);
      await release(event);
    }
    expect(ended).toEqual(['connection', 'connection']);
  });

  test('dispose of its provider is called all the same, with what the factory gave', async () => {
    const providers: Provider[] = [
      { provide: 'pool', useFactory: () => new Pool() },
      {
        provide: 'it',
        useFactory: (given: Pool) => given,
        inject: ['pool'],
        scope: Scope.REQUEST,
        dispose: ({ name }: Pool) => void ended.push(`back to ${name}`),
      } as Provider,
    ];
    const container = await build(rootOf({ providers }));
    const event = eventOf('ada');
    await container.resolve('it', event);
    await release(event);
    await container.close();
    expect(ended).toEqual(['back to pool', 'pool']);
  });
});

describe('a transient is the one’s who asked for it', () => {
  const transient: Provider = { provide: 'transient', useFactory: () => new Pool('transient'), scope: Scope.TRANSIENT };
  const nested: Provider = {
    provide: 'nested',
    useFactory: () => new Pool('nested'),
    inject: ['transient'],
    scope: Scope.TRANSIENT,
  };

  test('and goes with the event where that is made for an event, those below it too', async () => {
    const request: Provider = {
      provide: 'request',
      useFactory: () => new Pool('request'),
      inject: ['nested', 'transient'],
      scope: Scope.REQUEST,
    };
    const container = await build(rootOf({ providers: [transient, nested, request] }));
    const event = eventOf('ada');
    await container.resolve('request', event);
    await release(event);
    expect(ended).toEqual(['request', 'transient', 'nested', 'transient']);
    await container.close();
    expect(ended).toHaveLength(4);
  });

  test('and goes with the application where that is a singleton', async () => {
    const singleton: Provider = { provide: 'singleton', useFactory: () => new Pool('singleton'), inject: ['nested'] };
    const container = await build(rootOf({ providers: [transient, nested, singleton] }));
    await container.close();
    expect(ended).toEqual(['singleton', 'nested', 'transient']);
  });

  test('and goes with the event where a method or a guard of it asks for it', async () => {
    @Injectable({ scope: Scope.TRANSIENT })
    class Tracer extends Pool {
      constructor() {
        super('tracer');
      }
    }
    @Controller()
    class Orders {}
    const container = await build(rootOf({ controllers: [Orders], providers: [Tracer] }));
    const event = eventOf('ada');
    await provide(container.provided(Tracer, container.root), event);
    await release(event);
    expect(ended).toEqual(['tracer']);
  });

  test('and stays with whoever resolves it, with all that it is made of', async () => {
    const container = await build(rootOf({ providers: [transient, nested] }));
    const made = await container.resolve<Pool>('nested' as never);
    await container.close();
    expect(ended).toEqual([]);
    made[Symbol.dispose]();
    expect(ended).toEqual(['nested']);
  });

  test('but is disposed of where it can’t be handed over, for something else has failed', async () => {
    const late = gate();
    const slow: Provider = {
      provide: 'slow',
      useFactory: () => late.promise.then(() => new Pool('slow')),
      scope: Scope.TRANSIENT,
    };
    const broken: Provider = { provide: 'broken', useFactory: () => fail(new Error('broken')), scope: Scope.TRANSIENT };
    const both: Provider = {
      provide: 'both',
      useFactory: () => 1,
      inject: ['nested', 'slow', 'broken'],
      scope: Scope.TRANSIENT,
    };
    const container = await build(rootOf({ providers: [transient, nested, slow, broken, both] }));
    const resolved = container.resolve('both');
    resolved.catch(() => undefined);
    await settled();
    expect(ended).toEqual([]);
    late.open();
    await expect(resolved).rejects.toThrow('broken');
    expect(ended).toEqual(['slow', 'nested', 'transient']);
  });
});

describe('how an instance ends', () => {
  class Both {
    constructor(readonly name: string) {}
    async [Symbol.asyncDispose]() {
      await settled();
      ended.push(`${this.name} async`);
    }
    [Symbol.dispose]() {
      ended.push(`${this.name} sync`);
    }
    dispose() {
      ended.push(`${this.name} dispose()`);
    }
  }
  @injectable()
  class Tsyringe implements TsyringeDisposable {
    dispose() {
      ended.push('dispose()');
    }
  }
  /** What takes something ends nothing. */
  class Waste {
    dispose(_what: string) {
      ended.push('never');
    }
  }

  test('not by a route or a consumer that is called dispose', async () => {
    @Controller()
    class Tips {
      @Delete() dispose() {
        ended.push('route');
      }
    }
    @Injectable()
    class Bin {
      @OnSqs('waste') dispose() {
        ended.push('consumer');
      }
    }
    const container = await build(rootOf({ controllers: [Tips], providers: [Bin] }));
    await container.close();
    expect(ended).toEqual([]);
  });

  test.each(scopes)(
    'by the provider’s word, else async, else sync, else by tsyringe’s dispose(), in %s scope',
    async (scope) => {
      const both = { useFactory: () => new Both('made'), scope };
      const providers: Provider[] = [
        { provide: 'word', ...both, dispose: () => void ended.push('word') },
        { provide: 'async', ...both },
        { provide: 'sync', useFactory: () => new Pool('sync'), scope },
        { provide: Tsyringe, useClass: Tsyringe, scope },
        // It was constructed elsewhere: tsyringe would not end it either.
        { provide: 'made by a factory', useFactory: () => new Tsyringe(), scope },
        { provide: Waste, useClass: Waste, scope },
      ];
      const tokens = providers.map((each) => (each as { provide: string }).provide);
      const all = {
        provide: 'all',
        useFactory: () => 1,
        inject: tokens,
        scope: scope === Scope.DEFAULT ? scope : Scope.REQUEST,
      };
      const container = await build(rootOf({ providers: [...providers, all] }));
      const event = eventOf('ada');
      await container.resolve('all', event);
      await release(event);
      await container.close();
      expect(ended).toEqual(['dispose()', 'sync', 'made async', 'word']);
    },
  );
});

describe('while something is still being made', () => {
  test('an event’s end waits for it, but not for ever: then it goes on alone, with what it was given', async () => {
    jest.useFakeTimers();
    try {
      const late = gate();
      const reported: Error[] = [];
      const request = Scope.REQUEST;
      const providers: Provider[] = [
        { provide: 'used', useFactory: () => new Pool('used'), scope: request },
        { provide: 'free', useFactory: () => new Pool('free'), scope: request },
        {
          provide: 'slow',
          useFactory: () => late.promise.then(() => new Pool('slow')),
          inject: ['used'],
          scope: request,
        },
        { provide: 'after', useFactory: () => new Pool('after'), inject: ['slow'], scope: request },
        { provide: 'broken', useFactory: () => fail(new Error('broken')), scope: request },
        { provide: 'all', useFactory: () => 1, inject: ['free', 'after', 'broken'], scope: request },
      ];
      const container = await build(rootOf({ providers }));
      const event = eventOf('ada');
      await expect(container.resolve('all', event)).rejects.toThrow('broken');
      const released = releaseScope(event, (error) => reported.push(error));
      await jest.advanceTimersByTimeAsync(999);
      expect(ended).toEqual([]);
      await jest.advanceTimersByTimeAsync(1);
      await released;
      expect(ended).toEqual(['free']);
      late.open();
      await jest.advanceTimersByTimeAsync(0);
      // What would have been made of it is not any more.
      expect([ended, reported]).toEqual([['free', 'slow', 'used'], []]);
    } finally {
      jest.useRealTimers();
    }
  });

  test('what goes wrong with it afterwards is reported', async () => {
    jest.useFakeTimers();
    try {
      const late = gate();
      const report = jest.fn();
      const dispose = (): never => fail(new Error('stuck'));
      const slow: Provider = { provide: 'slow', useFactory: () => late.promise, scope: Scope.REQUEST, dispose };
      const container = await build(rootOf({ providers: [slow] }));
      const event = eventOf('ada');
      void container.resolve('slow', event);
      const released = releaseScope(event, report);
      await jest.advanceTimersByTimeAsync(1000);
      await released;
      late.open();
      await jest.advanceTimersByTimeAsync(0);
      expect(report.mock.calls.map(([error]: [Error]) => error.message)).toEqual([
        'stuck (while disposing of "slow" in Root)',
      ]);
    } finally {
      jest.useRealTimers();
    }
  });

  test('a failure at the start is told, though another factory never comes to its end', async () => {
    jest.useFakeTimers();
    try {
      const report = jest.fn();
      const providers: Provider[] = [
        { provide: 'pool', useFactory: () => new Pool() },
        { provide: 'free', useFactory: () => new Pool('free') },
        { provide: 'never', useFactory: () => new Promise(() => undefined), inject: ['pool'] },
        { provide: 'broken', useFactory: () => Promise.reject(new Error('refused')) },
      ];
      const told = build(rootOf({ providers }), { report }).catch((error: Error) => error.message);
      await jest.advanceTimersByTimeAsync(1000);
      await expect(told).resolves.toBe('refused (while creating "broken" in Root)');
      // The other one may still be using it.
      expect([ended, report.mock.calls]).toEqual([['free'], []]);
    } finally {
      jest.useRealTimers();
    }
  });
});
