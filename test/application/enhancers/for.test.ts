import { LambdaApplication } from '../../../src/application/lambda-application.js';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '../../../src/contracts/app-tokens.js';
import { OnAuthorize, OnSqs } from '../../../src/decorators/consumers.js';
import { Catch, For, UseFilters, UseGuards, UseInterceptors, UsePipes } from '../../../src/decorators/enhancers.js';
import { Injectable } from '../../../src/decorators/injectable.js';
import { Module } from '../../../src/decorators/module.js';
import { Body } from '../../../src/decorators/parameters.js';
import { Get, Post } from '../../../src/decorators/routes.js';
import { recordAdapters } from '../../../src/events/detection/record-adapters.js';
import { directInvocation } from '../../../src/events/direct-invocation.js';
import { EVENT_KINDS, type EventKind, eventTypes } from '../../../src/shared/event-types.js';
import { type Provider, Scope } from '../../../src/shared/provider.js';
import type { Constructor } from '../../../src/shared/types.js';
import { events } from '../../../src/testing/events.js';
import { fakeContext } from '../../../src/testing/fake-context.js';
import { Test } from '../../../src/testing/testing-module-builder.js';
import { createApp } from '../create-app.js';
import { namedIn } from '../record-sources.js';
import { EVENT_SOURCES, type EventSource } from './event-sources.js';

let calls: string[] = [];
beforeEach(() => (calls = []));

const quiet = { accessLog: false, logger: { silent: true } } as const;

/** A guard, an interceptor, a pipe and a filter in one, which says when it is asked. */
function enhancerFor(kinds: readonly EventKind[], scope = Scope.DEFAULT): Constructor<object> {
  @Injectable({ scope })
  class Enhancer {
    canActivate() {
      calls.push('guard');
      return true;
    }
    intercept(_context: unknown, next: { handle(): unknown }) {
      calls.push('interceptor');
      return next.handle();
    }
    transform(value: unknown) {
      calls.push('pipe');
      return value;
    }
    catch(error: unknown) {
      calls.push('filter');
      throw error;
    }
  }
  if (kinds.length > 0) For(...(kinds as [EventKind]))(Enhancer);
  return Enhancer;
}

const TOKENS = [APP_GUARD, APP_INTERCEPTOR, APP_PIPE, APP_FILTER];
type AnyEnhancer = never;
const everywhere = (enhancer: unknown) => {
  const list = [enhancer as AnyEnhancer];
  return { guards: list, interceptors: list, pipes: list, filters: list };
};
const provided = (definition: object): Provider[] => TOKENS.map((provide) => ({ provide, ...definition }) as Provider);

interface Bound {
  providers?: Provider[];
  options?: object;
}

/** How a global enhancer of a class may be bound. */
const BINDINGS: Readonly<Record<string, (kinds: readonly EventKind[]) => Bound>> = {
  'a class among the options': (kinds) => ({ options: everywhere(enhancerFor(kinds)) }),
  'an instance among the options': (kinds) => ({ options: everywhere(new (enhancerFor(kinds))()) }),
  'an heir of the class': (kinds) => ({ options: everywhere(class extends enhancerFor(kinds) {}) }),
  'a class under APP_*': (kinds) => ({ providers: provided({ useClass: enhancerFor(kinds) }) }),
  'a request-scoped class under APP_*': (kinds) => ({
    providers: provided({ useClass: enhancerFor(kinds, Scope.REQUEST) }),
  }),
  'a factory under APP_*': (kinds) => ({ providers: provided({ useFactory: () => new (enhancerFor(kinds))() }) }),
  'a factory for each event under APP_*': (kinds) => ({
    providers: provided({ useFactory: async () => new (enhancerFor(kinds))(), scope: Scope.REQUEST }),
  }),
  'an alias under APP_*': (kinds) => {
    const type = enhancerFor(kinds, Scope.TRANSIENT);
    return { providers: [type, ...provided({ useExisting: type })] };
  },
};

const ALL = ['guard', 'interceptor', 'pipe', 'filter'];
const KINDS: readonly (readonly EventKind[])[] = [
  ...EVENT_KINDS.map((kind) => [kind]),
  [],
  ['http', 'record'],
  ['websocket', 'authorizer', 'event'],
];

