import { Inject, Injectable, Optional } from '../../src/decorators/injectable.js';
import { Global, Module } from '../../src/decorators/module.js';
import { Controller } from '../../src/decorators/routes.js';
import { Scope } from '../../src/shared/provider.js';
import { forwardRef, type Ref } from '../../src/shared/token.js';
import type { Constructor } from '../../src/shared/types.js';
import { build, eventOf, failureOf, gate, rootOf, settled, type TestScope } from './build-container.js';

// What NestJS's own suites of injector, scopes and hooks try, in our words: where we are stricter, that is said.

const EVENTS = 300;

describe('instances of events that overlap', () => {
  class User {
    constructor(readonly name: string) {}
  }
  const builtIns = [{ token: User, read: ({ user }: TestScope) => new User(user) }];

  @Injectable({ scope: Scope.REQUEST })
  class Reader {
    constructor(readonly user: User) {}
  }
  @Injectable()
  class Bubbled {
    constructor(
      @Inject('async') readonly payload: { name: string },
      readonly reader: Reader,
    ) {}
  }

  function overlapping() {
    const { promise, open } = gate();
    const useFactory = async ({ user: { name } }: Reader) => {
      await promise;
      return { name };
    };
    return { open, provider: { provide: 'async', scope: Scope.REQUEST, inject: [Reader], useFactory } };
  }

  test('are apart, bubbled ones as well', async () => {
    const { open, provider } = overlapping();
    const container = await build(rootOf({ providers: [Reader, Bubbled, provider] }), { builtIns });
    const events = Array.from({ length: EVENTS }, (_, index) => eventOf(`user ${index}`));
    const asked = events.map((event) => container.resolve(Bubbled, event));
    await settled();
    open();
    const made = await Promise.all(asked);
    expect(new Set(made).size).toBe(EVENTS);
    for (const [index, { payload, reader }] of made.entries()) {
      expect([payload.name, reader.user.name]).toEqual([`user ${index}`, `user ${index}`]);
    }
  });

  test('are one within an event, however many ask at the same time', async () => {
    const { open, provider } = overlapping();
    const container = await build(rootOf({ providers: [Reader, Bubbled, provider] }), { builtIns });
    const event = eventOf('ada');
    const asked = Array.from({ length: EVENTS }, () => container.resolve(Bubbled, event));
    open();
    expect(new Set(await Promise.all(asked)).size).toBe(1);
  });
});

describe('transients', () => {
  let made = 0;
  beforeEach(() => (made = 0));

  @Injectable({ scope: Scope.TRANSIENT })
  class Logger {
    readonly number = ++made;
  }
  @Injectable({ scope: Scope.TRANSIENT })
  class Nested {
    constructor(readonly logger: Logger) {}
  }
  @Injectable()
  class First {
    constructor(
      readonly nested: Nested,
      readonly logger: Logger,
    ) {}
  }
  @Controller()
  class Second {
    constructor(readonly nested: Nested) {}
  }

  test('are made at the start for singletons only, one for each place that asks, and again for each who resolves', async () => {
    const container = await build(rootOf({ providers: [Logger, Nested, First], controllers: [Second] }));
    const first = container.get(First);
    expect(made).toBe(3);
    expect(first.nested.logger).not.toBe(first.logger);
    const [one, two] = [await container.resolve(Nested), await container.resolve(Nested)];
    expect(new Set([one, two, one.logger, two.logger]).size).toBe(4);
  });
});

const mixin = (): Constructor<object> => {
  class Mixed {
    constructor(@Optional() @Inject('option') readonly option?: string) {}
  }
  return Mixed as Constructor<object>;
};

describe('inheritance', () => {
  @Injectable()
  class Needed {}
  test('a child with a constructor of its own has nothing of the optional dependencies of its parent', async () => {
    @Injectable()
    class Service extends mixin() {
      constructor(readonly needed: Needed) {
        super();
      }
    }
    expect((await failureOf(rootOf({ providers: [Service] }))).message).toContain('Service in Root needs Needed');
    expect((await build(rootOf({ providers: [Service, Needed] }))).get(Service).needed).toBeInstanceOf(Needed);
  });

  test('a child takes properties of its parents, and its own word for one of them', async () => {
    class Grandparent {
      @Inject('a') first!: string;
      @Inject('b') second!: string;
    }
    class Parent extends Grandparent {
      @Inject('c') override second!: string;
    }
    class Child extends Parent {}
    const values = ['a', 'b', 'c'].map((provide) => ({ provide, useValue: provide }));
    const { first, second } = (await build(rootOf({ providers: [Child, ...values] }))).get(Child);
    expect([first, second]).toEqual(['a', 'c']);
  });
});

