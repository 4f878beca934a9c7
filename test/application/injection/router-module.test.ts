import { LambdaApplication } from '../../../src/application/lambda-application.js';
import type { ApplicationOptions } from '../../../src/application/options/application-options.js';
import { Module } from '../../../src/decorators/module.js';
import { Param } from '../../../src/decorators/parameters.js';
import { Controller, Get, Version } from '../../../src/decorators/routes.js';
import { RouterModule, type Routes } from '../../../src/modules/router-module.js';
import { lazy, type ModuleMetadata } from '../../../src/shared/module.js';
import { inject } from '../../../src/testing/inject.js';
import { Test } from '../../../src/testing/testing-module-builder.js';
import { createApp, SOURCES } from '../create-app.js';

@Controller('users')
class Users {
  @Get() list() {
    return 'users';
  }
  @Get('versioned')
  @Version('2')
  versioned() {
    return 'versioned users';
  }
}

@Controller()
class Metrics {
  @Get() all() {
    return 'metrics';
  }
}

@Controller('plans')
class Plans {
  @Get() of(@Param('tenant') tenant: string) {
    return `plans of ${tenant}`;
  }
}

@Module({ controllers: [Users] })
class UsersModule {}
@Module({ controllers: [Metrics] })
class MetricsModule {}
@Module({ controllers: [Plans] })
class PlansModule {}
@Module({ imports: [UsersModule, MetricsModule] })
class AdminModule {}

const routes: Routes = [
  {
    path: 'admin',
    module: AdminModule,
    children: [
      UsersModule,
      { path: '/metrics/', module: MetricsModule },
      { path: 'tenants/:tenant', children: [PlansModule] },
    ],
  },
];
const metadata: ModuleMetadata = { imports: [AdminModule, PlansModule, RouterModule.register(routes)] };

const messageOf = (given: unknown, more: Partial<ModuleMetadata> = {}): Promise<string> =>
  createApp({ imports: [AdminModule, RouterModule.register(given as Routes)], ...more })
    .ready()
    .then(
      () => 'nothing failed',
      (error: Error) => error.message,
    );

