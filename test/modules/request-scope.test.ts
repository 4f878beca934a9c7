import { Inject, Injectable } from '../../src/decorators/injectable.js';
import { Module } from '../../src/decorators/module.js';
import { Controller } from '../../src/decorators/routes.js';
import { provide, releaseScope } from '../../src/modules/instances/event-scope.js';
import { brand } from '../../src/shared/brand.js';
import { Scope } from '../../src/shared/provider.js';
import { type BuiltIn, build, eventOf, failureOf, gate, rootOf } from './build-container.js';

class User {
  constructor(readonly name: string) {}
}
class Log {}
brand(Log, 'TestLog');
const log = new Log();

const builtIns: BuiltIn[] = [
  { token: User, read: ({ user }) => new User(user) },
  { token: Log, value: log },
];

/** Nothing goes wrong late. */
const fail = (error: unknown): never => {
  throw error;
};

let contexts = 0;

@Injectable({ scope: Scope.REQUEST })
class Context {
  readonly number = ++contexts;
  constructor(readonly user: User) {}
}

@Injectable()
class Shared {
  constructor(@Inject(Log) readonly output: Log) {}
}

@Injectable()
class Left {
  constructor(readonly context: Context) {}
}

@Injectable()
class Right {
  constructor(
    readonly context: Context,
    readonly shared: Shared,
  ) {}
}

@Controller('orders')
class Orders {
  constructor(
    readonly left: Left,
    readonly right: Right,
  ) {}
}

@Controller('static')
class Static {
  constructor(readonly shared: Shared) {}
}

const root = rootOf({ providers: [Context, Right, Left, Shared], controllers: [Orders, Static] });

describe('request scope', () => {
  test('makes one instance an event, for all who depend on it, and bubbles up to the controller', async () => {
    const container = await build(root, { builtIns });
    const [orders] = container.controllers();
    const first = eventOf('ada');
    const ada = (await provide(orders!.provided, first)) as Orders;
    const bob = (await provide(orders!.provided, eventOf('bob'))) as Orders;
    expect(ada.left.context).toBe(ada.right.context);
    expect([ada.left.context.user.name, bob.left.context.user.name]).toEqual(['ada', 'bob']);
    expect(bob.left.context).not.toBe(ada.left.context);
    expect(ada.right.shared).toBe(bob.right.shared);
    expect(await provide(orders!.provided, first)).toBe(ada);
  });

  test('costs nothing where it is not needed: the instance is there, and the event keeps no map', async () => {
    const container = await build(root, { builtIns });
    const fixed = container.controllers().find(({ type }) => type === Static)!;
    const event = eventOf('ada');
    expect(provide(fixed.provided, event)).toEqual({ shared: container.get(Shared) });
    expect(provide(fixed.provided, event)).toBe(provide(fixed.provided, eventOf('bob')));
    expect(event.scoped).toBeUndefined();
    expect(releaseScope(event, fail)).toBeUndefined();
  });

  test('is synchronous where nothing in it is asynchronous', async () => {
    const container = await build(root, { builtIns });
    expect(provide(container.provided(Left, container.root), eventOf('ada'))).toBeInstanceOf(Left);
  });

  test('shares an async creation among those who ask for it at the same time, an event at a time', async () => {
    const { promise, open } = gate();
    const useFactory = jest.fn(async (user: User) => promise.then(() => ({ user: user.name })));
    const session = { provide: 'session', useFactory, inject: [User], scope: Scope.REQUEST };
    const pair = { provide: 'pair', useFactory: (...sessions: unknown[]) => sessions, inject: ['session', 'alias'] };
    const container = await build(
      rootOf({ providers: [session, pair, { provide: 'alias', useExisting: 'session' }] }),
      { builtIns },
    );
    const event = eventOf('ada');
    const asked = [
      container.resolve('pair', event),
      container.resolve('session', event),
      container.resolve('session', eventOf('bob')),
    ];
    open();
    const [both, ada, bob] = (await Promise.all(asked)) as [unknown[], unknown, unknown];
    expect(both).toEqual([ada, ada]);
    expect(both[0]).toBe(ada);
    expect([ada, bob]).toEqual([{ user: 'ada' }, { user: 'bob' }]);
    expect(useFactory).toHaveBeenCalledTimes(2);
    // Once it is there, it is handed over at once.
    expect(provide(container.provided('session', container.root), event)).toBe(ada);
  });

  test('tells everyone of the event when a creation fails, and no other event', async () => {
    const useFactory = async ({ name }: User) => {
      if (name === 'eve') throw new Error('refused');
      return name;
    };
    const container = await build(rootOf({ providers: [{ provide: 's', useFactory, inject: [User] }] }), { builtIns });
    const eve = eventOf('eve');
    await expect(container.resolve('s', eve)).rejects.toThrow('refused');
    await expect(container.resolve('s', eve)).rejects.toThrow('refused');
    await expect(container.resolve('s', eventOf('ada'))).resolves.toBe('ada');
    await releaseScope(eve, fail);
  });

  test('makes a transient below it anew for each, with the event at hand', async () => {
    @Injectable({ scope: Scope.TRANSIENT })
    class Greeting {
      constructor(readonly user: User) {}
    }
    const container = await build(
      rootOf({
        providers: [
          Greeting,
          { provide: 'two', useFactory: (...all: Greeting[]) => all, inject: [Greeting, Greeting] },
        ],
      }),
      { builtIns },
    );
    const [one, other] = await container.resolve<Greeting[]>('two' as never, eventOf('ada'));
    expect([one?.user.name, other?.user.name, one === other]).toEqual(['ada', 'ada', false]);
  });

  test('is not to be had by get, nor without an event when it reads from one', async () => {
    const container = await build(
      rootOf({ providers: [Left, Context, { provide: 'own', useFactory: () => ({}), scope: Scope.REQUEST }] }),
      {
        builtIns,
      },
    );
    expect(() => container.get(Left)).toThrow(
      'Left in Root is request-scoped, so it has no single instance to get: await resolve(Left) instead.',
    );
    await expect(container.resolve(Left)).rejects.toThrow('Left in Root needs User, which exists only during an event');
    expect(await container.resolve('own')).not.toBe(await container.resolve('own'));
  });

  test('recognises a branded built-in of another copy of the package, and gives way to a module of its own', async () => {
    class OtherLog {}
    brand(OtherLog, 'TestLog');
    const asking = { provide: 'asking', useFactory: (it: unknown) => it, inject: [OtherLog] };
    expect((await build(rootOf({ providers: [asking] }), { builtIns })).get('asking')).toBe(log);
    const own = { provide: Log, useValue: 'own' as never };
    expect((await build(rootOf({ providers: [asking, own] }), { builtIns })).get('asking')).toBe('own');
  });

  test('is refused in a module class, which is made once', async () => {
    @Module({ providers: [Context] })
    class PerEventModule {
      constructor(readonly context: Context) {}
    }
    const { message } = await failureOf(PerEventModule, { builtIns });
    expect(message).toContain('The module class PerEventModule depends on Context, which exists once per event');
  });

  test('a controller or a provider says its scope by decorator or provider', async () => {
    @Controller({ path: '', scope: Scope.REQUEST })
    class PerRequest {}
    class Plain {}
    const container = await build(
      rootOf({ controllers: [PerRequest], providers: [{ provide: Plain, useClass: Plain, scope: Scope.REQUEST }] }),
    );
    const [controller] = container.controllers();
    const event = eventOf('ada');
    expect(await provide(controller!.provided, event)).toBe(await provide(controller!.provided, event));
    expect(await provide(controller!.provided, eventOf('bob'))).not.toBe(await provide(controller!.provided, event));
    expect(await container.resolve(Plain, event)).not.toBe(await container.resolve(Plain, eventOf('bob')));
  });
});