async function callsOf(
  source: EventSource,
  { providers = [], options = {} }: Bound,
  decorators: readonly ClassDecorator[] = [],
): Promise<string[]> {
  calls = [];
  class Taker {
    @source.on()
    take(@Body() _body: unknown): void {
      throw new Error('Seen by filters');
    }
    // So that what stands on the class is for something of it.
    @Get('never') @OnSqs('never') @OnAuthorize() other(): void {}
  }
  for (const decorate of decorators) decorate(Taker);
  const app = createApp({ controllers: [Taker], providers }, { ...quiet, ...options });
  await app.ready();
  await app.handler(source.event(1), fakeContext()).catch(() => undefined);
  return calls;
}

// One of each kind of answer: matrix.test.ts goes through every source with everything that is bound.
const SOURCES = [
  'apiGatewayV2',
  'alb',
  'sqs',
  'sns',
  'activeMq',
  'kinesis',
  'dynamoDb',
  'kafka',
  'eventBridge',
  'schedule',
  's3',
  'webSocket',
  'direct',
];

describe.each(SOURCES)('around events of %s', (name) => {
  const source = EVENT_SOURCES[name]!;
  const runs = (kinds: readonly EventKind[]) =>
    kinds.length === 0 || (eventTypes(kinds) as ReadonlySet<string>).has(source.type);

  it.each(Object.entries(BINDINGS))(
    '%s runs for the kinds that @For names, and for no others',
    async (_binding, bind) => {
      for (const kinds of KINDS)
        expect([kinds, await callsOf(source, bind(kinds))]).toEqual([kinds, runs(kinds) ? ALL : []]);
    },
  );

  it('what stands on the class runs for the kinds that @For names', async () => {
    for (const kinds of [['http'], ['record'], ['authorizer'], [source.type as EventKind]] as const) {
      const type = enhancerFor(kinds) as AnyEnhancer;
      const decorators = [UseGuards(type), UseInterceptors(type), UsePipes(type), UseFilters(type)];
      expect([kinds, await callsOf(source, {}, decorators)]).toEqual([kinds, runs(kinds) ? ALL : []]);
    }
  });
});

const decorated = (decorate: (target: Constructor) => void): Constructor => {
  class Orders {
    @OnSqs('orders') ship(@Body() _order: unknown) {}
    @OnAuthorize() decide() {}
  }
  decorate(Orders);
  return Orders;
};

const filterFor = (kind: EventKind) => {
  @For(kind)
  @Catch()
  class Filter {
    catch() {
      return kind;
    }
  }
  return new Filter();
};

