import { LambdaApplication } from '../../src/application/lambda-application.js';
import type { ApplicationOptions } from '../../src/application/options/application-options.js';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '../../src/contracts/app-tokens.js';
import { OnSqs } from '../../src/decorators/consumers.js';
import { UseFilters, UseGuards, UseInterceptors, UsePipes } from '../../src/decorators/enhancers.js';
import { Injectable } from '../../src/decorators/injectable.js';
import { Module } from '../../src/decorators/module.js';
import { Body, createParamDecorator, Headers, Param, Query } from '../../src/decorators/parameters.js';
import { Controller, Get } from '../../src/decorators/routes.js';
import { BootstrapError } from '../../src/errors/bootstrap-error.js';
import type { ModuleMetadata } from '../../src/shared/module.js';
import { Scope } from '../../src/shared/provider.js';
import type { InjectionToken } from '../../src/shared/token.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { inject } from '../../src/testing/inject.js';
import { createApp } from './create-app.js';

// A guard that is not there guards nothing. Whoever names one in vain is told at the start, by every way of naming it.

const quiet: ApplicationOptions = { accessLog: false, logger: { silent: true } };

class Empty {}

const KINDS = [
  { option: 'guards', use: UseGuards, decorator: '@UseGuards', token: APP_GUARD, method: 'canActivate' },
  {
    option: 'interceptors',
    use: UseInterceptors,
    decorator: '@UseInterceptors',
    token: APP_INTERCEPTOR,
    method: 'intercept',
  },
  { option: 'pipes', use: UsePipes, decorator: '@UsePipes', token: APP_PIPE, method: 'transform' },
  { option: 'filters', use: UseFilters, decorator: '@UseFilters', token: APP_FILTER, method: 'catch' },
] as const;

/** What can be no enhancer of any kind. */
const NOTHING: readonly (readonly [string, unknown])[] = [
  ['undefined', undefined],
  ['null', null],
  ['a text', 'AuthGuard'],
  ['a number', 1],
  ['false', false],
  ['an arrow function', () => true],
  ['an async function', async () => true],
  ['an object without the method', { canactivate: () => true }],
  ['an instance without it', new Empty()],
  ['a list', [class Guard {}]],
  ['a promise', Promise.resolve({})],
  ['a forward reference', { forwardRef: () => Empty }],
];

async function failureOf(metadata: ModuleMetadata, options: ApplicationOptions = quiet): Promise<Error> {
  const error = await createApp(metadata, options)
    .ready()
    .then(
      () => undefined,
      (thrown: Error) => thrown,
    );
  if (error === undefined) throw new Error('The application started');
  expect(error).toBeInstanceOf(BootstrapError);
  return error;
}

