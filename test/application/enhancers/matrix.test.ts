import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '../../../src/contracts/app-tokens.js';
import type { ArgumentMetadata, CallHandler, ExecutionContext } from '../../../src/contracts/pipeline.js';
import { UseFilters, UseGuards, UseInterceptors, UsePipes } from '../../../src/decorators/enhancers.js';
import { Injectable } from '../../../src/decorators/injectable.js';
import { Body } from '../../../src/decorators/parameters.js';
import { Controller } from '../../../src/decorators/routes.js';
import { ConflictException } from '../../../src/errors/exceptions.js';
import { type Provider, Scope } from '../../../src/shared/provider.js';
import type { Token } from '../../../src/shared/token.js';
import type { Constructor } from '../../../src/shared/types.js';
import { fakeContext } from '../../../src/testing/fake-context.js';
import { createApp } from '../create-app.js';
import { type EventSource, WAYS } from './event-sources.js';

/** One call of an enhancer, with what its context said. */
type Call = readonly [what: string, type: string, method: string, theirs: boolean];

let calls: (Call | string)[] = [];
beforeEach(() => (calls = []));

const quiet = { accessLog: false, logger: { silent: true } } as const;

function note(what: string, context: ExecutionContext): void {
  const theirs = context.getType() === 'http' ? context.request.method === 'POST' : context.record.raw !== undefined;
  calls.push([what, context.getType(), context.getHandler().name, theirs && context.getClass().name.endsWith('Taker')]);
}

const guard = (name: string) => ({
  async canActivate(context: ExecutionContext) {
    note(`guard ${name}`, context);
    return true;
  },
});

const interceptor = (name: string) => ({
  async intercept(context: ExecutionContext, next: CallHandler) {
    note(`in ${name}`, context);
    try {
      return await next.handle();
    } finally {
      note(`out ${name}`, context);
    }
  },
});

const pipe = (name: string) => ({
  async transform(value: unknown, { type }: ArgumentMetadata) {
    calls.push(`pipe ${name} of ${type}`);
    return value;
  },
});

const filter = (name: string) => ({
  async catch(error: unknown, context: ExecutionContext) {
    note(`filter ${name}: ${String(error)}`, context);
    return true;
  },
});

/** In the place of an instance, a class that is injected, of any scope. */
type Form = <T extends object>(instance: T) => T | Constructor<T>;

function classOf(scope: Scope): Form {
  return (instance) => {
    @Injectable({ scope })
    class Enhancer {}
    Object.setPrototypeOf(Enhancer.prototype, instance);
    return Enhancer as Constructor<typeof instance>;
  };
}

const FORMS: readonly (readonly [string, Form])[] = [
  ['instances', (instance) => instance],
  ['singletons', classOf(Scope.DEFAULT)],
  ['request-scoped classes', classOf(Scope.REQUEST)],
  ['transient classes', classOf(Scope.TRANSIENT)],
];

function provider(provide: Token, enhancer: object): Provider {
  return typeof enhancer === 'function'
    ? { provide, useClass: enhancer as Constructor }
    : { provide, useValue: enhancer };
}

/** Everything on every level, of one form. */
function appOf({ on }: EventSource, batch: boolean, form: Form, work: () => unknown) {
  @Controller()
  @UseGuards(form(guard('class')))
  @UseInterceptors(form(interceptor('class')))
  @UsePipes(form(pipe('class')))
  class Taker {
    @on({ batch })
    @UseGuards(form(guard('method')))
    @UseInterceptors(form(interceptor('method')))
    @UsePipes(form(pipe('method')))
    take(@Body(form(pipe('parameter'))) _body: unknown): unknown {
      calls.push('method');
      return work();
    }
  }
  const providers = [
    provider(APP_GUARD, form(guard('app'))),
    provider(APP_INTERCEPTOR, form(interceptor('app'))),
    provider(APP_PIPE, form(pipe('app'))),
  ];
  return createApp(
    { controllers: [Taker], providers },
    {
      ...quiet,
      guards: [form(guard('option'))],
      interceptors: [form(interceptor('option'))],
      pipes: [form(pipe('option'))],
    },
  );
}

const LEVELS = ['app', 'option', 'class', 'method'];

function expected(type: string): (Call | string)[] {
  const call = (what: string): Call => [what, type, 'take', true];
  return [
    ...LEVELS.map((level) => call(`guard ${level}`)),
    ...LEVELS.map((level) => call(`in ${level}`)),
    ...[...LEVELS, 'parameter'].map((level) => `pipe ${level} of body`),
    'method',
    ...LEVELS.toReversed().map((level) => call(`out ${level}`)),
  ];
}

describe.each(WAYS)('an event of %s', (_name, source, batch) => {
  it.each(FORMS)('goes through guards, interceptors and pipes of all levels, in one order: %s', async (_form, form) => {
    const app = appOf(source, batch, form, () => (source.type === 'authorizer' ? true : undefined));
    await app.handler(source.event(1), fakeContext());
    expect(calls).toEqual(expected(source.type));
    calls = [];
    await app.handler(source.event(1), fakeContext());
    expect(calls).toEqual(expected(source.type));
  });

  describe.each(['app', 'option', 'class', 'method'])('that fails goes to the filter of the %s', (level) => {
    it.each(FORMS)('which is given the error and the context: %s', async (_form, form) => {
      const at = (name: string, use: (...filters: object[]) => ClassDecorator & MethodDecorator) =>
        name === level ? use(form(filter(level))) : ((() => undefined) as ClassDecorator & MethodDecorator);
      @at('class', UseFilters as never)
      class Taker {
        @source.on({ batch })
        @at('method', UseFilters as never)
        take(): void {
          throw new ConflictException('no stock');
        }
      }
      const providers = level === 'app' ? [provider(APP_FILTER, form(filter('app')))] : [];
      const app = createApp(
        { controllers: [Taker], providers },
        { ...quiet, filters: level === 'option' ? [form(filter('option'))] : [] },
      );
      await app.handler(source.event(1), fakeContext()).catch(() => undefined);
      expect(calls).toEqual([[`filter ${level}: ConflictException: no stock`, source.type, 'take', true]]);
    });
  });

  it.each([
    [
      'a guard',
      UseGuards({
        canActivate: (): boolean => {
          throw new ConflictException('no stock');
        },
      }),
    ],
    [
      'an interceptor',
      UseInterceptors({
        intercept: () => {
          throw new ConflictException('no stock');
        },
      }),
    ],
    [
      'a pipe',
      UsePipes({
        transform: () => {
          throw new ConflictException('no stock');
        },
      }),
    ],
    [
      'a guard that rejects',
      UseGuards({
        canActivate: async () => {
          throw new ConflictException('no stock');
        },
      }),
    ],
    [
      'a pipe that rejects',
      UsePipes({
        transform: async () => {
          throw new ConflictException('no stock');
        },
      }),
    ],
  ])('fails by the error of %s, which its filters see', async (_what, decorate) => {
    class Taker {
      @source.on({ batch })
      @UseFilters(filter('method'))
      @decorate
      take(@Body() _body: unknown): void {
        calls.push('method');
      }
    }
    const app = createApp({ controllers: [Taker] }, quiet);
    await app.handler(source.event(1), fakeContext()).catch(() => undefined);
    expect(calls).toEqual([['filter method: ConflictException: no stock', source.type, 'take', true]]);
  });
});
