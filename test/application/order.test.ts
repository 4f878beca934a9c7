import type { ApplicationOptions } from '../../src/application/options/application-options.js';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '../../src/contracts/app-tokens.js';
import type { CallHandler, ExecutionContext } from '../../src/contracts/pipeline.js';
import { applyDecorators } from '../../src/decorators/apply-decorators.js';
import { Catch, UseFilters, UseGuards, UseInterceptors, UsePipes } from '../../src/decorators/enhancers.js';
import { Inject, Injectable } from '../../src/decorators/injectable.js';
import { Module } from '../../src/decorators/module.js';
import { Param, Query } from '../../src/decorators/parameters.js';
import { Reflector, SetMetadata } from '../../src/decorators/reflector.js';
import { Controller, Get } from '../../src/decorators/routes.js';
import { ConflictException } from '../../src/errors/exceptions.js';
import { Request } from '../../src/http/request/request.js';
import { Scope } from '../../src/shared/provider.js';
import type { Constructor } from '../../src/shared/types.js';
import { inject } from '../../src/testing/inject.js';
import { captureStdout } from '../logging/captured-stdout.js';
import { appOf, createApp } from './create-app.js';

let calls: string[] = [];
beforeEach(() => {
  captureStdout();
  calls = [];
});
afterEach(() => jest.restoreAllMocks());

// Instances for one place, classes for another: both have to keep the order.
const guard = (name: string) => ({
  canActivate() {
    calls.push(`guard ${name}`);
    return true;
  },
});

const interceptor = (name: string) => ({
  async intercept(_: ExecutionContext, next: CallHandler) {
    calls.push(`in ${name}`);
    try {
      return await next.handle();
    } finally {
      calls.push(`out ${name}`);
    }
  },
});

const pipe = (name: string) => ({
  transform(value: unknown) {
    calls.push(`pipe ${name}`);
    return value;
  },
});

/** Throws on, so that the next one is asked. */
@Catch(RangeError)
class NeverAsked {
  catch() {
    calls.push('filter that takes something else');
  }
}

const filter = (name: string, takes = false) => {
  @Catch(...(takes ? [] : [ConflictException]))
  class Filter {
    catch() {
      calls.push(`filter ${name}`);
      return name;
    }
  }
  return new Filter();
};

/** The same as an injectable class. */
function classOf<T extends object>(instance: T, scope = Scope.DEFAULT): Constructor<T> {
  @Injectable({ scope })
  class Enhancer {}
  Object.setPrototypeOf(Enhancer.prototype, instance);
  return Enhancer as Constructor<T>;
}

const FULL_ORDER = [
  'guard app',
  'guard option',
  'guard option class',
  'guard controller',
  'guard method',
  'guard method 2',
  'in app',
  'in option',
  'in controller',
  'in method',
  'in method 2',
  'pipe app',
  'pipe option',
  'pipe controller',
  'pipe method',
  'pipe parameter',
  'method',
  'out method 2',
  'out method',
  'out controller',
  'out option',
  'out app',
];

describe.each([
  ['singletons', Scope.DEFAULT],
  ['request-scoped classes', Scope.REQUEST],
  ['transient classes', Scope.TRANSIENT],
])('with %s', (_, scope) => {
  test('guards, interceptors, pipes and the method run from the outside in, and out again', async () => {
    @Controller({ scope })
    @UseGuards(classOf(guard('controller'), scope))
    @UseInterceptors(interceptor('controller'))
    @UsePipes(classOf(pipe('controller'), scope))
    class Ordered {
      @Get()
      @UseGuards(guard('method'), classOf(guard('method 2'), scope))
      @UseInterceptors(classOf(interceptor('method'), scope), interceptor('method 2'))
      @UsePipes(pipe('method'))
      get(@Query('q', classOf(pipe('parameter'), scope)) q: string) {
        calls.push('method');
        return q;
      }
    }
    const app = createApp(
      {
        controllers: [Ordered],
        providers: [
          { provide: APP_GUARD, useClass: classOf(guard('app'), scope) },
          { provide: APP_INTERCEPTOR, useValue: interceptor('app') },
          { provide: APP_PIPE, useFactory: () => pipe('app') },
        ],
      },
      {
        guards: [guard('option'), classOf(guard('option class'), scope)],
        interceptors: [classOf(interceptor('option'), scope)],
        pipes: [pipe('option')],
      },
    );
    expect((await inject(app, { url: '/?q=1' })).payload).toBe('"1"');
    expect(calls).toEqual(FULL_ORDER);
    calls = [];
    await inject(app, { url: '/?q=1' });
    expect(calls).toEqual(FULL_ORDER);
  });
});

