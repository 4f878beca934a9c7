import { Inject, Injectable } from '../../src/decorators/injectable.js';
import { Controller } from '../../src/decorators/routes.js';
import { type Provider, Scope } from '../../src/shared/provider.js';
import { forwardRef, InjectionToken } from '../../src/shared/token.js';
import { bootstrapOf, type TestBootstrap, build, failureOf, gate, rootOf, settled } from './build-container.js';

/** A factory that waits to be let go, and a place to see that it was started. */
function gated(provide: string, inject: string[] = []) {
  const { promise, open, fail } = gate<string>();
  const useFactory = jest.fn((..._dependencies: never[]) => promise);
  return { provider: { provide, useFactory, inject } satisfies Provider, useFactory, open: () => open(provide), fail };
}

function bootstrap(providers: Provider[]): TestBootstrap {
  return bootstrapOf(rootOf({ providers }));
}

describe('the five kinds of provider', () => {
  test('make one instance each, of a class, a value, a factory or another name', async () => {
    @Injectable()
    class Service {}
    abstract class Port {
      abstract name(): string;
    }
    class Adapter implements Port {
      name = (): string => 'adapter';
    }
    const NOTHING = new InjectionToken<undefined>('NOTHING');
    const count = jest.fn(() => undefined);
    const container = await build(
      rootOf({
        providers: [
          Service,
          { provide: Port, useClass: Adapter },
          { provide: 'value', useValue: null },
          { provide: NOTHING, useFactory: count },
          { provide: 'port', useExisting: Port },
          {
            provide: 'dependant',
            useFactory: (...all: unknown[]) => all,
            inject: [Service, Port, 'value', NOTHING, 'port'],
          },
        ],
      }),
    );
    const port = container.get(Port);
    expect(port.name()).toBe('adapter');
    expect(container.get('dependant')).toEqual([container.get(Service), port, null, undefined, port]);
    expect(container.get<Port>('port' as never)).toBe(port);
    expect(count).toHaveBeenCalledTimes(1);
  });

  test('a class without a constructor of its own is given what its parent asks for', async () => {
    @Injectable()
    class Clock {}
    @Injectable()
    class Base {
      @Inject(Clock) readonly property!: Clock;
      constructor(readonly clock: Clock) {}
    }
    @Injectable()
    class Derived extends Base {}
    const container = await build(rootOf({ providers: [Clock, Derived] }));
    const { clock, property } = container.get(Derived);
    expect([clock, property]).toEqual([container.get(Clock), container.get(Clock)]);
  });

  test('transients are made anew for each who asks for one, at bootstrap and by resolve', async () => {
    @Injectable({ scope: Scope.TRANSIENT })
    class Counter {}
    @Injectable()
    class One {
      constructor(
        readonly first: Counter,
        readonly second: Counter,
      ) {}
    }
    const ASYNC = {
      provide: 'async',
      useFactory: async (counter: Counter) => ({ counter }),
      inject: [Counter],
      scope: Scope.TRANSIENT,
    };
    const both = { provide: 'both', useFactory: (...made: { counter: Counter }[]) => made, inject: ['async', 'async'] };
    const container = await build(rootOf({ providers: [Counter, One, ASYNC, both] }));
    const { first, second } = container.get(One);
    const [left, right] = container.get<{ counter: Counter }[]>('both' as never);
    const counters = [
      first,
      second,
      left?.counter,
      right?.counter,
      await container.resolve(Counter),
      await container.resolve(Counter),
    ];
    expect(counters.every((counter) => counter instanceof Counter)).toBe(true);
    expect(new Set(counters).size).toBe(6);
  });
});

