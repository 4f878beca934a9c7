import '../../src/metadata/reflection.js';
import {
  autoInjectable,
  container as globalContainer,
  delay,
  inject,
  injectable,
  instanceCachingFactory,
  Lifecycle,
  registry,
  scoped,
  singleton,
} from 'tsyringe';
import {
  OnDynamoDb,
  OnEvent,
  OnEventBridge,
  OnKafka,
  OnKinesis,
  OnMq,
  OnS3,
  OnSchedule,
  OnSns,
  OnSqs,
  OnWebSocket,
} from '../../src/decorators/consumers.js';
import { Catch, UseFilters } from '../../src/decorators/enhancers.js';
import { Inject, Injectable, Optional } from '../../src/decorators/injectable.js';
import { Global, Module } from '../../src/decorators/module.js';
import { createParamDecorator } from '../../src/decorators/parameters.js';
import { Controller, Get, Header, HttpCode, Post, Redirect, Version } from '../../src/decorators/routes.js';
import { lazy, type ModuleMetadata } from '../../src/shared/module.js';
import { Scope } from '../../src/shared/provider.js';
import { forwardRef } from '../../src/shared/token.js';
import type { Constructor } from '../../src/shared/types.js';
import { build, failureOf, rootOf } from './build-container.js';

// What a declaration says and nobody reads would be in force elsewhere: it is refused at the start, with its place.

class Anything {}

const factory = () => 1;

type Loose = { [key in keyof ModuleMetadata]: unknown } & Record<string, unknown>;

async function messageFor(metadata: Loose): Promise<string> {
  const error = await failureOf(rootOf(metadata as ModuleMetadata));
  expect(error.name).toBe('BootstrapError');
  return error.message;
}

describe('a module', () => {
  @Module({})
  class Reports {
    static forRoot() {
      return { module: Reports };
    }
  }

  test('has no other members than its own', async () => {
    @Module({ provider: [Anything] } as never)
    class Misspelt {}
    expect(await messageFor({ imports: [Misspelt] })).toBe(
      'Unknown in @Module on Misspelt: provider. It takes imports, controllers, providers, exports.',
    );
    expect(await messageFor({ imports: [{ module: Reports, globals: true }] })).toBe(
      'Unknown in imports[0] of Root, a dynamic module of Reports: globals. It takes module, global, imports, controllers, providers, exports.',
    );
  });

  test.each(['imports', 'controllers', 'providers', 'exports'])('has lists: %s', async (member) => {
    for (const value of [Anything, {}, 'a', null]) {
      @Module({ [member]: value } as never)
      class Single {}
      expect(await messageFor({ imports: [Single] })).toMatch(
        new RegExp(`^@Module on Single: ${member} is .*; it takes a list\\.$`),
      );
      expect(await messageFor({ imports: [{ module: Reports, [member]: value }] })).toMatch(
        new RegExp(`${member} is .*; it takes a list\\.$`),
      );
    }
    @Module(null as never)
    class Nothing {}
    expect(await messageFor({ imports: [Nothing] })).toContain('@Module on Nothing must be an object with imports');
    expect(await messageFor({ imports: [{ module: Reports, global: 'yes' }] })).toContain(
      'global is yes; it takes true or false.',
    );
  });

  test('is what a function gives, and not the function', async () => {
    expect(await messageFor({ imports: [Reports.forRoot] })).toBe(
      'imports[0] of Root is the function forRoot: call it, as in imports: [forRoot()].',
    );
    expect(await messageFor({ imports: [() => Reports] })).toContain('imports[0] of Root is the function ');
    // oxlint-disable-next-line prefer-arrow-callback -- such a one has a prototype.
    expect(
      await messageFor({
        imports: [
          function load() {
            return Reports;
          },
        ],
      }),
    ).toContain('is the function load: call it');
    expect(await messageFor({ imports: [Anything] })).toContain(
      'imports[0] of Root is Anything, which is not a module',
    );
  });

  test('stands among imports, as a class and as a dynamic one', async () => {
    expect(await messageFor({ providers: [Reports.forRoot()] })).toBe(
      'providers[0] of Root is a dynamic module of Reports: move it to imports.',
    );
    expect(await messageFor({ controllers: [Reports.forRoot()] })).toBe(
      'controllers[0] of Root is a dynamic module of Reports: move it to imports.',
    );
    expect(await messageFor({ providers: [Promise.resolve(Reports)] })).toContain('providers[0] of Root is a promise');
    expect(await messageFor({ controllers: [undefined] })).toContain(
      'controllers[0] of Root is undefined. Two files that import each other',
    );
  });

  test('is told from no module by what lazy and forwardRef are given', () => {
    for (const wrong of [Reports, undefined, 'reports']) {
      expect(() => forwardRef(wrong as never)).toThrow(
        'forwardRef takes a function that returns the class, as in forwardRef(() => OrdersService).',
      );
    }
    expect(() => lazy('reports', Promise.resolve(Reports) as never)).toThrow(/^lazy takes a prefix and a function/);
    expect(() => lazy(undefined as never, () => Reports)).toThrow(/^lazy takes a prefix and a function/);
  });

  test('may be global, by its decorator or as a dynamic one', async () => {
    @Global()
    @Module({ providers: [], exports: [] })
    class Config {}
    await build(rootOf({ imports: [Config, { module: Reports, global: true, providers: [Anything] }] }));
  });
});