const catching = (takes: Parameters<typeof Catch>, answer: string) => {
  @Catch(...takes)
  class Filter {
    catch() {
      return answer;
    }
  }
  return new Filter();
};

// What a program of NestJS 11 writes with the same classes, modules and decorators.
const NEST_GUARDS =
  'root 1, root 2, outer, inner 1, inner 2, option 1, option 2, base, class 3, class 1, class 2, method 2, method 1';

describe("NestJS's order", () => {
  const moduleOf = (imports: readonly Constructor[], names: readonly string[]): Constructor => {
    class Some {}
    Module({
      imports,
      providers: names.flatMap((name) => [
        { provide: APP_GUARD, useValue: guard(name) },
        { provide: APP_FILTER, useValue: filter(name, true) },
      ]),
    })(Some);
    return Some;
  };

  @UseGuards(guard('base'))
  class Base {}
  @Controller()
  @UseGuards(guard('class 1'), guard('class 2'))
  @UseGuards(guard('class 3'))
  class Stacked extends Base {
    @Get('guards') @UseGuards(guard('method 1')) @UseGuards(guard('method 2')) guards() {}
    @Get('method')
    @UseFilters(filter('method 1', true))
    @UseFilters(filter('method 2', true), filter('method 3', true), new NeverAsked())
    method() {
      failing();
    }
    @Get('global') global() {
      failing();
    }
  }
  const inner = moduleOf([], ['inner 1', 'inner 2']);
  const outer = moduleOf([inner], ['outer']);
  const nested = (options: ApplicationOptions = {}) => {
    const roots = ['root 1', 'root 2'].map((name) => ({ provide: APP_GUARD, useValue: guard(name) }));
    return createApp(
      {
        imports: [outer],
        controllers: [Stacked],
        providers: [...roots, { provide: APP_FILTER, useValue: filter('root', true) }],
      },
      options,
    );
  };

  test('is that of guards: a module before its imports, APP_GUARD before the options, a parent class before its heir, the lowest decorator first', async () => {
    await inject(nested({ guards: [guard('option 1'), guard('option 2')] }), { url: '/guards' });
    expect(calls.join(', ').replaceAll('guard ', '')).toBe(NEST_GUARDS);
  });

  test.each([
    ['/method', {}, 'method 1'],
    ['/global', { filters: [filter('option 1', true), filter('option 2', true)] }, 'option 2'],
    ['/nowhere', { filters: [filter('option 1', true), filter('option 2', true)] }, 'option 2'],
    ['/global', {}, 'inner 2'],
    ['/nowhere', {}, 'inner 2'],
  ])(
    'is that of filters: of those that take the error, the one that was bound last answers %s',
    async (url, options, name) => {
      const app = nested(options);
      await app.ready();
      calls = [];
      expect((await inject(app, { url })).payload).toBe(`"${name}"`);
      expect(calls.filter((call) => call.startsWith('filter'))).toEqual([`filter ${name}`]);
    },
  );

  test.each([
    ['range', 'range'],
    ['conflict', 'conflict'],
    ['taken', 'conflict'],
    ['other', 'everything'],
  ])('asks a catch-all filter only for what none that was bound later takes: %s', async (path, name) => {
    class Taken extends ConflictException {}
    class NotThrown extends ConflictException {}
    @Controller()
    @UseFilters(
      catching([], 'everything'),
      catching([RangeError], 'range'),
      catching([ConflictException], 'conflict'),
      catching([NotThrown, TypeError], 'never'),
    )
    @UseFilters(catching([], 'bound first'))
    class Failing {
      @Get(':path') get(@Param('path') known: string) {
        throw known === 'range'
          ? new RangeError()
          : known === 'other'
            ? new SyntaxError()
            : known === 'taken'
              ? new Taken()
              : new ConflictException();
      }
    }
    expect((await inject(appOf(Failing), { url: `/${path}` })).payload).toBe(`"${name}"`);
  });
});

