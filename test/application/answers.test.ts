import { Readable } from 'node:stream';
import { IsInt, Validate, ValidatorConstraint } from 'class-validator';
import fc from 'fast-check';
import type { ApplicationOptions } from '../../src/application/options/application-options.js';
import { APP_GUARD } from '../../src/contracts/app-tokens.js';
import { OnAuthorize, OnEvent, OnSqs, OnWebSocket } from '../../src/decorators/consumers.js';
import { UseGuards } from '../../src/decorators/enhancers.js';
import { Injectable } from '../../src/decorators/injectable.js';
import { Body, Query } from '../../src/decorators/parameters.js';
import { Controller, Cors, Get, Post, Redirect } from '../../src/decorators/routes.js';
import { Response } from '../../src/http/response/response.js';
import { fromMiddy } from '../../src/pipeline/from-middy.js';
import { Scope } from '../../src/shared/provider.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { inject } from '../../src/testing/inject.js';
import { ParseArrayPipe } from '../../src/validation/pipes/parse-array-pipe.js';
import { ParseIntPipe } from '../../src/validation/pipes/parse-pipes.js';
import { consumerApp, invoke } from '../contracts/invocation-source.js';
import { captureStdout } from '../logging/captured-stdout.js';
import { createApp } from './create-app.js';
import { WAYS_IN, type WayIn } from './every-source.js';

// What somebody is asked decides who gets in. These hold the answers that mean something elsewhere against every place that asks.

const quiet: ApplicationOptions = { accessLog: false, logger: { silent: true } };

/** As rxjs has it, and as other libraries do. */
const of = (value: unknown) => ({ pipe: () => of(value), subscribe: (next: (value: unknown) => void) => next(value) });
const interoperable = { subscribe: () => undefined, '@@observable': () => interoperable };

/** Neither yes nor no, whatever somebody may have meant by it. */
const NO_ANSWERS: readonly (readonly [string, unknown])[] = [
  ['undefined', undefined],
  ['null', null],
  ["'false'", 'false'],
  ["'true'", 'true'],
  ['an empty text', ''],
  ['0', 0],
  ['1', 1],
  ['NaN', Number.NaN],
  ['a bigint', 1n],
  ['a symbol', Symbol('yes')],
  ['a list', []],
  ['an object', { allowed: true }],
  ['Boolean(true)', Object(true)],
  ['a function', () => true],
  ['of(false)', of(false)],
  ['of(true)', of(true)],
  ['an observable of another library', interoperable],
  ['a stream', Readable.from([true])],
  [
    'a generator',
    (function* answers() {
      yield true;
    })(),
  ],
];

/** Says what came of an event whose method notes that it ran. */
async function comeBy(
  { decorator, event }: WayIn,
  canActivate: () => unknown,
  metadata = {},
): Promise<{ ran: boolean; outcome: PromiseSettledResult<unknown> }> {
  let ran = false;
  @Controller()
  class Target {
    @decorator
    handle() {
      ran = true;
    }
  }
  const app = createApp({ controllers: [Target], ...metadata }, { ...quiet, guards: [{ canActivate } as never] });
  const [outcome] = await Promise.allSettled([app.handler(JSON.parse(JSON.stringify(event())), fakeContext())]);
  return { ran, outcome };
}