@Module({})
class AModule {}

@Controller()
class AController {}

describe('a provider', () => {
  test.each([
    ['an empty text', ''],
    ['a number', 1],
    ['an object', {}],
    ['a list', ['A']],
    ['an arrow function', () => Anything],
  ])('is not provided under %s', async (_, provide) => {
    expect(await messageFor({ providers: [{ provide, useValue: 1 }] })).toContain(
      'it takes a class, an InjectionToken, a string or a symbol.',
    );
  });

  test.each([
    [
      { provide: 'A', useClass: Anything, inject: [] },
      'Unknown in a provider with useClass: inject. It takes provide, useClass, scope, dispose, multi.',
    ],
    [{ provide: 'A', useValue: 1, scope: Scope.REQUEST }, 'Unknown in a provider with useValue: scope.'],
    [{ provide: 'A', useExisting: 'B', multi: 'yes' }, 'multi'],
    [{ provide: 'A', useFactory: factory, injects: [] }, 'Unknown in a provider with useFactory: injects.'],
    [
      { provide: 'A', useClass: Anything, durable: true },
      'durable. It takes provide, useClass, scope, dispose, multi. Lambent has no durable providers',
    ],
    [{ provide: 'A', useToken: 'B' }, "this one has none. tsyringe's useToken is called useExisting here."],
    [
      { provide: 'A', useClass: Anything, scope: 'REQUEST' },
      "scope is REQUEST; it takes Scope.DEFAULT, Scope.REQUEST or Scope.TRANSIENT of 'lambent'.",
    ],
    [{ provide: 'A', useFactory: factory, scope: 2 }, 'scope is 2; it takes Scope.DEFAULT'],
    [{ provide: 'A', useFactory: factory, scope: undefined }, 'scope is undefined; it takes Scope.DEFAULT'],
    [
      {
        provide: 'A',
        useFactory: function* () {
          yield 1;
        },
      },
      'useFactory is a function; it takes a function that returns the value',
    ],
    [
      {
        provide: 'A',
        useFactory: async function* () {
          yield 1;
        },
      },
      'useFactory is a function; it takes a function that returns the value',
    ],
    [{ provide: 'A', useFactory: Anything }, 'useFactory is a function; it takes a function that returns the value'],
    [
      { provide: 'A', useValue: Promise.resolve(1) },
      'useValue is a promise; it takes an existing value; for a promise',
    ],
    [{ provide: 'A', useClass: AModule }, 'useClass is AModule, which is a module: move it to imports.'],
    [
      { provide: 'A', useClass: AController },
      'useClass is AController, which is a controller: move it to controllers.',
    ],
    [
      { provide: 'A', useFactory: (b: unknown) => b, inject: [{ token: undefined, optional: true }] },
      'inject[0]: token is undefined',
    ],
    [
      { provide: 'A', useFactory: (b: unknown) => b, inject: [{ token: 'B', optional: 'yes' }] },
      'Inject[0]: optional is yes; it takes true or false.',
    ],
    [{ provide: 'A', useFactory: factory, scope: null }, 'scope is null; it takes Scope.DEFAULT'],
    [{ provide: 'A', useFactory: factory, inject: 'B' }, 'inject is B; it takes a list.'],
    [{ provide: 'A', useValue: 1, dispose: 'close' }, 'dispose is close; it takes a function.'],
    [{ provide: 'A', useClass: () => 1 }, 'useClass is a function; it takes a class.'],
    [
      { provide: 'A', useFactory: (db: unknown) => db },
      'useFactory takes 1 argument, but inject names none: name a token for each in inject.',
    ],
    [
      { provide: 'A', useFactory: (a: unknown, b: unknown) => [a, b], inject: ['B'] },
      'useFactory takes 2 arguments, but inject names 1:',
    ],
    [
      { provide: 'A', useFactory: instanceCachingFactory((c) => c.resolve(Anything)) },
      'Unlike tsyringe, Lambent passes no container.',
    ],
  ])('%j is refused with its place', async (entry, message) => {
    const said = await messageFor({ providers: [Anything, entry, { provide: 'B', useValue: 1 }] });
    expect(said).toContain('providers[1] of Root ("A"): ');
    expect(said).toContain(message);
  });

  test('is taken with what its factory has defaults for, and in every scope', async () => {
    await build(
      rootOf({ providers: [{ provide: 'A', useFactory: (a: unknown = 1, ...more: unknown[]) => [a, more] }] }),
    );
    for (const scope of Object.values(Scope))
      await build(rootOf({ providers: [{ provide: 'A', useClass: Anything, scope }] }));
  });

  test.each([
    [
      { scope: 2 },
      "Orders: @Injectable: scope is 2; it takes Scope.DEFAULT, Scope.REQUEST or Scope.TRANSIENT of 'lambent'.",
    ],
    [{ scope: 'REQUEST' }, 'Orders: @Injectable: scope is REQUEST; it takes'],
    [{ durable: true }, 'Orders: Unknown in @Injectable: durable. It takes scope.'],
    [{ scope: Scope.REQUEST, providedIn: 'root' }, 'Orders: Unknown in @Injectable: providedIn. It takes scope.'],
    ['singleton', 'Orders: @Injectable must be an object with scope, not singleton.'],
    [{ scope: undefined }, 'Orders: @Injectable: scope is undefined; it takes'],
  ])('whose @Injectable is given %j is refused, wherever it is listed', async (options, message) => {
    @Injectable(options as never)
    class Orders {}
    class Heir extends Orders {}
    for (const metadata of [{ providers: [Orders] }, { providers: [{ provide: 'x', useClass: Orders }] }]) {
      expect(await messageFor(metadata)).toContain(message);
    }
    expect(await messageFor({ providers: [Heir] })).toContain(message.replace('Orders', 'Heir'));
  });
});