const Roles = (...roles: string[]) => applyDecorators(SetMetadata('roles', roles));

function failing(): never {
  throw new ConflictException();
}

describe('filters', () => {
  @Controller('plain')
  class Plain {
    @Get() get() {
      throw new ConflictException();
    }
  }
  @Controller('both')
  @UseFilters(filter('controller'))
  class Both {
    @Get() @UseFilters(filter('method that was bound first', true), classOf(filter('method')), new NeverAsked()) get() {
      throw new ConflictException();
    }
    @Get('controller') @UseFilters(NeverAsked) ofController() {
      throw new ConflictException();
    }
    @Get('other') other() {
      throw new SyntaxError('no');
    }
  }
  const filtered = () =>
    createApp(
      { controllers: [Plain, Both], providers: [{ provide: APP_FILTER, useValue: filter('app', true) }] },
      { filters: [filter('option')] },
    );

  test.each([
    ['/both', 'method'],
    ['/both/controller', 'controller'],
    ['/plain', 'option'],
    ['/both/other', 'app'],
  ])(
    'the nearest filter that takes the error answers: %s by that of the %s, and no other is asked',
    async (url, name) => {
      expect((await inject(filtered(), { url })).payload).toBe(`"${name}"`);
      expect(calls).toEqual([`filter ${name}`]);
    },
  );

  test('what has no route sees global filters only', async () => {
    @Controller()
    @UseFilters(filter('controller', true))
    class Root {
      @Get() @UseFilters(filter('method', true)) get() {}
    }
    const none = createApp({ controllers: [Root] });
    expect((await inject(none, { url: '/nowhere' })).statusCode).toBe(404);
    expect((await inject(none, { method: 'POST' })).statusCode).toBe(405);
    expect(calls).toEqual([]);
    const global = createApp({
      controllers: [Root],
      providers: [{ provide: APP_FILTER, useClass: classOf(filter('app', true), Scope.REQUEST) }],
    });
    expect((await inject(global, { url: '/nowhere' })).payload).toBe('"app"');
    expect((await inject(global, { method: 'POST' })).payload).toBe('"app"');
    expect((await inject(global, { url: '/%E0%A4%A', source: 'functionUrl' })).payload).toBe('"app"');
  });

  test('an error of a guard, an interceptor, a pipe and of binding reaches the filters of the route', async () => {
    @Controller()
    @UseFilters(filter('controller', true))
    class Failing {
      @Get('guard') @UseGuards({ canActivate: failing }) guard() {}
      @Get('interceptor') @UseInterceptors({ intercept: failing }) interceptor() {}
      @Get('pipe') @UsePipes({ transform: failing }) pipe(@Query('q') q: string) {
        return q;
      }
      @Get('binding') binding(@Query('q') q: number) {
        return q;
      }
      @Get('result') result() {
        return { late: Promise.resolve(1) };
      }
    }
    const app = appOf(Failing);
    for (const path of ['guard', 'interceptor', 'pipe', 'binding', 'result']) {
      expect([path, (await inject(app, { url: `/${path}?q=x` })).payload]).toEqual([path, '"controller"']);
    }
  });
});