describe('a guard', () => {
  beforeEach(() => void captureStdout());
  afterEach(() => jest.restoreAllMocks());

  describe.each(WAYS_IN.map((way) => [way.name, way] as const))('before %s', (_, way) => {
    test('lets in by true, and by a promise of it', async () => {
      expect((await comeBy(way, () => true)).ran).toBe(true);
      expect((await comeBy(way, async () => true)).ran).toBe(true);
    });

    test.each(NO_ANSWERS)('lets nobody in by %s, nor by a promise of it', async (_name, answer) => {
      for (const canActivate of [() => answer, async () => answer]) {
        const { ran, outcome } = await comeBy(way, canActivate);
        expect(ran).toBe(false);
        // A failure, in the words of the source: a rejected invocation, or the names of records to deliver again.
        if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(Error);
        else if (way.type === 'firehose')
          expect(outcome.value).toEqual({ records: [{ recordId: expect.any(String), result: 'ProcessingFailed' }] });
        else
          expect(outcome.value).toMatchObject({
            batchItemFailures: expect.arrayContaining([{ itemIdentifier: expect.anything() }]),
          });
      }
    });

    test('lets nobody in by anything but true', async () => {
      let answer: unknown;
      let ran = 0;
      @Controller()
      class Target {
        @way.decorator
        handle() {
          ran++;
        }
      }
      const app = createApp(
        { controllers: [Target] },
        { ...quiet, guards: [{ canActivate: () => answer as boolean }] },
      );
      const property = fc.asyncProperty(
        fc.anything({ withDate: true, withMap: true, withBigInt: true }),
        fc.boolean(),
        async (value, later) => {
          fc.pre(value !== true);
          answer = later ? Promise.resolve(value) : value;
          await app.handler(JSON.parse(JSON.stringify(way.event())), fakeContext()).catch(() => undefined);
          expect(ran).toBe(0);
        },
      );
      await fc.assert(property, { numRuns: 30 });
    });
  });

  test('is told what it answered, and what to answer', async () => {
    class TenantGuard {
      canActivate() {
        return of(false) as never;
      }
    }
    @Controller()
    @UseGuards(TenantGuard)
    class Target {
      @Get() list() {}
    }
    await expect(inject(createApp({ controllers: [Target] }, quiet), { url: '/' })).rejects.toThrow(
      'TenantGuard.canActivate returned an Observable; it must return true or false. Observables are not subscribed to: ' +
        'return a promise, for example firstValueFrom(…) of rxjs.',
    );
  });

  test('answers 500 where errors are answered, and 403 by false alone', async () => {
    const wrong = createApp(
      { controllers: [Answering] },
      { ...quiet, unhandledErrors: 'respond', guards: [{ canActivate: () => 'false' as never }] },
    );
    expect((await inject(wrong, { url: '/' })).statusCode).toBe(500);
    const no = createApp({ controllers: [Answering] }, { ...quiet, guards: [{ canActivate: async () => false }] });
    expect((await inject(no, { url: '/' })).statusCode).toBe(403);
  });

  test.each([Scope.DEFAULT, Scope.REQUEST, Scope.TRANSIENT])(
    'is held to it whatever its scope is (%s)',
    async (scope) => {
      @Injectable({ scope })
      class Guard {
        canActivate() {
          return 'true' as never;
        }
      }
      const app = createApp({ controllers: [Answering], providers: [{ provide: APP_GUARD, useClass: Guard }] }, quiet);
      await expect(inject(app, { url: '/' })).rejects.toThrow("Guard.canActivate returned the string 'true'");
    },
  );
});

test("a guard under NestJS's APP_GUARD, which is a text, guards", async () => {
  const providers = [{ provide: 'APP_GUARD', useValue: { canActivate: () => false } }];
  expect((await inject(createApp({ controllers: [Answering], providers }, quiet), { url: '/' })).statusCode).toBe(403);
});

@Controller()
class Answering {
  @Get() list() {
    return 'in';
  }
  @Get('cors') @Cors({ origin: (origin) => origin as never }) byRoute() {
    return 'in';
  }
}

const appAllowing = (answer: unknown, options: ApplicationOptions = {}) =>
  createApp({ controllers: [Answering] }, { ...quiet, ...options, cors: { origin: () => answer as boolean } });

const connect = (answer: unknown) =>
  invoke(
    consumerApp(OnWebSocket('$connect'), () => answer, quiet),
    events.webSocket({ route: '$connect' }),
  );

const ask = (answer: unknown, event: object) =>
  invoke(
    consumerApp(OnAuthorize(), () => answer, quiet),
    event,
  );
const policyOf = (Effect: unknown) => ({
  principalId: 'ada',
  policyDocument: { Version: '2012-10-17', Statement: [{ Effect, Action: '*', Resource: '*' }] },
});

/** The event, and whether the method took it. */
async function taken(answer: unknown, event: object) {
  const handle = jest.fn();
  class Consumer {
    @OnEvent(() => answer as boolean) direct() {
      handle();
    }
    @OnSqs() message() {}
  }
  const [outcome] = await Promise.allSettled([invoke(createApp({ providers: [Consumer] }, quiet), event)]);
  return { outcome, calls: handle.mock.calls.length };
}