test('two @Injectable() say one scope, whichever of them says it', async () => {
  @Injectable()
  @Injectable({ scope: Scope.REQUEST })
  class Above {}
  @Injectable({ scope: Scope.REQUEST })
  @Injectable()
  class Below {}
  const container = await build(rootOf({ providers: [Above, Below] }));
  for (const type of [Above, Below]) expect(() => container.get(type)).toThrow();
  @Injectable({ scope: Scope.REQUEST })
  @Injectable({ scope: Scope.TRANSIENT })
  class Both {}
  expect(await messageFor({ providers: [Both] })).toBe('Both: two @Injectable() decorators have different scopes.');
});

describe('@Inject', () => {
  test('without its token is no injection by type', async () => {
    class InConstructor {
      constructor(@Inject(undefined) readonly db: Anything) {}
    }
    class OnProperty {
      @Inject(undefined) db!: Anything;
    }
    @Controller()
    class InMethod {
      @Get() list(@Inject(null as never) db: Anything) {
        return db;
      }
    }
    const because = 'the token is missing. Two files that import each other cause this';
    expect(await messageFor({ providers: [Anything, InConstructor] })).toContain(
      `InConstructor: @Inject(undefined) on constructor parameter 1: ${because}`,
    );
    expect(await messageFor({ providers: [Anything, OnProperty] })).toContain(
      `OnProperty: @Inject(undefined) on property db: ${because}`,
    );
    expect(await messageFor({ providers: [Anything], controllers: [InMethod] })).toContain(
      `InMethod.list: @Inject(null) on parameter 1: ${because}`,
    );
  });

  test("of tsyringe's is none either", async () => {
    class InConstructor {
      constructor(@inject(undefined as never) readonly db: Anything) {}
    }
    expect(await messageFor({ providers: [Anything, InConstructor] })).toContain(
      'InConstructor: @inject(undefined) on constructor parameter 1: the token is undefined.',
    );
  });

  test("of NestJS's REQUEST is refused where it is optional, too", async () => {
    class Given {
      constructor(@Optional() @Inject('REQUEST') readonly given?: object) {}
    }
    expect(await messageFor({ providers: [Given] })).toContain("NestJS's REQUEST");
  });

  test('without arguments is', async () => {
    class OnProperty {
      @Inject() db!: Anything;
    }
    expect((await build(rootOf({ providers: [Anything, OnProperty] }))).get(OnProperty).db).toBeInstanceOf(Anything);
  });
});

