import { APP_GUARD } from '../../src/contracts/app-tokens.js';
import { applyDecorators } from '../../src/decorators/apply-decorators.js';
import { OnAuthorize, OnEvent, OnWebSocket } from '../../src/decorators/consumers.js';
import { Catch, UseFilters, UseGuards, UseInterceptors, UsePipes } from '../../src/decorators/enhancers.js';
import { Inject, Injectable, Optional } from '../../src/decorators/injectable.js';
import { Global, Module } from '../../src/decorators/module.js';
import { Body, createParamDecorator, Query, Req, UploadedFile } from '../../src/decorators/parameters.js';
import { Reflector } from '../../src/decorators/reflector.js';
import { Controller, Cors, Get, Header, HttpCode, Post, Redirect, Version } from '../../src/decorators/routes.js';
import type { ModuleMetadata } from '../../src/shared/module.js';
import { Scope } from '../../src/shared/provider.js';
import { InjectionToken } from '../../src/shared/token.js';
import { build, failureOf, rootOf } from '../modules/build-container.js';

// A decorator where nobody reads it is left out without a word, and what it guards is open.

class Guard {
  canActivate() {
    return true;
  }
}

const messageFor = async (metadata: ModuleMetadata) => (await failureOf(rootOf(metadata))).message;

/** As compilers that check no types apply what stands there without its call. */
const uncalled = (decorator: unknown) => (target: object, key: string | symbol, descriptor: unknown) =>
  void (decorator as (...given: unknown[]) => unknown)(target, key, descriptor);

describe('a decorator that is not called', () => {
  test.each(
    Object.entries({
      UseGuards,
      UseInterceptors,
      UsePipes,
      UseFilters,
      Get,
      Post,
      HttpCode,
      Header,
      Redirect,
      Version,
      Cors,
      OnWebSocket,
      OnAuthorize,
      OnEvent,
    }),
  )('is refused on a method: @%s', async (name, decorator) => {
    @Controller()
    class Orders {
      @uncalled(decorator) @Get('/list') list() {}
    }
    expect(await messageFor({ controllers: [Orders] })).toContain(
      `Orders: @${name} on list is not called and has no effect: write @${name}().`,
    );
  });

  test.each(Object.entries({ Body, Query, Req, UploadedFile, Inject, Optional, User: createParamDecorator(() => 1) }))(
    'is refused on a parameter: @%s',
    async (_, decorator) => {
      @Controller()
      class Orders {
        @Get('/list') list(@(uncalled(decorator) as unknown as ParameterDecorator) _value: string) {}
      }
      expect(await messageFor({ controllers: [Orders] })).toMatch(/^Orders: .* on list is not called/);
    },
  );

  test.each(Object.entries({ Inject, Optional }))(
    'is refused in a constructor and on a property: @%s',
    async (name, decorator) => {
      @Injectable()
      class Given {
        constructor(@(uncalled(decorator) as unknown as ParameterDecorator) readonly guard: Guard) {}
      }
      expect(await messageFor({ providers: [Guard, Given] })).toContain(
        `@${name} on constructor parameter 1 is not called`,
      );
      @Injectable()
      class Owner {
        @(uncalled(decorator) as PropertyDecorator) guard!: Guard;
      }
      expect(await messageFor({ providers: [Guard, Owner] })).toContain(`@${name} on guard is not called`);
    },
  );

  test('is refused inside applyDecorators, and where a Reflector has made it', async () => {
    const Roles = Reflector.createDecorator<string[]>();
    for (const decorate of [applyDecorators(UseGuards as never), uncalled(Roles)]) {
      @Controller()
      class Orders {
        @(decorate as MethodDecorator) @Get('/list') list() {}
      }
      expect(await messageFor({ controllers: [Orders] })).toContain('on list is not called and has no effect');
    }
  });
});

const decorate = (target: object, key?: string) => () => Get()(target, key as string, undefined as never);

