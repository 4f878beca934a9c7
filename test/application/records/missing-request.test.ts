import { APP_GUARD } from '../../../src/contracts/app-tokens.js';
import type { CallHandler, ExecutionContext } from '../../../src/contracts/pipeline.js';
import { OnSqs } from '../../../src/decorators/consumers.js';
import { For, UseFilters, UseGuards, UseInterceptors } from '../../../src/decorators/enhancers.js';
import { Injectable } from '../../../src/decorators/injectable.js';
import { createParamDecorator } from '../../../src/decorators/parameters.js';
import { Get } from '../../../src/decorators/routes.js';
import { Request } from '../../../src/http/request/request.js';
import { Scope } from '../../../src/shared/provider.js';
import type { Constructor } from '../../../src/shared/types.js';
import { events } from '../../../src/testing/events.js';
import { fakeContext } from '../../../src/testing/fake-context.js';
import { captureStdout } from '../../logging/captured-stdout.js';
import { createApp } from '../create-app.js';
import { EVENT_SOURCES, type EventSource, WAYS } from '../enhancers/event-sources.js';

const quiet = { accessLog: false, logger: { silent: true } } as const;
afterEach(() => jest.restoreAllMocks());

class AuthGuard {
  canActivate({ request }: ExecutionContext): boolean {
    return request.header('authorization') !== undefined;
  }
}
class AsyncGuard {
  async canActivate(context: ExecutionContext): Promise<boolean> {
    await undefined;
    return this.allows(context);
  }
  private allows(context: ExecutionContext): boolean {
    return context.switchToHttp().getRequest().header('authorization') !== undefined;
  }
}
@Injectable({ scope: Scope.REQUEST })
class ScopedGuard {
  constructor(private readonly request: Request) {}
  canActivate(): boolean {
    return this.request.method === 'GET';
  }
}
class HeaderInterceptor {
  async intercept({ response }: ExecutionContext, next: CallHandler): Promise<unknown> {
    response.headers['x-seen'] = '1';
    return next.handle();
  }
}
class LateInterceptor {
  async intercept(context: ExecutionContext, next: CallHandler): Promise<unknown> {
    const result = await next.handle();
    context.response.headers['x-seen'] = '1';
    return result;
  }
}
class PassingInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler): Promise<unknown> {
    return next.handle();
  }
}
class PathFilter {
  catch(error: Error, context: ExecutionContext): unknown {
    return { message: error.message, path: context.request.path };
  }
}
const Caller = createParamDecorator((_: unknown, context: ExecutionContext) => context.request.header('x-caller'));

/**
 * What is thrown around an event of a source that is no request; of a WebSocket API too, whose errors fail the
 * invocation.
 */
async function failureOf(
  source: EventSource,
  batch: boolean,
  decorate: (method: MethodDecorator) => Constructor,
): Promise<Error> {
  const outcomes: unknown[] = [];
  const app = createApp(
    { controllers: [decorate(source.on({ batch }))] },
    {
      ...quiet,
      // The first that is bound is outermost: it sees what is thrown, and a log line is no place to look for causes.
      interceptors: [{ intercept: (context, next) => (outcomes.push(context), next.handle()) }],
      filters: [{ catch: (error) => outcomes.push(error) }],
    },
  );
  await app.handler(source.event(1), fakeContext()).catch((error: unknown) => outcomes.push(error));
  return outcomes.find((outcome) => outcome instanceof Error) as Error;
}

const RECORDS = WAYS.filter(([, { type }]) => type !== 'http');