describe('what an enhancer is not for', () => {
  @For('http')
  class HttpGuard {
    canActivate(): boolean {
      calls.push('guard');
      return false;
    }
    transform(value: unknown) {
      calls.push('pipe');
      return value;
    }
  }

  it('leaves a method with a route and a consumer guarded by it where it is for', async () => {
    class Taker {
      @Post() @OnSqs('orders') @UseGuards(HttpGuard) take(@Body(HttpGuard as never) _body: unknown) {
        calls.push('method');
      }
    }
    const app = createApp({ controllers: [Taker] }, quiet);
    expect(await app.handler(events.apiGatewayV2({ method: 'POST' }), fakeContext())).toMatchObject({
      statusCode: 403,
    });
    expect(calls).toEqual(['guard']);
    calls = [];
    expect(namedIn(await app.handler(events.sqs('orders', [{}]), fakeContext()))).toEqual([]);
    expect(calls).toEqual(['method']);
  });

  const onMethod = (decorator: MethodDecorator) => decorated((type) => decorator(type.prototype as object, 'ship', {}));

  it.each([
    [
      'a method',
      onMethod(UseGuards(HttpGuard)),
      "Orders.ship names HttpGuard, which is @For('http') and would never run there: its events are sqs.",
    ],
    ['a method, as an instance', onMethod(UseGuards(new HttpGuard())), 'Orders.ship names HttpGuard'],
    [
      'a parameter',
      decorated((type) => Body(HttpGuard as never)(type.prototype as object, 'ship', 1)),
      'Orders.ship names HttpGuard',
    ],
    [
      'a class',
      decorated((type) => UsePipes(HttpGuard)(type)),
      "Orders names HttpGuard, which is @For('http') and would never run there: its events are sqs, authorizer.",
    ],
  ])('is refused on %s of which no event is for it: it would be left open', async (_where, Orders, message) => {
    await expect(createApp({ providers: [Orders] }, quiet).ready()).rejects.toThrow(message);
    class AppModule {}
    Module({ providers: [Orders] })(AppModule);
    expect(() => LambdaApplication.describe(AppModule)).toThrow(message);
  });

  it('may be bound to a parent class, for other heirs of it', async () => {
    @UseGuards(HttpGuard)
    class Base {}
    class Orders extends Base {
      @OnSqs('orders') ship() {
        calls.push('method');
      }
    }
    await createApp({ providers: [Orders] }, quiet).handler(events.sqs('orders', [{}]), fakeContext());
    expect(calls).toEqual(['method']);
  });

  it('stays so for what replaces it in a test', async () => {
    class Orders {
      @Get() list() {
        return [];
      }
      @OnSqs('orders') ship() {
        calls.push('method');
      }
    }
    const fake = { canActivate: ({ request }: { request: { method: string } }) => calls.push(request.method) > 0 };
    for (const providers of [
      [{ provide: APP_GUARD, useClass: HttpGuard }],
      [HttpGuard, { provide: APP_GUARD, useExisting: HttpGuard }],
    ]) {
      calls = [];
      const module = Test.createTestingModule({ controllers: [Orders], providers }, { accessLog: false })
        .overrideGuard(HttpGuard)
        .useValue(fake);
      await using app = await module.compile();
      expect((await app.inject({ url: '/' })).statusCode).toBe(200);
      expect(namedIn(await app.handler(events.sqs('orders', [{}]), fakeContext()))).toEqual([]);
      expect(calls).toEqual(['GET', 'method']);
    }
  });

  it('concerns the filters of what has no route', async () => {
    const app = createApp({}, { ...quiet, filters: [filterFor('http'), filterFor('record')] });
    expect(await app.handler(events.apiGatewayV2({ url: '/nowhere' }), fakeContext())).toMatchObject({
      statusCode: 404,
      body: '"http"',
    });
  });
});

const onClass =
  (...kinds: readonly string[]) =>
  () => {
    class AuthGuard {}
    For(...(kinds as unknown as [EventKind]))(AuthGuard);
  };

describe('@For', () => {
  it.each([
    [['htpp'], '"htpp" is not a kind of event. Did you mean http?'],
    [['http', 'rpc'], "\"rpc\" is not a kind of event. It takes 'http', 'record', 'websocket'"],
    [['SQS'], 'Did you mean sqs or sns?'],
    [[undefined], 'undefined is not a kind of event'],
    [[['http']], '["http"] is not a kind of event'],
    [[], '@For() on AuthGuard names no kind of event, so AuthGuard would never run.'],
  ])('refuses %j, and says what there is', (kinds, message) => {
    expect(onClass(...(kinds as string[]))).toThrow(message);
  });

  it('is refused on a method, which guards nothing', () => {
    expect(() => For('http')({ constructor: class Orders {} } as never)).toThrow(
      '@For is for the class of a guard, an interceptor, a pipe or a filter.',
    );
  });

  it('is refused on what events are dispatched to', async () => {
    @For('http')
    class Orders {
      @Get() list() {}
    }
    await expect(createApp({ controllers: [Orders] }, quiet).ready()).rejects.toThrow('@For on Orders');
  });

  it('knows every type that a context can have', () => {
    const sources = [...recordAdapters, directInvocation]
      .map(({ source }) => source)
      .filter((source) => source !== 'empty');
    expect(eventTypes(EVENT_KINDS)).toEqual(new Set(['http', ...sources]));
    expect(new Set(Object.values(EVENT_SOURCES).map(({ type }) => type))).toEqual(eventTypes(EVENT_KINDS));
  });
});