describe.each(KINDS)('the $option', ({ option, use, decorator, token, method }) => {
  const good = { [method]: () => true };

  describe.each(NOTHING)('%s', (_, entry) => {
    test('is refused by its decorator, on a class and on a method, and by describe()', async () => {
      @Controller()
      @use(good as never, entry as never)
      class OnClass {
        @Get() list() {}
      }
      @Controller()
      class OnMethod {
        @Get() @use(entry as never) list() {}
      }
      class Consumer {
        @OnSqs('orders') @use(entry as never) take() {}
      }
      const places: [ModuleMetadata, string][] = [
        [{ controllers: [OnClass] }, `${decorator} on OnClass: argument 2 is `],
        [{ controllers: [OnMethod] }, `${decorator} on OnMethod.list: argument 1 is `],
        [{ providers: [Consumer] }, `${decorator} on Consumer.take: argument 1 is `],
      ];
      for (const [metadata, message] of places) {
        expect((await failureOf(metadata)).message).toContain(message);
        @Module(metadata)
        class Root {}
        expect(() => LambdaApplication.describe(Root)).toThrow(message);
      }
    });

    test('is refused among the options', () => {
      expect(() => createApp({}, { [option]: [good, entry] })).toThrow(
        `${option}[1] of the options of LambdaApplication.create is `,
      );
    });

    test('is refused under its token, whatever makes it', async () => {
      const provide = token as InjectionToken;
      const providers = [
        { provide, useValue: entry },
        { provide, useFactory: () => entry },
        { provide, useFactory: async () => entry },
      ];
      // A promise that a factory gives is waited for: what counts is what it comes to.
      for (const provider of providers) {
        const name = `InjectionToken(APP_${option.toUpperCase().slice(0, -1)})`;
        const said =
          entry instanceof Promise && 'useValue' in provider
            ? `(${name}): A provider with useValue: useValue is a promise`
            : `What is provided under ${name} is `;
        expect((await failureOf({ providers: [provider] })).message).toContain(said);
      }
    });
  });

  test('are refused where their class lacks the method, and the message says which', async () => {
    @Controller()
    @use(Empty as never)
    class Named {
      @Get() list() {}
    }
    const message = new RegExp(
      `^What is provided for Empty is an object of the class Empty: an? ${option.slice(0, -1)} is a class with the method ${method}, or an instance of one\\.$`,
    );
    expect((await failureOf({ controllers: [Named] })).message).toMatch(message);
    expect((await failureOf({}, { ...quiet, [option]: [Empty] })).message).toMatch(message);
    expect((await failureOf({ providers: [{ provide: token, useClass: Empty } as never] })).message).toContain(
      'is an object of the class Empty',
    );
  });

  test('are taken with a method of the class, of its parent, and of the instance', async () => {
    class Parent {
      constructor() {
        Object.assign(this, good);
      }
    }
    class Own extends Parent {}
    await createApp({}, { ...quiet, [option]: [Parent, Own, new Own(), good] }).ready();
  });

  test('that one event has made fail the event where they lack the method', async () => {
    @Injectable({ scope: Scope.REQUEST })
    class PerRequest {}
    @Controller()
    @use(PerRequest as never)
    class Named {
      @Get() list(@Query('a') a?: string) {
        if (option === 'filters') throw new Error('caught by nobody');
        return a;
      }
    }
    await expect(inject(createApp({ controllers: [Named] }, quiet), { url: '/?a=1' })).rejects.toThrow(BootstrapError);
    @Controller()
    class Plain {
      @Get() list(@Query('a') a?: string) {
        if (option === 'filters') throw new Error('caught by nobody');
        return a;
      }
    }
    const app = createApp(
      { controllers: [Plain], providers: [{ provide: token, useClass: PerRequest } as never] },
      quiet,
    );
    await expect(inject(app, { url: '/?a=1' })).rejects.toThrow('is an object of the class PerRequest');
  });
});

test('a list is a list', () => {
  for (const guards of [class Guard {}, 'Guard', {}, null]) {
    expect(() => createApp({}, { guards } as never)).toThrow(
      /^The option guards is .*: it must be a list, as in guards: \[MyClass\]\.$/,
    );
  }
});

describe('a pipe of a parameter', () => {
  const Custom = createParamDecorator((_data, { lambdaContext }) => lambdaContext);

  test.each([
    ['@Body', () => Body(undefined as never)],
    ['@Body with a key', () => Body('a', undefined as never)],
    ['@Query', () => Query(undefined as never)],
    ['@Query, null', () => Query(null as never)],
    ['@Param', () => Param('id', undefined as never)],
    ['@Headers', () => Headers('x', undefined as never)],
    ["a decorator of one's own", () => Custom('data', undefined as never)],
  ])('that is not there is refused: %s', async (_, decorate) => {
    class Handler {
      @Get(':id') @OnSqs('orders') list(@decorate() a: unknown) {
        return a;
      }
    }
    expect((await failureOf({ controllers: [Handler] })).message).toMatch(
      /^parameter 1 of Handler\.list: (undefined|null) is not a pipe .* Two files that import each other/,
    );
  });
});

test('a filter of an instance that is not there does not wait for the first error', async () => {
  class Consumer {
    @OnSqs('orders') @UseFilters(undefined as never) take() {}
  }
  const app = createApp({ providers: [Consumer] }, quiet);
  await expect(app.handler(events.sqs('orders', ['a']), fakeContext())).rejects.toThrow(
    '@UseFilters on Consumer.take: argument 1 is undefined',
  );
});