const refusing = (pipe: unknown) => {
  @Controller()
  class Routes {
    @Get() list(@Query('n', pipe as ParseIntPipe) n: number) {
      return n;
    }
  }
  return inject(createApp({ controllers: [Routes] }, quiet), { url: '/?n=x' });
};

const schemaOf = (answer: unknown) => ({
  '~standard': { version: 1 as const, vendor: 'homemade', validate: () => answer as never },
});
const send = (answer: unknown) => {
  class Routes {
    @Post() create(@Body(schemaOf(answer)) body: unknown) {
      return { body };
    }
  }
  return inject(createApp({ controllers: [Routes] }, quiet), { method: 'POST', payload: { a: 1 } });
};

describe('cors.origin', () => {
  const headers = { origin: 'https://evil.example', 'access-control-request-method': 'GET' };

  test.each(NO_ANSWERS)('allows nobody by %s', async (_, answer) => {
    for (const method of ['GET', 'OPTIONS']) {
      const request = { method, url: '/', headers };
      await expect(inject(appAllowing(answer), request)).rejects.toThrow('The function cors.origin returned');
      const told = await inject(appAllowing(answer, { unhandledErrors: 'respond' }), request);
      expect([told.statusCode, told.headers['access-control-allow-origin']]).toEqual([500, undefined]);
    }
  });

  test('allows nobody by a promise, whatever it comes to: it has to answer at once', async () => {
    for (const answer of [true, false]) {
      await expect(inject(appAllowing(Promise.resolve(answer)), { url: '/', headers })).rejects.toThrow(
        'The function cors.origin returned a promise; it must return true or false. It must not be async.',
      );
    }
  });

  test('and one that is rejected ends no process', async () => {
    await expect(
      inject(appAllowing(Promise.reject(new Error('no list of origins'))), { url: '/', headers }),
    ).rejects.toThrow('a promise');
    // An unhandled rejection would be told by now.
    await new Promise(setImmediate);
  });

  test('allows by true, and not by false', async () => {
    expect((await inject(appAllowing(true), { url: '/', headers })).headers['access-control-allow-origin']).toBe(
      headers.origin,
    );
    expect(
      (await inject(appAllowing(false), { url: '/', headers })).headers['access-control-allow-origin'],
    ).toBeUndefined();
  });

  test('of a route is held to it, too', async () => {
    await expect(inject(createApp({ controllers: [Answering] }, quiet), { url: '/cors', headers })).rejects.toThrow(
      'cors.origin returned a string',
    );
  });

  test.each<[string, (...given: never[]) => unknown]>([
    [
      'is a generator function',
      function* () {
        yield true;
      },
    ],
    [
      'is an async generator function',
      async function* () {
        yield true;
      },
    ],
    [
      'takes 2 arguments, but gets no callback',
      (_origin: string, done: (error: null, allowed: boolean) => void) => done(null, true),
    ],
  ])('that %s is refused at the start', (mistake, origin) => {
    expect(() => createApp({}, { cors: { origin: origin as never } })).toThrow(`The function cors.origin ${mistake}`);
  });

  test('that is not there is refused at the start, and not taken for every origin', async () => {
    const unset = undefined as never;
    expect(() => createApp({}, { cors: { origin: unset } })).toThrow('The option cors: origin is undefined');
    for (const decorate of [Cors({ origin: unset }), Cors(unset)]) {
      @Controller()
      class Routes {
        @Get() @decorate list() {}
      }
      await expect(createApp({ controllers: [Routes] }, quiet).ready()).rejects.toThrow(/(?:is|not) undefined/);
    }
  });

  test('that is an async function is refused at the start', async () => {
    const origin = (async () => false) as never;
    expect(() => createApp({}, { cors: { origin } })).toThrow(
      /^The function cors\.origin is an async function, which is not awaited/,
    );
    @Controller()
    class Routes {
      @Get() @Cors({ origin }) list() {}
    }
    await expect(createApp({ controllers: [Routes] }, quiet).ready()).rejects.toThrow(
      'The function cors.origin is an async function',
    );
  });
});