describe('async factories', () => {
  test('overlap when they are independent, and wait for what they depend on', async () => {
    const a = gated('a');
    const b = gated('b');
    const c = gated('c', ['a']);
    const attempt = bootstrap([c.provider, a.provider, b.provider]);
    const running = attempt.run();
    await settled();
    expect([a, b, c].map(({ useFactory }) => useFactory.mock.calls.length)).toEqual([1, 1, 0]);
    expect(attempt.pending()).toEqual(['"a" in Root', '"b" in Root']);
    a.open();
    await settled();
    // `c` goes on although the unrelated `b` has not come back.
    expect(c.useFactory).toHaveBeenCalledWith('a');
    expect(attempt.pending()).toEqual(['"b" in Root', '"c" in Root']);
    b.open();
    c.open();
    expect((await running).get('c')).toBe('c');
    expect(attempt.pending()).toEqual([]);
  });

  test('may give what is thenable, as a query is, and does its work at each then: it is asked once', async () => {
    const then = jest.fn((done: (rows: string[]) => void) => done(['row'])).mockName('then');
    const query = (): object => ({ [then.getMockName()]: then });
    const scopes = Object.values(Scope);
    const providers: Provider[] = scopes.map((scope) => ({ provide: scope, useFactory: query, scope }));
    const asking = {
      provide: 'asking',
      useFactory: (...rows: unknown[]) => rows,
      inject: scopes,
      scope: Scope.REQUEST,
    };
    const container = await build(rootOf({ providers: [...providers, asking] }));
    expect(await container.resolve('asking')).toEqual([['row'], ['row'], ['row']]);
    expect(then).toHaveBeenCalledTimes(3);
  });

  test('are awaited by classes and by factories that are none', async () => {
    @Injectable()
    class Service {
      constructor(@Inject('url') readonly url: string) {}
    }
    const url = { provide: 'url', useFactory: async () => 'db://' };
    expect((await build(rootOf({ providers: [Service, url] }))).get(Service).url).toBe('db://');
  });
});