const routed = (decorate: (type: Constructor) => void): Constructor => {
  class Orders {
    list() {}
  }
  decorate(Orders);
  return Orders;
};
const method = (decorator: MethodDecorator) =>
  routed(({ prototype }) =>
    decorator(prototype as object, 'list', Object.getOwnPropertyDescriptor(prototype, 'list')!),
  );

describe('a controller', () => {
  test.each<[string, Constructor, string]>([
    [
      '@Controller({ host })',
      routed(Controller({ host: 'admin.example.com' } as never)),
      'Orders: Unknown in @Controller: host. It takes path, version, consumes, scope.',
    ],
    ['@Controller(5)', routed(Controller(5 as never)), 'Orders: @Controller: path is 5; it takes text, or a list'],
    ['@Controller(null)', routed(Controller(null as never)), 'Orders: @Controller: path is null'],
    ['@Controller([undefined])', routed(Controller(['a', undefined as never])), 'Orders: @Controller: path is a list'],
    ['@Controller({ scope: 1 })', routed(Controller({ scope: 1 as never })), 'Orders: @Controller: scope is 1'],
    [
      '@Controller({ version: 1 })',
      routed(Controller({ version: 1 as never })),
      'Orders: @Controller: version is 1; it takes text',
    ],
    ['@Get(5)', method(Get(5 as never)), 'Orders.list: @Get: path is 5'],
    ['@Get({ path })', method(Get({ path: 'a' } as never)), 'Orders.list: @Get: path is an object'],
    [
      '@Post with another option',
      method(Post('/', { statusCode: 201 } as never)),
      'Orders.list: Unknown in the options of @Post: statusCode. It takes status, consumes.',
    ],
    [
      '@Post with a status of text',
      method(Post('/', { status: '201' as never })),
      'Orders.list: The options of @Post: status is 201; it takes a whole number from 200 to 599.',
    ],
    [
      '@Post with a status that is none',
      method(Post('/', { status: 42 })),
      'Orders.list: The options of @Post: status is 42',
    ],
    [
      '@Post with a pipe as options',
      method(Post('/', 'a' as never)),
      'Orders.list: The options of @Post must be an object with status, consumes, not a.',
    ],
    [
      '@HttpCode',
      method(HttpCode('204' as never)),
      'Orders.list: @HttpCode: statusCode is 204; it takes a whole number',
    ],
    [
      '@HttpCode without one',
      method(HttpCode(undefined as never)),
      'Orders.list: @HttpCode: statusCode is undefined; it takes a whole number',
    ],
    [
      '@Header with a bad name',
      method(Header('x y', 'a')),
      'Orders.list: @Header: name is x y; it takes the name of a header',
    ],
    [
      '@Header without a value',
      method(Header('x', undefined as never)),
      'Orders.list: @Header: value is undefined; it takes text.',
    ],
    [
      '@Redirect to nowhere',
      method(Redirect(undefined as never)),
      'Orders.list: @Redirect: location is undefined; it takes text.',
    ],
    [
      '@Redirect with another status',
      method(Redirect('/', 200)),
      'Orders.list: @Redirect: statusCode is 200; it takes 301 or 302 or 303 or 307 or 308.',
    ],
    ['@Version(1)', method(Version(1 as never)), 'Orders.list: @Version: version is 1; it takes text'],
  ])('with %s is refused', async (_, type, message) => {
    expect(await messageFor({ controllers: [type] })).toContain(message);
  });

  test('is told all of its mistakes at once', async () => {
    @Controller({ hosts: [] } as never)
    class Orders {
      @Get(1 as never) @HttpCode(1) list() {}
    }
    expect((await messageFor({ controllers: [Orders] })).split('\n')).toHaveLength(3);
  });

  test('with a parameter decorator that was made of no function is refused', async () => {
    const User = createParamDecorator({ user: true } as never);
    @Controller()
    class Orders {
      @Get() list(@User() user: unknown) {
        return user;
      }
    }
    expect(await messageFor({ controllers: [Orders] })).toBe(
      'Orders.list: parameter 1: createParamDecorator was given an object; it takes a function of data and context.',
    );
  });
});