describe('a decorator in another place than its own', () => {
  test.each<[string, () => ClassDecorator]>([
    ['Controller', () => Controller('orders')],
    ['Injectable', () => Injectable({ scope: Scope.REQUEST })],
    ['Module', () => Module({})],
    ['Global', Global],
    ['Catch', () => Catch()],
  ])('is refused on a method: @%s', (_, decorator) => {
    expect(() => {
      class Orders {
        @(decorator() as unknown as MethodDecorator) list() {}
      }
      return Orders;
    }).toThrow('A class decorator is on a member of Orders');
  });

  test('is refused on a class, a property, an accessor and a static method, where it is for methods', () => {
    class Orders {
      static list() {}
      get page() {
        return () => 1;
      }
      find = () => 1;
    }
    expect(decorate(Orders)).toThrow('A method decorator is on the class Orders');
    expect(decorate(Orders, 'list')).toThrow('Orders.list is static');
    expect(decorate(Orders.prototype, 'page')).toThrow('Orders.page is a property or an accessor');
    expect(decorate(Orders.prototype, 'find')).toThrow('Orders.find is a property or an accessor');
  });

  test('is refused on a method or in a constructor, where it is for parameters of methods', async () => {
    @Controller()
    class OnMethod {
      @(Body() as unknown as MethodDecorator) @Post() create() {}
    }
    expect(await messageFor({ controllers: [OnMethod] })).toContain(
      'OnMethod.create: a parameter decorator is on the method itself',
    );
    @Injectable()
    class Given {
      constructor(@Body() readonly guard: Guard) {}
    }
    expect(await messageFor({ providers: [Guard, Given] })).toContain(
      'Given: constructor parameter 1 has a decorator for method parameters',
    );
  });

  test('is refused beside another one on the same parameter', async () => {
    @Controller()
    class Twice {
      @Post() create(@Body('id') @Query('id') _id: string) {}
    }
    expect(await messageFor({ controllers: [Twice] })).toContain('Twice.create: parameter 1 has two decorators');
    for (const order of [
      [Body('id'), Inject('id')],
      [Inject('id'), Body('id')],
    ] as const) {
      @Controller()
      class Mixed {
        @Post() create(@(order[0]) @(order[1]) _id: string) {}
      }
      expect(await messageFor({ controllers: [Mixed], providers: [{ provide: 'id', useValue: 1 }] })).toContain(
        'Mixed.create: parameter 1 has two decorators',
      );
    }
  });
});

describe('a guard or the like', () => {
  const kinds = Object.entries({ UseGuards, UseInterceptors, UsePipes, UseFilters });
  const all = { canActivate: () => true, intercept: () => 1, transform: () => 1, catch: () => 1 };

  test.each(kinds)('is refused where no event comes by: @%s', async (_, use) => {
    @Controller()
    class Orders {
      @Get() list() {}
      @use(all as never) total() {}
    }
    expect(await messageFor({ controllers: [Orders] })).toContain(
      'Orders.total is neither a route nor a consumer, so a guard',
    );
    class Service {
      @use(all as never) total() {}
    }
    expect(await messageFor({ providers: [Service] })).toContain('Service.total is neither a route');
    @use(all as never)
    class Guarded {}
    expect(await messageFor({ providers: [Guarded] })).toContain('Guarded has neither routes nor consumers');
  });

  test.each(kinds)('is refused where none is named: @%s', async (name, use) => {
    @Controller()
    class Orders {
      @Get() @use() list() {}
    }
    expect(await messageFor({ controllers: [Orders] })).toBe(`Orders.list: @${name}() has no arguments and no effect.`);
  });

  test('may stand on a parent class, whose heirs have the routes', async () => {
    @UseGuards(Guard)
    class Base {}
    @Controller()
    class Orders extends Base {
      @Get() list() {}
    }
    await expect(build(rootOf({ controllers: [Orders] }))).resolves.toBeDefined();
  });
});

describe('a token that was to be APP_GUARD', () => {
  test.each<[string, unknown]>([
    ['in the plural', 'APP_GUARDS'],
    ['with a slip', 'APP_GAURD'],
    ['in small letters', 'app_guard'],
    ['without the line', 'AppGuard'],
    ['as a symbol', Symbol('APP_GUARD')],
    ['as a global symbol', Symbol.for('APP_GUARD')],
    ['as a token of its own', new InjectionToken('APP_GUARD')],
  ])('is refused: %s', async (_, provide) => {
    expect(await messageFor({ providers: [{ provide: provide as string, useClass: Guard }] })).toContain(
      "Did you mean APP_GUARD of 'lambent'?",
    );
  });

  test('is told from what an application calls its own', async () => {
    const own = ['APP_NAME', 'APP_TYPE', 'APP_GUARDIAN', 'GUARD'].map((provide) => ({ provide, useValue: 1 }));
    await expect(
      build(rootOf({ providers: [...own, { provide: APP_GUARD, useClass: Guard }] })),
    ).resolves.toBeDefined();
  });
});