describe('what a step decides', () => {
  test('a guard that says no ends the request: nothing inside runs', async () => {
    @Controller()
    @UseInterceptors(interceptor('controller'))
    class Guarded {
      @Get() @UseGuards({ canActivate: async () => false }, guard('second')) get() {
        calls.push('method');
      }
    }
    expect((await inject(appOf(Guarded), {})).statusCode).toBe(403);
    expect(calls).toEqual([]);
  });

  test('an interceptor may answer by itself, change the result, and see the route', async () => {
    @Controller('orders')
    class Orders {
      @Get(':id', { status: 201 })
      get() {
        calls.push('method');
        return 1;
      }
    }
    const cached = { intercept: () => 'cached' };
    const wrapping = {
      intercept: async (context: ExecutionContext, next: CallHandler) => ({
        data: await next.handle(),
        route: context.route,
      }),
    };
    const first = await inject(appOf(Orders, { interceptors: [cached] }), { url: '/orders/1' });
    expect([first.statusCode, first.payload, calls]).toEqual([201, '"cached"', []]);
    const second = await inject(appOf(Orders, { interceptors: [wrapping] }), { url: '/orders/1' });
    expect([second.statusCode, second.payload]).toEqual([201, '{"data":1,"route":"/orders/:id"}']);
  });

  test('the execution context tells class, method, request, response, event and Lambda context', async () => {
    const seen: unknown[] = [];
    @Controller()
    class Told {
      @Get(':id')
      get() {}
    }
    const looking = {
      canActivate(context: ExecutionContext) {
        const http = context.switchToHttp();
        seen.push(
          context.getType(),
          context.getClass(),
          context.getHandler(),
          http.getRequest().params['id'],
          http.getRequest() === context.request,
        );
        seen.push(
          http.getResponse() === context.response,
          context.lambdaContext.functionName,
          (context.event as { version: string }).version,
        );
        seen.push(context.signal === context.request.signal);
        return true;
      },
    };
    await inject(appOf(Told, { guards: [looking] }), { url: '/7' });
    expect(seen).toEqual(['http', Told, Told.prototype.get, '7', true, true, 'test', '2.0', true]);
  });

  test('a filter for what has no route cannot ask for its class and method', async () => {
    const asking = {
      catch: (_: unknown, context: ExecutionContext) =>
        [() => context.getClass(), () => context.getHandler()].map((ask) => {
          try {
            return ask().name;
          } catch (error) {
            return (error as Error).message.split(':')[0];
          }
        }),
    };
    @Controller()
    class Told {
      @Get() get() {}
    }
    expect((await inject(appOf(Told, { filters: [asking] }), { url: '/x' })).json()).toEqual([
      'No route is known here',
      'No route is known here',
    ]);
  });

  test('metadata of class and method is read with the injected Reflector', async () => {
    @Injectable()
    class RolesGuard {
      constructor(private readonly reflector: Reflector) {}
      canActivate(context: ExecutionContext) {
        const roles =
          this.reflector.getAllAndOverride<string[]>('roles', [context.getHandler(), context.getClass()]) ?? [];
        return roles.includes(context.request.header('x-role') ?? '');
      }
    }
    @Controller()
    @Roles('admin')
    @UseGuards(RolesGuard)
    class Guarded {
      @Get() forAdmins() {
        return 1;
      }
      @Get('all') @Roles('admin', 'user') forAll() {
        return 1;
      }
    }
    const app = appOf(Guarded);
    const status = async (url: string, role: string) =>
      (await inject(app, { url, headers: { 'X-Role': role } })).statusCode;
    expect([await status('/', 'user'), await status('/', 'admin'), await status('/all', 'user')]).toEqual([
      403, 200, 200,
    ]);
  });

  test('an enhancer class that nobody provides is constructed with its dependencies, those of the event too', async () => {
    @Injectable({ scope: Scope.REQUEST })
    class Tenant {
      readonly name: string;
      constructor(request: Request) {
        this.name = request.header('x-tenant') ?? 'none';
      }
    }
    @Injectable()
    class TenantInterceptor {
      constructor(
        private readonly tenant: Tenant,
        @Inject('SUFFIX') private readonly suffix: string,
      ) {}
      async intercept(_: ExecutionContext, next: CallHandler) {
        return `${String(await next.handle())} ${this.tenant.name}${this.suffix}`;
      }
    }
    @Controller()
    @UseInterceptors(TenantInterceptor)
    class Tenants {
      @Get() get() {
        return 'for';
      }
    }
    const app = createApp({ controllers: [Tenants], providers: [Tenant, { provide: 'SUFFIX', useValue: '!' }] });
    const answers = await Promise.all(['a', 'b'].map((tenant) => inject(app, { headers: { 'x-tenant': tenant } })));
    expect(answers.map(({ payload }) => payload)).toEqual(['"for a!"', '"for b!"']);
  });

  test('an enhancer that asks for what is not there fails the bootstrap by name', async () => {
    @Injectable()
    class Needy {
      constructor(@Inject('MISSING') readonly missing: string) {}
      canActivate() {
        return true;
      }
    }
    @Controller()
    class Root {
      @Get() @UseGuards(Needy) get() {}
    }
    await expect(appOf(Root).ready()).rejects.toThrow(/Needy.*"MISSING"/s);
  });
});