describe('circles', () => {
  test('of properties are closed in modules that import each other, whoever comes first', async () => {
    @Injectable()
    class Left {
      @Inject(forwardRef(() => Right)) readonly right!: Ref<Right>;
    }
    @Injectable()
    class Right {
      @Inject(forwardRef(() => Left)) readonly left!: Ref<Left>;
    }
    @Module({ imports: [forwardRef(() => RightModule)], providers: [Left], exports: [Left] })
    class LeftModule {}
    @Module({ imports: [forwardRef(() => LeftModule)], providers: [Right], exports: [Right] })
    class RightModule {}
    for (const root of [LeftModule, RightModule]) {
      const container = await build(root);
      expect(container.get(Left).right).toBe(container.get(Right));
      expect(container.get(Right).left).toBe(container.get(Left));
    }
  });

  test('of three are closed by one forwardRef', async () => {
    @Injectable()
    class One {
      constructor(@Inject(forwardRef(() => Two)) readonly two: Ref<Two>) {}
    }
    @Injectable()
    class Two {
      constructor(@Inject(forwardRef(() => Three)) readonly three: Ref<Three>) {}
    }
    @Injectable()
    class Three {
      constructor(readonly one: One) {}
    }
    for (const providers of [
      [One, Two, Three],
      [Three, Two, One],
      [Two, One, Three],
    ]) {
      const container = await build(rootOf({ providers: providers as Constructor[] }));
      const one = container.get(One);
      expect([one.two, one.two.three, one.two.three.one]).toEqual([container.get(Two), container.get(Three), one]);
      expect(one.two).toBe(container.get(Two));
      expect(one.two.three.one).toBe(one);
    }
  });

  test('of a class that is provided as another are refused, by both names', async () => {
    class Port {}
    @Injectable()
    class User {
      constructor(readonly port: Port) {}
    }
    @Injectable()
    class Adapter {
      constructor(readonly user: User) {}
    }
    const { message } = await failureOf(rootOf({ providers: [User, { provide: Port, useClass: Adapter }] }));
    expect(message).toContain('User in Root → Port in Root → User in Root');
  });

  test('in what a dynamic module was given are nobody’s business', async () => {
    const options: Record<string, unknown> = { name: 'loop' };
    options['self'] = options;
    const dynamic = {
      module: class Dynamic {},
      providers: [{ provide: 'options', useValue: options }],
      exports: ['options'],
    };
    expect((await build(rootOf({ imports: [dynamic, { ...dynamic }] }))).get('options')).toBe(options);
  });
});

describe('global modules', () => {
  test('see each other, however many they are and in whatever sequence they are imported', async () => {
    const globals = Array.from({ length: 20 }, (_, index) => {
      const next = (index + 7) % 20;
      const own = { provide: `own${index}`, useFactory: () => index };
      const sum = {
        provide: `sum${index}`,
        useFactory: (mine: number, other: number) => mine + other,
        inject: [`own${index}`, `own${next}`],
      };
      class Part {}
      Module({ providers: [own, sum], exports: [`own${index}`] })(Part);
      Global()(Part);
      return Part;
    });
    const container = await build(rootOf({ imports: globals }));
    expect(container.get<number>('sum15' as never)).toBe(17);
    await container.init();
    await container.close();
  });
});

describe('hooks', () => {
  test.each([null, undefined, 'text', 7])('that are %p are none', async (hook) => {
    const useValue = {
      onModuleInit: hook,
      onApplicationBootstrap: hook,
      onModuleDestroy: hook,
      onApplicationShutdown: hook,
    };
    const container = await build(rootOf({ providers: [{ provide: 'value', useValue }] }));
    await container.init();
    await container.close();
  });

  test('of an injected enhancer and of a controller are called as well, after what they depend on', async () => {
    const calls: string[] = [];
    class Db {
      onModuleInit() {
        calls.push('+Db');
      }
      onModuleDestroy() {
        calls.push('-Db');
      }
    }
    @Injectable()
    class Guard extends Db {
      constructor(readonly db: Db) {
        super();
      }
      canActivate = () => true;
      override onModuleInit() {
        calls.push('+Guard');
      }
      override onModuleDestroy() {
        calls.push('-Guard');
      }
    }
    const container = await build(rootOf({ providers: [Db] }), { rootInjectables: [Guard] });
    await container.init();
    await container.close();
    expect(calls).toEqual(['+Db', '+Guard', '-Guard', '-Db']);
  });
});