describe('a filter', () => {
  test.each([[undefined], [null], ['Error'], [404], [new Error('instance')], [() => Error]])(
    'that catches %p is refused, as a class and as an instance',
    async (type) => {
      @Catch(Error, type as never)
      class Filter {
        catch() {}
      }
      for (const filter of [Filter, new Filter()]) {
        @Controller()
        class Orders {
          @Get() @UseFilters(filter) list() {}
        }
        expect(await messageFor({ controllers: [Orders] })).toContain('Filter: argument 2 of @Catch is ');
      }
      expect(await messageFor({ providers: [Filter] })).toContain('it takes error classes.');
    },
  );
});

describe("tsyringe's", () => {
  @scoped(Lifecycle.ContainerScoped)
  class Session {}
  @scoped(Lifecycle.ResolutionScoped)
  class Step {}
  @scoped(Lifecycle.ContainerScoped, 'session')
  class Named {}

  test.each([
    [Session, 'ContainerScoped'],
    [Step, 'ResolutionScoped'],
    [Named, 'ContainerScoped'],
  ])('@scoped is refused, wherever the class is listed: %p', async (type, lifecycle) => {
    const message = `${type.name} has tsyringe's @scoped(Lifecycle.${lifecycle}), which has no counterpart here: write @Injectable({ scope: Scope.REQUEST })`;
    expect(await messageFor({ providers: [type] })).toContain(message);
    expect(await messageFor({ providers: [{ provide: 'x', useClass: type }] })).toContain(message);
    @Controller()
    @UseFilters(type as never)
    class Orders {
      @Get() list() {}
    }
    expect(await messageFor({ controllers: [Orders] })).toContain(message);
  });

  test('@scoped beside a scope of Lambent is that scope', async () => {
    @Injectable({ scope: Scope.REQUEST })
    @scoped(Lifecycle.ContainerScoped)
    class Both {}
    const container = await build(rootOf({ providers: [Both] }));
    expect(await container.resolve(Both)).not.toBe(await container.resolve(Both));
  });

  test('@singleton is one for all', async () => {
    @singleton()
    class One {}
    const container = await build(rootOf({ providers: [One] }));
    expect(await container.resolve(One)).toBe(container.get(One));
  });

  test('@registry and @injectable({ token }) register where nobody asks: what needs it is refused, an optional one too', async () => {
    @registry([{ token: 'limit', useValue: 3 }])
    class Registering {}
    @injectable({ token: 'clock' })
    class Clock {}
    class Asking {
      constructor(@inject('limit') readonly limit: number) {}
    }
    class Optionally {
      constructor(@Optional() @Inject('clock') readonly clock?: Clock) {}
    }
    const providers = [Registering, Clock];
    const message =
      /nothing visible in Root provides it\. tsyringe's global container has it, by @registry or the like, but Lambent does not use that container: add "(limit|clock)" to the providers of Root\./;
    expect(await messageFor({ providers: [...providers, Asking] })).toMatch(message);
    expect(await messageFor({ providers: [...providers, Optionally] })).toMatch(message);
    await build(
      rootOf({
        providers: [
          ...providers,
          Asking,
          Optionally,
          { provide: 'limit', useValue: 1 },
          { provide: 'clock', useExisting: Clock },
        ],
      }),
    );
  });

  test('@autoInjectable is given what the modules provide, and asks no other container', async () => {
    class Clock {
      readonly of: string = 'a module';
    }
    class Foreign extends Clock {
      override readonly of = 'the global container';
    }
    globalContainer.register(Clock as never, { useClass: Foreign });
    @autoInjectable()
    class Orders {
      constructor(readonly clock?: Clock) {}
    }
    const container = await build(rootOf({ providers: [Clock, Orders] }));
    expect(container.get(Orders).clock?.of).toBe('a module');
    expect(await messageFor({ providers: [Orders] })).toContain('Clock (constructor parameter 1');
  });

  test('@inject on a parameter of a method is refused, for what is there is bound by its type', async () => {
    @Controller()
    class Orders {
      @Get() list(@inject('DB') db: Anything) {
        return db;
      }
    }
    expect(await messageFor({ controllers: [Orders] })).toBe(
      "Orders has tsyringe's @inject on a method parameter, where it has no effect: write @Inject() of 'lambent'.",
    );
  });

  test('delay() is a forward reference under @Inject, too', async () => {
    class Left {
      constructor(@Inject(delay(() => Right) as never) readonly right: unknown) {}
    }
    class Right {
      constructor(@Inject(Left) readonly left: Left) {}
    }
    const container = await build(rootOf({ providers: [Left, Right] }));
    expect(container.get(Left).right).toBe(container.get(Right));
  });
});