describe.each(RECORDS)('what takes an event of %s for a request', (_name, source, batch) => {
  const none = `event comes from ${source.type}: it has no request and no response.`;
  const declared = (name: string) =>
    `${name} reads the request, but this ${none} Put @For('http') on ${name} if it is for requests alone, or check context.getType() first.`;

  it.each([
    ['a guard', UseGuards(AuthGuard), declared('AuthGuard')],
    ['an instance of a guard', UseGuards(new AuthGuard()), declared('AuthGuard')],
    ['a guard that waits', UseGuards(AsyncGuard), declared('AsyncGuard')],
    ['a guard that is made of the request', UseGuards(ScopedGuard), `ScopedGuard reads the request, but this ${none}`],
    ['an interceptor', UseInterceptors(HeaderInterceptor), declared('HeaderInterceptor')],
    [
      'an interceptor, behind the method',
      UseInterceptors(PassingInterceptor, LateInterceptor),
      declared('LateInterceptor'),
    ],
    [
      'an object',
      UseGuards({ canActivate: ({ request }: ExecutionContext) => request.method === 'GET' }),
      `An object with canActivate() reads the request, but this ${none} Put @For('http') on its class`,
    ],
  ])('is named, with the way to mend it: %s', async (_what, decorator, message) => {
    const failure = await failureOf(source, batch, (on) => {
      class Taker {
        @on @decorator take(): void {}
      }
      return Taker;
    });
    expect(failure.message).toContain(message);
  });

  it('is named, with the way to mend it: a parameter decorator, whatever interceptors are around', async () => {
    const failure = await failureOf(source, batch, (on) => {
      class Taker {
        @on @UseInterceptors(PassingInterceptor) take(@Caller() _caller: unknown): void {}
      }
      return Taker;
    });
    expect(failure.message).toBe(
      `An argument of Taker.take reads the request, but this ${none} Check context.getType() first.`,
    );
  });

  it('is named, with the way to mend it: a consumer that is made of the request', async () => {
    const failure = await failureOf(source, batch, (on) => {
      @Injectable({ scope: Scope.REQUEST })
      class Taker {
        constructor(readonly request: Request) {}
        @on @UseInterceptors(PassingInterceptor) take(): void {}
      }
      return Taker;
    });
    expect(failure.message).toBe(`Taker reads the request, but this ${none} Check context.getType() first.`);
  });
});

test('a filter that takes a record for a request fails it with its own name, and with the error that it was given', async () => {
  class Orders {
    @OnSqs('orders') @UseFilters(PathFilter) ship(): void {
      throw new Error('no stock');
    }
  }
  const stdout = captureStdout();
  await createApp({ controllers: [Orders] }).handler(events.sqs('orders', [{}]), fakeContext());
  const [line] = stdout.lines().filter(({ type }) => type === 'record');
  expect(line!['error_detail']).toMatch(/PathFilter reads the request/);
  expect(line!['error_detail']).toMatch(/no stock/);
});

const warnings = async (options: object, providers: object[] = []) => {
  const stdout = captureStdout();
  class Orders {
    @OnSqs('orders') ship(): void {}
    @OnSqs('others') return(): void {}
  }
  await createApp({ controllers: [Orders], providers: providers as never[] }, options).ready();
  const lines = stdout.lines().filter(({ level }) => level === 'warning');
  jest.restoreAllMocks();
  return lines.map(({ message, consumers }) => [message, consumers]);
};

const warning = (name: string) => [
  `${name} reads the request, but consumers have none. Put @For('http') on it, or check context.getType() first.`,
  ['Orders.ship', 'Orders.return'],
];

/** Its text is not to be read. */
const bound = function canActivate(this: object, context: ExecutionContext): boolean {
  return this === undefined || context.request.method === 'GET';
}.bind({});