describe('a method for $connect', () => {
  test('lets the connection be made by true, and by nothing; refuses it by false', async () => {
    for (const yes of [true, Promise.resolve(true), undefined, null])
      expect(await connect(yes)).toEqual({ statusCode: 200 });
    for (const no of [false, Promise.resolve(false)]) expect(await connect(no)).toMatchObject({ statusCode: 403 });
  });

  test.each([
    ...NO_ANSWERS.filter(([, answer]) => answer !== undefined && answer !== null),
    ['a status in text', { statusCode: '403' }] as const,
  ])('lets none be made by %s', async (_, answer) => {
    await expect(connect(answer)).rejects.toThrow(TypeError);
  });
});

describe('an authorizer', () => {
  describe.each([
    ['by token', () => events.authorizerToken()],
    ['in format 2.0', () => events.authorizerV2()],
  ])('%s', (_, event) => {
    test.each([
      ...NO_ANSWERS,
      ['a yes in text', { isAuthorized: 'true' }] as const,
      ['a yes to come', { isAuthorized: Promise.resolve(true) }] as const,
      ['a policy that says nothing', { principalId: 'ada', policyDocument: {} }] as const,
      ['a policy of an empty list', { principalId: 'ada', policyDocument: { Statement: [] } }] as const,
      ['a policy of another word', policyOf('allow')] as const,
      ['a policy for nobody', { ...policyOf('Allow'), principalId: undefined }] as const,
    ])('lets nobody in by %s', async (_name, answer) => {
      await expect(ask(answer, event())).rejects.toThrow(TypeError);
      await expect(ask(Promise.resolve(answer), event())).rejects.toThrow(TypeError);
    });

    test('hands over what the services understand', async () => {
      for (const answer of [
        { isAuthorized: false },
        { isAuthorized: true, context: { tenant: 'acme' } },
        policyOf('Allow'),
        policyOf('Deny'),
      ]) {
        expect(await ask(answer, event())).toEqual(answer);
      }
    });
  });
});

describe('the predicate of @OnEvent', () => {
  test.each([
    ...NO_ANSWERS,
    ['a promise of true', Promise.resolve(true)] as const,
    ['a promise of false', Promise.resolve(false)] as const,
  ])('takes no event by %s', async (_, answer) => {
    for (const event of [{ task: 1 }, events.sqs('orders', ['a'])]) {
      const { outcome, calls } = await taken(answer, event);
      expect(calls).toBe(0);
      expect(String((outcome as PromiseRejectedResult).reason)).toMatch(
        /^TypeError: The predicate of @OnEvent on Consumer\.direct returned /,
      );
    }
  });

  test('leaves to others what it says no to', async () => {
    expect(await taken(false, events.sqs('orders', ['a']))).toMatchObject({
      outcome: { status: 'fulfilled' },
      calls: 0,
    });
    expect(await taken(true, events.sqs('orders', ['a']))).toMatchObject({
      outcome: { status: 'fulfilled' },
      calls: 1,
    });
  });
});

describe('an exceptionFactory', () => {
  test.each(NO_ANSWERS)('that gives %s lets no value pass, and is told so', async (_, made) => {
    await expect(refusing(new ParseIntPipe({ exceptionFactory: () => made }))).rejects.toThrow(
      'The exceptionFactory of ParseIntPipe returned',
    );
    await expect(refusing(new ParseArrayPipe({ items: Number, exceptionFactory: () => made }))).rejects.toThrow(
      'The exceptionFactory of ParseArrayPipe returned',
    );
  });

  test('that gives an error has it thrown', async () => {
    await expect(
      refusing(new ParseIntPipe({ exceptionFactory: (message) => new RangeError(message) })),
    ).rejects.toThrow(RangeError);
  });
});

describe('a Standard Schema', () => {
  test.each([...NO_ANSWERS, ['an empty object', {}] as const, ['issues in text', { issues: 'wrong' }] as const])(
    'accepts nothing by %s',
    async (_, answer) => {
      for (const given of [answer, Promise.resolve(answer)])
        await expect(send(given)).rejects.toThrow(/^A schema of homemade returned /);
    },
  );

  test('accepts by a value, be it undefined', async () => {
    expect((await send({ value: { a: 2 } })).json()).toEqual({ body: { a: 2 } });
    expect((await send({ value: undefined })).json()).toEqual({});
  });
});