const messageOf = async (decorate: MethodDecorator) => {
  class Consumer {
    @decorate
    take() {}
  }
  // Of a provider and of a controller.
  const said = await messageFor({ providers: [Consumer] });
  expect(await messageFor({ controllers: [Consumer] })).toBe(said);
  return said;
};

describe('a consumer', () => {
  const named = { OnSqs, OnSns, OnMq, OnDynamoDb, OnKinesis, OnKafka, OnSchedule };
  const attributes = {
    OnSqs: 'queue',
    OnSns: 'topic',
    OnMq: 'queue',
    OnDynamoDb: 'table',
    OnKinesis: 'stream',
    OnKafka: 'topic',
    OnSchedule: 'rule',
  };
  describe.each(Object.entries(named))('with @%s', (decorator, On) => {
    const attribute = attributes[decorator as keyof typeof attributes];

    test.each<[unknown, string]>([
      ['', "''; it takes a name, or omit it to take all of them."],
      [' ', "' '; it takes a name"],
      [
        'arn:aws:sqs:eu-central-1:123456789012:orders',
        '"arn:aws:sqs:eu-central-1:123456789012:orders"; it takes only the name, as in \'orders\'.',
      ],
      ['arn:aws:dynamodb:eu-central-1:123456789012:table/orders', "it takes only the name, as in 'orders'."],
      ['https://sqs.eu-central-1.amazonaws.com/123456789012/orders', "it takes only the name, as in 'orders'."],
      [5, '5; it takes a name.'],
      [null, 'null; it takes a name.'],
      [['a', 'b'], 'a list; it takes a name.'],
      // For @OnSchedule, an object says when it runs, which the application checks.
      ...(decorator === 'OnSchedule'
        ? []
        : [[{ queue: 'orders' }, 'an object; it takes a name.'] as [unknown, string]]),
      [undefined, "undefined. Omit it or write '*' to take all of them"],
    ])('of the name %p is refused', async (name, message) => {
      const said = await messageOf(On(name as never));
      expect(said).toMatch(new RegExp(`^Consumer\\.take: @${decorator}: the ${attribute} is `));
      expect(said).toContain(message);
      if (name !== undefined) expect(await messageOf(On(name as never, { batch: true }))).toBe(said);
    });

    test('takes all of them without a name, and a pattern', async () => {
      for (const decorate of [On(), On('*'), On('orders-*'), On(undefined, { batch: true })]) {
        class Consumer {
          @decorate
          take() {}
        }
        await build(rootOf({ providers: [Consumer] }));
      }
    });
  });

  test.each<[string, () => MethodDecorator, string]>([
    ['a bucket that is not there', () => OnS3({ bucket: undefined as never }), '@OnS3: the bucket is undefined.'],
    ['the ARN of a bucket', () => OnS3({ bucket: 'arn:aws:s3:::uploads' }), "as in 'uploads'"],
    ['no event', () => OnS3({ event: '' }), "@OnS3: the event is ''"],
    ['several sources', () => OnEventBridge({ source: ['a', 'b'] as never }), '@OnEventBridge: the source is a list'],
    [
      'no detail type',
      () => OnEventBridge({ detailType: undefined as never }),
      '@OnEventBridge: the detailType is undefined',
    ],
    ['no route', () => OnWebSocket(undefined as never), '@OnWebSocket: the route is undefined'],
    ['an empty route', () => OnWebSocket(''), "@OnWebSocket: the route is ''"],
    [
      'no predicate',
      () => OnEvent(undefined as never),
      '@OnEvent was given undefined: it takes a synchronous function',
    ],
    ['a text for a predicate', () => OnEvent('PreSignUp' as never), '@OnEvent was given a string'],
    [
      'an async predicate',
      () => OnEvent((async () => false) as never),
      '@OnEvent: the predicate is an async function, which is not awaited',
    ],
    [
      'a batch that is neither',
      () => OnSqs('orders', { batch: 'yes' as never }),
      '@OnSqs: batch is yes; it takes true or false.',
    ],
  ])('with %s is refused', async (_, decorate, message) => {
    expect(await messageOf(decorate())).toContain(`Consumer.take: ${message.startsWith('as') ? '@OnS3' : message}`);
  });
});