describe('RouterModule', () => {
  test.each(SOURCES)('gives the controllers of modules a prefix, and children one below it (%s)', async (source) => {
    const app = createApp({ ...metadata }, { versioning: { type: 'path' } });
    const get = async (url: string) => (await inject(app, { source, url })).payload;
    expect(await Promise.all(['/admin/users', '/admin/metrics', '/admin/tenants/7/plans'].map(get))).toEqual([
      '"users"',
      '"metrics"',
      '"plans of 7"',
    ]);
    expect(await get('/v2/admin/users/versioned')).toBe('"versioned users"');
    expect(await Promise.all(['/users', '/metrics', '/admin/plans'].map(get))).toEqual(
      Array(3).fill('{"detail":"Not Found"}'),
    );
  });

  test('describes the paths that the application has', () => {
    class AppModule {}
    Module(metadata)(AppModule);
    const options: ApplicationOptions = { versioning: { type: 'path' } };
    expect(LambdaApplication.describe(AppModule, options).routes.map(({ path }) => path)).toEqual([
      '/admin/users',
      '/v2/admin/users/versioned',
      '/admin/metrics',
      '/admin/tenants/:tenant/plans',
    ]);
  });

  test('may be imported by several modules, and combines what they register', async () => {
    @Module({ imports: [UsersModule, RouterModule.register([{ path: 'people', module: UsersModule }])] })
    class PeopleModule {}
    const imports = [PeopleModule, MetricsModule, RouterModule.register([{ path: 'ops', module: MetricsModule }])];
    const app = createApp({ imports }, { versioning: { type: 'path' } });
    const status = async (url: string) => (await inject(app, { url })).statusCode;
    expect([await status('/ops'), await status('/people/users')]).toEqual([200, 200]);
  });

  test('prefixes the modules that a lazy module imports, below its prefix', async () => {
    @Module({ imports: [MetricsModule, RouterModule.register([{ path: 'numbers', module: MetricsModule }])] })
    class LateModule {}
    const app = createApp({ imports: [lazy('late', () => LateModule)] });
    expect((await inject(app, { url: '/late/numbers' })).payload).toBe('"metrics"');
  });

  test('may give a module that lazy modules share a path in each', async () => {
    const late = (path: string) => {
      @Module({ imports: [MetricsModule, RouterModule.register([{ path, module: MetricsModule }])] })
      class LateModule {}
      return lazy(path, () => LateModule);
    };
    @Module({ imports: [MetricsModule] })
    class PlainModule {}
    const app = createApp({ imports: [late('one'), late('two'), lazy('three', () => PlainModule)] });
    for (const url of ['/one/one', '/two/two', '/three', '/one/one'])
      expect((await inject(app, { url })).payload).toBe('"metrics"');
    expect((await inject(app, { url: '/two/one' })).statusCode).toBe(404);
  });

  test('prefixes the module that a test puts in the place of another', async () => {
    @Module({ controllers: [Metrics] })
    class FakeModule {}
    await using app = await Test.createTestingModule(metadata, { versioning: { type: 'path' } })
      .overrideModule(PlansModule)
      .useModule(FakeModule)
      .compile();
    expect((await app.inject({ url: '/admin/tenants/7' })).json()).toBe('metrics');
  });

  test('refuses a parameter that no path has, now that the prefix counts', async () => {
    const tree = [{ path: 'tenants/:id', module: PlansModule }];
    expect(await messageOf(tree, { imports: [PlansModule, RouterModule.register(tree)] })).toContain(
      "Plans.of takes @Param('tenant'), but its path",
    );
  });

  test.each([
    [
      [{ path: 'plans', module: PlansModule }],
      'gives PlansModule the path "/plans", but no module imports PlansModule',
    ],
    [
      [
        { path: 'a', module: UsersModule },
        { path: 'b', module: UsersModule },
      ],
      'gives UsersModule two paths, "/a" and "/b"',
    ],
    [
      [{ module: UsersModule }],
      "RouterModule.register: routes[0]: path is undefined; it takes a path without spaces, ? and #, as in 'admin'.",
    ],
    [
      [{ path: 'a b', module: UsersModule }],
      "routes[0]: path is a b; it takes a path without spaces, ? and #, as in 'admin'.",
    ],
    [[{ path: 7 }], 'routes[0]: path is 7;'],
    [[{ path: 'a', module: Users }], 'gives Users the path "/a", but no module imports Users'],
    [[{ path: 'a', module: {} }], 'routes[0]: module is an object; it takes the class of a module.'],
    [undefined, 'routes is undefined; it takes a list'],
    [
      [{ path: 'a', children: [{ path: 'b', modul: UsersModule }] }],
      'Unknown in RouterModule.register: routes[0].children[0]: modul.',
    ],
    [[{ path: 'a', children: UsersModule }], 'routes[0]: children is'],
    [[Users], 'gives Users the path "", but no module imports Users'],
    [['users'], 'RouterModule.register: routes[0] must be an object with path, module, children'],
    ['admin', 'routes is admin; it takes a list'],
  ])('refuses %p', async (given, message) => {
    expect(await messageOf(given)).toContain(message);
  });

  test('takes the class of a dynamic module, which needs no decorator', async () => {
    class Plain {}
    @Controller('users')
    class Listed {
      @Get() list() {}
    }
    const app = createApp({
      imports: [
        { module: Plain, controllers: [Listed] },
        RouterModule.register([{ path: 'a', children: [Plain] }, { path: 'b' }]),
      ],
    });
    expect((await inject(app, { url: '/a/users' })).statusCode).toBe(204);
  });

  test('alone takes routes: no other dynamic module does', async () => {
    const odd = { module: UsersModule, routes } as never;
    expect(await messageOf([], { imports: [odd] })).toContain('Unknown in imports[0] of AppModule');
  });
});