describe('work that nobody would do', () => {
  const observable = of('done');

  class Item {
    @IsInt() n!: number;
  }

  test('of a pipe, of a redirect, of batch.invalid, of hooks and of dispose is refused', async () => {
    @Controller()
    class Routes {
      @Get('pipe') pipe(@Query('a', { transform: () => observable } as never) a: string) {
        return a;
      }
      @Get('redirect') @Redirect('/elsewhere') redirect() {
        return observable;
      }
    }
    const app = createApp({ controllers: [Routes] }, quiet);
    for (const url of ['/pipe?a=1', '/redirect'])
      await expect(inject(app, { url })).rejects.toThrow('which nothing subscribes to');

    class Hooked {
      onModuleInit = () => observable;
    }
    await expect(createApp({ providers: [Hooked] }, quiet).ready()).rejects.toThrow(
      /An Observable was returned.*in onModuleInit of Hooked/s,
    );

    const disposing = createApp(
      { providers: [{ provide: 'POOL', useValue: 1, dispose: () => observable as never }] },
      quiet,
    );
    await disposing.ready();
    await expect(disposing.close()).rejects.toThrow(/An Observable was returned.*while disposing of "POOL"/s);
  });

  test("of a rule of one's own, and of a middleware, is refused", async () => {
    class Unique {
      validate() {
        return observable as never;
      }
    }
    ValidatorConstraint()(Unique);
    class Account {
      @Validate(Unique) name!: string;
      @Validate(Unique, { each: true }) names: string[] = [];
    }
    class Accounts {
      @Post() create(@Body() account: Account) {
        return account;
      }
    }
    const app = createApp({ controllers: [Accounts] }, quiet);
    for (const payload of [{ name: 'ada', names: [] }, { names: ['ada'] }]) {
      await expect(inject(app, { method: 'POST', payload })).rejects.toThrow('An Observable was returned');
    }
    const around = createApp(
      { controllers: [Accounts] },
      { ...quiet, interceptors: [fromMiddy({ before: () => observable })] },
    );
    await expect(invoke(around, events.schedule())).rejects.toThrow('An Observable was returned');
  });

  test('of a render that is async is refused', async () => {
    class Csv extends Response<string> {
      override render() {
        return Promise.resolve('a;b') as never;
      }
    }
    class Reports {
      @Get() list() {
        return new Csv('a');
      }
    }
    await expect(inject(createApp({ controllers: [Reports] }, quiet), { url: '/' })).rejects.toThrow(
      'Csv.render returned a promise: it must return a string, bytes or null.',
    );
  });

  test('is no function, and can not be begun anew', () => {
    const app = createApp({}, quiet);
    expect(() => app.runAsync(Promise.resolve(1) as never)).toThrow(
      'runAsync takes a function, not a promise: app.runAsync(() => connect()).',
    );
    expect(() => app.enterAsyncContext({ close() {} } as never)).toThrow(
      'enterAsyncContext takes a function, not an object',
    );
    expect(() => app.enterAsyncContext(() => 1, 'close' as never)).toThrow(
      'enterAsyncContext takes a function, not a string',
    );
  });

  test.each([
    ['an Observable', observable],
    ['false', false],
  ])('of a record that batch.invalid answers %s for stays a failure', async (_, answer) => {
    class Consumer {
      @OnSqs('orders') take(@Body() _item: Item) {}
    }
    const app = createApp({ providers: [Consumer] }, { ...quiet, batch: { invalid: () => answer as never } });
    const result = await invoke(
      app,
      events.sqs('orders', [{ n: 'x' }], () => ({ messageId: 'm1' })),
    );
    expect(result).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
  });

  test('of a redirect to what is no address is refused', async () => {
    @Controller()
    class Routes {
      @Get() @Redirect('/elsewhere') go() {
        return { url: Promise.resolve('/') };
      }
    }
    await expect(inject(createApp({ controllers: [Routes] }, quiet), { url: '/' })).rejects.toThrow(
      'A method with @Redirect returned a promise as its url',
    );
  });
});