describe('the end of an event', () => {
  test('disposes of what was made for it, last first, by dispose or as a disposable', async () => {
    const ended: string[] = [];
    class Disposable {
      constructor(readonly name: string) {}
      [Symbol.dispose]() {
        ended.push(this.name);
      }
    }
    const scope = Scope.REQUEST;
    const providers = [
      { provide: 'first', useFactory: () => new Disposable('first'), scope },
      {
        provide: 'async',
        useFactory: async () => ({ [Symbol.asyncDispose]: async () => void ended.push('async') }),
        scope,
        inject: ['first'],
      },
      {
        provide: 'last',
        useFactory: () => 'last',
        scope,
        inject: ['async'],
        dispose: (name: string) => void ended.push(name),
      },
      { provide: 'alias', useExisting: 'last' },
      { provide: 'unused', useFactory: () => new Disposable('unused'), scope },
    ];
    const container = await build(rootOf({ providers: providers as never }));
    const event = eventOf('ada');
    await container.resolve('alias', event);
    await releaseScope(event, fail);
    await releaseScope(event, fail);
    expect(ended).toEqual(['last', 'async', 'first']);
  });

  test('waits for what is still being made, and tries everything before it throws', async () => {
    const { promise, open } = gate();
    const ended: unknown[] = [];
    const failing = (name: string) => (): void => {
      ended.push(name);
      throw new Error(name);
    };
    const scope = Scope.REQUEST;
    const providers = [
      { provide: 'slow', useFactory: () => promise.then(() => 1), scope, dispose: failing('slow') },
      { provide: 'quick', useFactory: () => 2, scope, dispose: failing('quick') },
    ];
    const container = await build(rootOf({ providers }));
    const event = eventOf('ada');
    void container.resolve('slow', event);
    void container.resolve('quick', event);
    const released = releaseScope(event, fail);
    open();
    await expect(released).rejects.toMatchObject({
      errors: [{ message: expect.stringMatching(/^slow/) }, { message: expect.stringMatching(/^quick/) }],
    });
    // It was made last, however early it was asked for.
    expect(ended).toEqual(['slow', 'quick']);
  });
});