describe('an application with consumers warns at its start', () => {
  it.each([
    ['a guard', { guards: [AuthGuard] }, [warning('AuthGuard')]],
    ['an instance', { guards: [new AuthGuard()] }, [warning('AuthGuard')]],
    [
      'an interceptor',
      { interceptors: [HeaderInterceptor, LateInterceptor] },
      [warning('HeaderInterceptor'), warning('LateInterceptor')],
    ],
    ['a filter', { filters: [PathFilter] }, [warning('PathFilter')]],
    [
      'an object',
      { guards: [{ canActivate: (context: ExecutionContext) => context.request.method === 'GET' }] },
      [warning('An object among the guards, interceptors and filters')],
    ],
  ])('of %s that asks for the request, once', async (_what, options, expected) => {
    expect(await warnings(options)).toEqual(expected);
  });

  it('of one under APP_GUARD, of any scope', async () => {
    @Injectable({ scope: Scope.REQUEST })
    class ScopedAuthGuard extends AuthGuard {}
    for (const type of [AuthGuard, ScopedAuthGuard])
      expect(await warnings({}, [{ provide: APP_GUARD, useClass: type }])).toEqual([warning(type.name)]);
  });

  it.each<[string, (context: ExecutionContext, other?: unknown) => unknown]>([
    ['a name', (context) => context.request.method],
    ['a name without brackets', (context) => context.request.method],
    ['a short one, as minifiers give them', ($) => $.response.statusCode],
    ['a question mark', (context) => context?.request.method],
    ['switchToHttp', (context) => context.switchToHttp().getRequest().method],
    ['a pattern', ({ request }) => request.method],
    ['a longer pattern', ({ event, request: { method } }, _other = { a: [1, 2] }) => [event, method]],
    [
      'a pattern in the method',
      (context) => {
        const { request } = context;
        return request.method;
      },
    ],
    ['async', async ({ request }) => request.method],
  ])('however it asks: by %s', async (_how, canActivate) => {
    expect(await warnings({ guards: [{ canActivate }] })).toHaveLength(1);
  });

  it.each<[string, object]>([
    [
      'asks for the type first',
      { canActivate: (context: ExecutionContext) => context.getType() !== 'http' || context.request.method === 'GET' },
    ],
    [
      'takes the type out of the context',
      { canActivate: ({ getType, request }: ExecutionContext) => [getType, request].length > 0 },
    ],
    ['handles records', { canActivate: (context: ExecutionContext) => context.record.id !== context.request?.id }],
    [
      'has a request of its own',
      {
        request: { ok: true },
        canActivate(this: { request: { ok: boolean } }) {
          return this.request.ok;
        },
      },
    ],
    [
      'sends one',
      {
        client: { request: () => true },
        canActivate(this: { client: { request(): boolean } }, _context: ExecutionContext) {
          return this.client.request();
        },
      },
    ],
    [
      'speaks of one',
      { canActivate: (context: ExecutionContext) => `a request: { request } of context.requests` !== context.route },
    ],
    [
      'looks at the method alone',
      { canActivate: (context: ExecutionContext) => context.getHandler().name !== 'request' },
    ],
    ['takes nothing', { canActivate: () => true }],
    ['is no function of the program', { canActivate: Boolean }],
    ['is bound', { canActivate: bound }],
  ])('of none that %s', async (_what, guard) => {
    expect(await warnings({ guards: [guard] })).toEqual([]);
  });

  it('of none that says what it is for', async () => {
    @For('http')
    class Declared extends AuthGuard {}
    @For('http', 'sqs')
    class Bold extends AuthGuard {}
    expect(await warnings({ guards: [Declared, Bold] })).toEqual([]);
  });

  it('and not without consumers', async () => {
    const stdout = captureStdout();
    class Orders {
      @Get() list() {}
    }
    await createApp({ controllers: [Orders] }, { guards: [AuthGuard] }).ready();
    expect(stdout.lines().filter(({ level }) => level === 'warning')).toEqual([]);
  });
});

test('the declared guard lets records pass and guards requests', async () => {
  @For('http')
  class DeclaredGuard extends AuthGuard {}
  class Orders {
    @Get() list() {}
    @OnSqs('orders') ship(): void {}
  }
  const app = createApp({ controllers: [Orders] }, { ...quiet, guards: [DeclaredGuard] });
  expect(await app.handler(events.sqs('orders', [{}]), fakeContext())).toEqual({ batchItemFailures: [] });
  expect(await app.handler(EVENT_SOURCES['apiGatewayV2']!.event(1), fakeContext())).toMatchObject({ statusCode: 405 });
});