describe('a failure', () => {
  test('is the original error, which names the provider and who needed it, in its stack too', async () => {
    const original = new TypeError('connect ECONNREFUSED');
    @Injectable()
    class Orders {
      constructor(@Inject('db') readonly db: unknown) {}
    }
    @Controller()
    class OrdersController {
      constructor(readonly orders: Orders) {}
    }
    const db = {
      provide: 'db',
      useFactory: () => {
        throw original;
      },
    };
    const root = rootOf({ providers: [Orders, db], controllers: [OrdersController] });
    const error = await failureOf(root);
    expect(error).toBe(original);
    expect(error.message).toBe(
      'connect ECONNREFUSED (while creating "db", needed by Orders, OrdersController in Root)',
    );
    expect(error.stack).toContain('ECONNREFUSED (while creating "db"');
    // The same object thrown at the next attempt is not extended twice.
    expect((await failureOf(root)).message).toBe(error.message);
  });

  test.each([
    ['text', 'text (while creating "a" in Root)'],
    [{ code: 7 }, '{ code: 7 } (while creating "a" in Root)'],
    [undefined, 'undefined (while creating "a" in Root)'],
  ])('that is no error, as %p, is wrapped in one with its cause', async (thrown, message) => {
    const error = await failureOf(rootOf({ providers: [{ provide: 'a', useFactory: () => Promise.reject(thrown) }] }));
    expect([error.message, error.cause]).toEqual([message, thrown]);
  });

  test('of a frozen error stays that error', async () => {
    const frozen = Object.freeze(new Error('fixed'));
    expect(await failureOf(rootOf({ providers: [{ provide: 'a', useFactory: () => Promise.reject(frozen) }] }))).toBe(
      frozen,
    );
  });

  test('of a transient names it and the one it was made for', async () => {
    const transient = { provide: 't', useFactory: () => Promise.reject(new Error('no')), scope: Scope.TRANSIENT };
    const { message } = await failureOf(
      rootOf({ providers: [transient, { provide: 'u', useFactory: () => 1, inject: ['t'] }] }),
    );
    expect(message).toBe('no (while creating "t", needed by "u" in Root)');
  });

  test('waits for factories that are running, then disposes of everything that was made, last first', async () => {
    const disposed: string[] = [];
    const made = (provide: string, useFactory: () => unknown, inject: string[] = []): Provider => ({
      provide,
      useFactory,
      inject,
      dispose: (instance) => void disposed.push(String(instance)),
    });
    const slow = gated('slow');
    const broken = gated('broken');
    const later = jest.fn();
    const running = bootstrap([
      made('first', () => 'first'),
      made('second', () => 'second', ['first']),
      { ...slow.provider, dispose: (instance: unknown) => void disposed.push(String(instance)) },
      broken.provider,
      { provide: 'outside', useValue: 'value', dispose: (instance: unknown) => void disposed.push(String(instance)) },
      made('later', later, ['slow']),
      made('never', later, ['broken']),
    ]).run();
    const outcome = jest.fn();
    running.catch(outcome);
    await settled();
    const error = new Error('broken');
    broken.fail(error);
    await settled();
    expect([outcome.mock.calls, disposed]).toEqual([[], []]);
    slow.open();
    await expect(running).rejects.toBe(error);
    expect(disposed).toEqual(['slow', 'second', 'first']);
    expect(later).not.toHaveBeenCalled();
  });

  test('in a constructor stops what comes after it, and an error of a disposal does not hide it', async () => {
    const after = jest.fn();
    class Failing {
      constructor() {
        throw new Error('constructor');
      }
    }
    const resource = {
      provide: 'resource',
      useFactory: () => 1,
      dispose: () => {
        throw new Error('dispose');
      },
    };
    const { message } = await failureOf(
      rootOf({ providers: [resource, Failing, { provide: 'after', useFactory: after }] }),
    );
    expect(message).toBe('constructor (while creating Failing in Root)');
    expect(after).not.toHaveBeenCalled();
  });

  test('leaves nothing behind: a fresh attempt makes everything anew', async () => {
    let attempts = 0;
    const made: object[] = [];
    const providers: Provider[] = [
      { provide: 'db', useFactory: () => made.push({}) },
      {
        provide: 'flaky',
        useFactory: async () => {
          if (attempts++ === 0) throw new Error('first');
          return 'up';
        },
      },
    ];
    const attempt = bootstrap(providers);
    await expect(attempt.run()).rejects.toThrow('first');
    expect(attempt.pending()).toEqual([]);
    expect((await bootstrap(providers).run()).get('flaky')).toBe('up');
    expect(made).toHaveLength(2);
  });

  test('of a promised import is the original error, which names the importer, and says that a promise is asked once', async () => {
    const original = new Error('no config');
    const error = await failureOf(rootOf({ imports: [Promise.reject(original)] }));
    expect(error).toBe(original);
    expect(error.message).toMatch(
      /^no config \(while awaiting a promised import of Root, which can't be retried, so the next attempt fails as well\./,
    );
    expect(error.message).toContain(
      'Write imports: [forwardRef(() => SettingsModule.load())], which each attempt calls again',
    );
  });

  test('of a promised import behind a reference is not for good: each attempt calls it once', async () => {
    const settings = {
      module: class Settings {},
      providers: [{ provide: 'url', useValue: 'db://' }],
      exports: ['url'],
    };
    const load = jest.fn(async () => settings).mockRejectedValueOnce(new Error('throttled'));
    const inner = { module: class Inner {}, imports: [forwardRef(() => load())], exports: ['url'] };
    const outer = { module: class Outer {}, imports: [forwardRef(async () => inner)] };
    const root = rootOf({
      imports: [outer, forwardRef(() => load())],
      providers: [{ provide: 'asking', useExisting: 'url' }],
    });
    expect((await failureOf(root)).message).toBe('throttled (while awaiting a promised import of Root)');
    load.mockClear();
    expect((await build(root)).get('asking')).toBe('db://');
    // One of each place where it stands.
    expect(load).toHaveBeenCalledTimes(2);
  });

  test('of a reference that makes a module at each call: it is called once an attempt', async () => {
    const make = jest.fn(() => ({ module: class Made {}, imports: [Promise.resolve({ module: class Promised {} })] }));
    await build(rootOf({ imports: [forwardRef(() => make())] }));
    expect(make).toHaveBeenCalledTimes(1);
  });
});
