import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
import type { LambdaApplication } from '../../src/application/lambda-application.js';
import { applyDecorators } from '../../src/decorators/apply-decorators.js';
import { UseGuards } from '../../src/decorators/enhancers.js';
import { Inject, Injectable } from '../../src/decorators/injectable.js';
import { Module } from '../../src/decorators/module.js';
import { Param } from '../../src/decorators/parameters.js';
import { Controller, Get, Post, Put, Version } from '../../src/decorators/routes.js';
import { getLogger } from '../../src/logging/logger/current-logger.js';
import { INQUIRER } from '../../src/modules/inquirer.js';
import { lazy, type ModuleImport, type ModuleMetadata } from '../../src/shared/module.js';
import { Scope } from '../../src/shared/provider.js';
import type { Constructor } from '../../src/shared/types.js';
import { inject } from '../../src/testing/inject.js';
import { gate } from '../gate.js';
import { captureStdout } from '../logging/captured-stdout.js';
import { until } from '../until.js';
import { createApp, SOURCES } from './create-app.js';

beforeEach(() => void captureStdout());
afterEach(() => jest.restoreAllMocks());

@Controller()
class Root {
  @Get('ping') ping() {
    return 'pong';
  }
  @Get('reportsx') near() {
    return 'near';
  }
}

/** A module as it comes out of an import of its file: new for every test. */
function reports() {
  const calls: string[] = [];
  @Injectable()
  class ReportStore {
    onModuleInit() {
      calls.push('init');
    }
    onApplicationBootstrap() {
      calls.push('bootstrap');
    }
    onModuleDestroy() {
      calls.push('destroy');
    }
  }
  @Controller('monthly')
  class Reports {
    constructor(readonly store: ReportStore) {}
    @Get() list() {
      return 'reports';
    }
    @Get(':id') get(@Param('id') id: string) {
      return id;
    }
  }
  @Module({ controllers: [Reports], providers: [ReportStore] })
  class ReportsModule {}
  return { ReportsModule, calls };
}

const settle = <T>(value: T) => new Promise<T>((resolve) => setTimeout(() => resolve(value), 5));

describe.each(SOURCES)('%s', (source) => {
  test('the routes of a lazy module are loaded at the first request under their prefix, once', async () => {
    const { ReportsModule, calls } = reports();
    const load = jest.fn(() => settle(ReportsModule));
    const app = await createApp({ controllers: [Root], imports: [lazy('reports', load)] }).ready();
    const get = async (url: string) => (await inject(app, { source, url })).payload;
    expect([await get('/ping'), await get('/reportsx')]).toEqual(['"pong"', '"near"']);
    expect(load).not.toHaveBeenCalled();
    expect([await get('/reports/monthly'), await get('/reports/monthly/7'), await get('/ping')]).toEqual([
      '"reports"',
      '"7"',
      '"pong"',
    ]);
    expect((await inject(app, { source, url: '/reports/other' })).statusCode).toBe(404);
    expect(load).toHaveBeenCalledTimes(1);
    expect(calls).toEqual(['init', 'bootstrap']);
  });
});

test('transient providers of the application inject INQUIRER in a lazy module', async () => {
  @Injectable({ scope: Scope.TRANSIENT })
  class Named {
    constructor(@Inject(INQUIRER) readonly by: object) {}
  }
  @Injectable()
  class Asks {
    constructor(readonly named: Named) {}
  }
  @Controller()
  class Late {
    constructor(readonly asks: Asks) {}
    @Get() get() {
      return this.asks.named.by.constructor.name;
    }
  }
  @Module({ providers: [Named], exports: [Named] })
  class NamedModule {}
  @Module({ imports: [NamedModule], controllers: [Late], providers: [Asks] })
  class LateModule {}
  const app = await createApp({ imports: [NamedModule, lazy('late', () => LateModule)] }).ready();
  expect((await inject(app, { url: '/late' })).json()).toBe('Asks');
});

test('nothing of the request that loads a lazy module is kept in it, for all others would get it', async () => {
  const tenants = new AsyncLocalStorage<string>();
  const seen: unknown[] = [];
  const look = () => void seen.push([tenants.getStore(), getLogger().fields]);
  class Later extends AsyncResource {
    constructor() {
      super('Later');
      look();
    }
    onModuleInit = look;
  }
  @Controller()
  class Reports {
    constructor(private readonly later: Later) {}
    @Get() list() {
      // As a cached method runs, or a connection that a pool has opened.
      return this.later.runInAsyncScope(() => ({ tenant: tenants.getStore() ?? 'none', ...getLogger().fields }));
    }
  }
  @Module({ controllers: [Reports], providers: [Later, { provide: 'async', useFactory: async () => look() }] })
  class ReportsModule {}
  const load = async () => {
    look();
    return settle(ReportsModule);
  };
  const app = await createApp({ imports: [lazy('reports', load)] }).ready();
  const response = await tenants.run('acme', () => inject(app, { url: '/reports' }));
  expect(response.json()).toEqual({ tenant: 'none' });
  expect(seen).toEqual(Array.from({ length: 4 }, () => [undefined, {}]));
});

test('concurrent first requests share one load', async () => {
  const { ReportsModule, calls } = reports();
  const load = jest.fn(() => settle(ReportsModule));
  const app = createApp({ imports: [lazy('/reports/', load)] });
  const answers = await Promise.all(Array.from({ length: 10 }, () => inject(app, { url: '/reports/monthly' })));
  expect(answers.map(({ payload }) => payload)).toEqual(Array(10).fill('"reports"'));
  expect(load).toHaveBeenCalledTimes(1);
  expect(calls).toEqual(['init', 'bootstrap']);
});

test('a failed load is told to those who waited, and the next request tries again', async () => {
  const { ReportsModule } = reports();
  const error = new Error('chunk is missing');
  const load = jest.fn(() => settle(ReportsModule)).mockRejectedValueOnce(error);
  const app = createApp({ controllers: [Root], imports: [lazy('reports', load)] });
  const first = await Promise.allSettled([
    inject(app, { url: '/reports/monthly' }),
    inject(app, { url: '/reports/monthly' }),
  ]);
  expect(first.map((settled) => settled.status === 'rejected' && settled.reason)).toEqual([error, error]);
  expect(error.message).toBe('chunk is missing (in lazy("reports"))');
  expect((await inject(app, { url: '/ping' })).payload).toBe('"pong"');
  expect((await inject(app, { url: '/reports/monthly' })).payload).toBe('"reports"');
  expect(load).toHaveBeenCalledTimes(2);
});

test('a mistake in a lazy module is told to every request under its prefix, and to no other', async () => {
  @Controller('reports')
  class Twice {
    @Get('a') one() {}
    @Get('a') other() {}
  }
  @Module({ controllers: [Twice] })
  class TwiceModule {}
  const app = createApp({ controllers: [Root], imports: [lazy('bad', async () => TwiceModule)] });
  const message = /Twice\.one and Twice\.other both handle GET/;
  await expect(inject(app, { url: '/bad/reports/a' })).rejects.toThrow(message);
  await expect(inject(app, { url: '/bad/reports/a' })).rejects.toThrow(message);
  expect((await inject(app, { url: '/ping' })).payload).toBe('"pong"');
});

/** A module with one route, whose method returns a name. */
function handling(name: string, route: MethodDecorator, providers: ModuleMetadata['providers'] = []) {
  @Controller()
  class Own {
    get() {
      return name;
    }
  }
  route(Own.prototype, 'get', Object.getOwnPropertyDescriptor(Own.prototype, 'get')!);
  const type = { [name]: class {} }[name]!;
  Module({ controllers: [Own], providers })(type);
  return type;
}

describe('a route that another lazy module has', () => {
  const versioning = { versioning: { type: 'header' as const, name: 'x-version' } };

  test.each([
    ['at the same path', ['a', '/b', undefined], ['/a/', 'b', undefined], {}, '/a/b'],
    ['with another prefix', ['a', 'b/c', undefined], ['a/b', 'c', undefined], {}, '/a/b/c'],
    ['with another name of a parameter', ['a', ':id', undefined], ['a', '{key}', undefined], {}, '/a/1'],
    [
      'with another name of a parameter in the prefix',
      [':t/a', 'b', undefined],
      [':u/a', 'b', undefined],
      {},
      '/t/a/b',
    ],
    ['of the same version', ['a', 'b', '1'], ['a', 'b', '1'], versioning, '/a/b'],
  ])('%s is refused before anything is created, in either order', async (_, one, other, options, url) => {
    const created = jest.fn(() => 1);
    const providers = [{ provide: 'own', useFactory: created }];
    const imports = [one, other].map(([prefix, path, version], index) => {
      const route = applyDecorators(Get(path), ...(version === undefined ? [] : [Version(version)]));
      return lazy(prefix!, () => handling(['First', 'Second'][index]!, route, providers));
    });
    for (const all of [imports, imports.toReversed()]) {
      created.mockClear();
      const app = createApp({ imports: all }, options);
      // The first of them answers; what it does not answer loads the other.
      await inject(app, { url, headers: { 'x-version': '1' } }).catch(() => undefined);
      const attempts = [1, 2].map(() => inject(app, { url: `${url}/nothing` }));
      for (const attempt of attempts)
        await expect(attempt).rejects.toThrow(
          /^Own\.get in \w+ \(lazy\(".*"\)\) and Own\.get in \w+ \(lazy\(".*"\)\) both handle GET/,
        );
      expect(created).toHaveBeenCalledTimes(1);
    }
  });

  test('is no mistake in another version, or where it is the same lazy() that several modules import', async () => {
    const pages = lazy('pages', async () => moduleOf('a'));
    const nested = lazy('pages/deep', async () => moduleOf('b', { imports: [pages] }));
    const imports = ['1', '2'].map((version) =>
      lazy('a', () => handling(version, applyDecorators(Get('b'), Version(version)))),
    );
    const outer = lazy('', async () => moduleOf('c', { imports: [pages, nested, nested] }));
    const app = createApp({ imports: [moduleOf('d', { imports: [pages] }), pages, outer, ...imports] }, versioning);
    for (const version of ['1', '2'])
      expect((await inject(app, { url: '/a/b', headers: { 'x-version': version } })).json()).toBe(version);
    expect(await get(app, '/pages/deep/b')).toBe('200 "b"');
    expect(await get(app, '/pages/a')).toBe('200 "a"');
    expect(await get(app, '/pages/deep/pages/a')).toBe('200 "a"');
    expect(await get(app, '/pages/nothing')).toBe('404 {"detail":"Not Found"}');
    expect(await get(app, '/pages/deep/pages/nothing')).toBe('404 {"detail":"Not Found"}');
  });
});

test('a lazy module without a prefix is loaded at the first request for anything', async () => {
  const { ReportsModule } = reports();
  const app = createApp({ imports: [lazy('', async () => ReportsModule)] });
  expect((await inject(app, { url: '/monthly' })).payload).toBe('"reports"');
});

test('a lazy module sees what global options give, and its version in the path goes before its prefix', async () => {
  class Deny {
    canActivate() {
      return false;
    }
  }
  @Controller({ version: '1' })
  class Reports {
    @Get() list() {
      return 'reports';
    }
    @Get('denied') @UseGuards(Deny) denied() {}
  }
  @Module({ controllers: [Reports] })
  class ReportsModule {}
  const load = jest.fn(() => settle(ReportsModule));
  const app = createApp(
    { imports: [lazy('reports', load)] },
    { versioning: { type: 'path' }, interceptors: [{ intercept: async (_, next) => [await next.handle()] }] },
  );
  expect((await inject(app, { url: '/v1/other' })).statusCode).toBe(404);
  expect(load).not.toHaveBeenCalled();
  expect((await inject(app, { url: '/v1/reports' })).payload).toBe('["reports"]');
  expect((await inject(app, { url: '/v1/reports/denied' })).statusCode).toBe(403);
});

test('the time for a request counts while its module is loaded', async () => {
  const { ReportsModule } = reports();
  const loading = gate<typeof ReportsModule>();
  const app = createApp({ imports: [lazy('reports', () => loading.passed)] }, { settings: { FUNCTION_TIMEOUT: 0.05 } });
  const { lines } = captureStdout();
  expect((await inject(await app.ready(), { url: '/reports/monthly' })).statusCode).toBe(504);
  expect(lines()).toMatchObject([{ error_detail: 'Timed out after 0.05 s: lazy("reports") was still being loaded' }]);
  loading.open(ReportsModule);
  await until('the routes', async () => (await inject(app, { url: '/reports/monthly' })).payload === '"reports"');
});

test('close() runs the hooks of lazy modules that were loaded', async () => {
  const { ReportsModule, calls } = reports();
  const app = createApp({ imports: [lazy('reports', async () => ReportsModule)] });
  await inject(app, { url: '/reports/monthly' });
  await app.close();
  expect(calls).toEqual(['init', 'bootstrap', 'destroy']);
});

/** A module with one route. */
function moduleOf(name: string, metadata: ModuleMetadata = {}) {
  @Controller(name)
  class Answering {
    @Get() get() {
      return name;
    }
  }
  class Named {}
  Module({ controllers: [Answering], ...metadata })(Named);
  return Named;
}

const get = async (app: LambdaApplication, url: string) => {
  const { statusCode, payload } = await inject(app, { url });
  return `${statusCode} ${payload}`;
};

const never = () => new Promise<never>(() => undefined);

describe('a lazy module inside of a lazy module', () => {
  test.each(['inner', 'outer/inner', '/outer/inner/'])('answers the first request for it, as "%s"', async (prefix) => {
    const inner = jest.fn(async () => moduleOf('b', { imports: [lazy('deep', async () => moduleOf('c'))] }));
    const outer = jest.fn(async () => moduleOf('a', { imports: [lazy(prefix, inner)] }));
    const app = createApp({ imports: [lazy('outer', outer)] });
    const answers = ['/outer/inner/deep/c', '/outer/inner/b', '/outer/a'].map((url) => get(app, url));
    expect(await Promise.all(answers)).toEqual(['200 "c"', '200 "b"', '200 "a"']);
    expect([outer.mock.calls.length, inner.mock.calls.length]).toEqual([1, 1]);
    expect(await get(app, '/inner/b')).toBe('404 {"detail":"Not Found"}');
  });

  test('is tried again when it could not be loaded, without the one around it', async () => {
    const inner = jest.fn(async () => moduleOf('b')).mockRejectedValueOnce(new Error('chunk is missing'));
    const outer = jest.fn(async () => moduleOf('a', { imports: [lazy('inner', inner)] }));
    const app = createApp({ imports: [lazy('outer', outer)] });
    await expect(get(app, '/outer/inner/b')).rejects.toThrow('chunk is missing');
    expect(await get(app, '/outer/a')).toBe('200 "a"');
    expect(await get(app, '/outer/inner/b')).toBe('200 "b"');
    expect([outer.mock.calls.length, inner.mock.calls.length]).toEqual([1, 2]);
  });
});

describe('prefixes', () => {
  test.each([
    ['with a parameter', 'tenants/:tenant', '/tenants/acme/a'],
    ['with a constrained parameter', 'tenants/:tenant(\\d+)', '/tenants/7/a'],
    ['in another encoding', 'reports', '/r%65ports/a'],
    ['with characters that are encoded', 'übersicht', '/%C3%BCbersicht/a'],
    ['with a slash at the end of the prefix', 'reports/', '/reports/a'],
  ])('%s are loaded at the first request, too', async (_, prefix, url) => {
    const app = createApp({ imports: [lazy(prefix, async () => moduleOf('a'))] });
    expect(await get(app, url)).toBe('200 "a"');
  });

  test('may have a parameter named version, with versions in the path', async () => {
    const versioned = handling('versioned', applyDecorators(Get('b'), Version('1')));
    const options = { versioning: { type: 'path' as const } };
    const app = createApp({ imports: [lazy('a/:version', () => versioned)] }, options);
    expect(await get(app, '/v1/a/3/b')).toBe('200 "versioned"');
  });

  test('that are malformed are refused at the start, and a path that is, is none of theirs', async () => {
    await expect(createApp({ imports: [lazy('reports/:', async () => moduleOf('a'))] }).ready()).rejects.toThrow(
      'lazy("reports/:"): the path "/reports/:"',
    );
    const inner = lazy('inner/:', async () => moduleOf('b'));
    const outer = createApp({ imports: [lazy('outer', async () => moduleOf('a', { imports: [inner] }))] });
    await expect(get(outer, '/outer/a')).rejects.toThrow('lazy("outer/inner/:"): the path "/outer/inner/:"');
    const app = createApp({ imports: [lazy('reports', async () => moduleOf('a'))] });
    expect((await inject(app, { url: '/reports/%E0%A4%A' })).statusCode).toBe(404);
  });

  test('that hold each other: one that is as long may have the method, or a more specific path', async () => {
    const orders = [lazy('a', () => handling('by id', Get(':id'))), lazy('a', () => handling('new', Post('b')))];
    const imports = [
      ...orders,
      lazy('a', () => handling('own', Get('own'))),
      lazy('', () => handling('deep', Put('a/b'))),
    ];
    for (const all of [imports, imports.toReversed()]) {
      const app = createApp({ imports: all });
      expect(await get(app, '/a/own')).toBe('200 "own"');
      const of = async (method: string) => (await inject(app, { method, url: '/a/b' })).payload;
      expect([await of('GET'), await of('POST'), await of('PUT')]).toEqual(['"by id"', '"new"', '"deep"']);
    }
  });

  test('that hold each other: the longer one answers first, the shorter one what it has no route for', async () => {
    const short = jest.fn(async () => moduleOf('x/short'));
    const app = createApp({ imports: [lazy('', short), lazy('x', async () => moduleOf('long'))] });
    expect(await get(app, '/x/long')).toBe('200 "long"');
    expect(short).not.toHaveBeenCalled();
    expect(await get(app, '/x/short')).toBe('200 "x/short"');
  });
});

const shared = () =>
  moduleOf('shared', { providers: [{ provide: 'shared', useFactory: async () => 'shared' }], exports: ['shared'] });

describe('a lazy module that never comes up', () => {
  const options = { settings: { FUNCTION_TIMEOUT: 0.05 } };
  const hanging: Record<string, (common: Constructor) => ModuleImport> = {
    'its import never ends': () => lazy('stuck', never),
    'an import of it never ends': (common) => lazy('stuck', async () => moduleOf('a', { imports: [never(), common] })),
    'a provider of it never ends': (common) =>
      lazy('stuck', async () => moduleOf('a', { imports: [common], providers: [{ provide: 'p', useFactory: never }] })),
    'a hook of it never ends': (common) =>
      lazy('stuck', async () =>
        moduleOf('a', { imports: [common], providers: [{ provide: 'p', useValue: { onModuleInit: never } }] }),
      ),
  };

  test.each(Object.entries(hanging))('holds up no other, with which it shares a module, where %s', async (_, stuck) => {
    const common = shared();
    const fine = lazy('fine', async () =>
      moduleOf('b', { imports: [common], providers: [{ provide: 'own', useExisting: 'shared' }] }),
    );
    const app = await createApp({ controllers: [Root], imports: [stuck(common), fine] }, options).ready();
    expect((await inject(app, { url: '/stuck/a' })).statusCode).toBe(504);
    expect(await Promise.all([get(app, '/ping'), get(app, '/fine/b')])).toEqual(['200 "pong"', '200 "b"']);
    expect(app.get('own')).toBe('shared');
  });

  test.each(Object.entries(hanging))(
    'does not hold up close(), its hooks and disposals, where %s',
    async (_, stuck) => {
      const common = shared();
      const calls: string[] = [];
      const pool = {
        provide: 'pool',
        useFactory: () => ({ onModuleDestroy: () => calls.push('destroy') }),
        dispose: () => void calls.push('dispose'),
      };
      const app = await createApp({ providers: [pool], imports: [stuck(common)] }, options).ready();
      expect((await inject(app, { url: '/stuck/a' })).statusCode).toBe(504);
      await app.close();
      expect(calls).toEqual(['destroy', 'dispose']);
    },
  );
});

test('what a lazy module has made by the time of close() is disposed of, also where it was not up', async () => {
  const disposed: string[] = [];
  const made = (provide: string, useFactory: () => unknown) => ({
    provide,
    useFactory,
    dispose: () => void disposed.push(provide),
  });
  const providers = [made('a', () => 1), made('b', never)];
  const hooked = made('c', () => ({ onModuleInit: never }));
  const imports = [
    lazy('one', async () => moduleOf('one', { providers })),
    lazy('two', async () => moduleOf('two', { providers: [hooked] })),
  ];
  const app = await createApp({ imports }, { settings: { FUNCTION_TIMEOUT: 0.05 } }).ready();
  await Promise.all(['/one/one', '/two/two'].map((url) => inject(app, { url })));
  await app.close();
  expect(disposed.toSorted()).toEqual(['a', 'c']);
});

test('a module that two lazy modules share is made once, and stays when one of them fails', async () => {
  const made = jest.fn(async () => settle('shared'));
  const common = moduleOf('shared', { providers: [{ provide: 'shared', useFactory: made }], exports: ['shared'] });
  const own = { provide: 'own', useExisting: 'shared' };
  const broken = { provide: 'broken', useFactory: () => Promise.reject(new Error('broken')) };
  const imports = [
    lazy('a', async () => moduleOf('a', { imports: [common], providers: [broken] })),
    lazy('b', async () => moduleOf('b', { imports: [common], providers: [own] })),
  ];
  const app = createApp({ imports });
  const [one, two] = await Promise.allSettled([get(app, '/a/a'), get(app, '/b/b')]);
  expect([one.status, two]).toEqual(['rejected', { status: 'fulfilled', value: '200 "b"' }]);
  await expect(get(app, '/a/a')).rejects.toThrow('broken (while creating "broken" in Named)');
  expect([made.mock.calls.length, app.get('own')]).toEqual([1, 'shared']);
});

test('a module stands under the prefix of each that brings it, whichever is asked for first', async () => {
  const common = moduleOf('shared');
  const twice = moduleOf('twice', { imports: [common] });
  const imports = [
    lazy('a', async () => twice),
    lazy('b', async () => moduleOf('b', { imports: [common] })),
    lazy('c', async () => twice),
  ];
  const app = createApp({ imports });
  const urls = ['/c/twice', '/b/shared', '/a/twice', '/a/shared', '/c/shared'];
  for (const url of urls) expect(await get(app, url)).toMatch(/^200/);
});

test('an instance that the application has made is initialised once, whoever gives it again', async () => {
  const calls: string[] = [];
  const pool = { onModuleInit: () => calls.push('init'), onModuleDestroy: () => calls.push('destroy') };
  const again = { provide: 'again', useFactory: (given: unknown) => given, inject: ['pool'] };
  const failing = {
    provide: 'failing',
    useFactory: () => ({ onApplicationBootstrap: () => Promise.reject(new Error('no')) }),
  };
  @Module({ providers: [{ provide: 'pool', useFactory: () => pool }], exports: ['pool'] })
  class PoolModule {}
  const imports = [
    PoolModule,
    lazy('a', async () => moduleOf('a', { imports: [PoolModule], providers: [again, failing] })),
  ];
  const app = createApp({ imports });
  await expect(get(app, '/a/a')).rejects.toThrow('no (in onApplicationBootstrap');
  expect(calls).toEqual(['init']);
  await app.close();
  expect(calls).toEqual(['init', 'destroy']);
});

test('a lazy() of a module that is imported at the start is told to every request under its prefix, instead of 404', async () => {
  const eager = moduleOf('eager');
  const imports: ModuleImport[] = [
    lazy('a', async () => eager),
    lazy('b', async () => moduleOf('b', { imports: [lazy('c', async () => eager)] })),
  ];
  const app = createApp({ imports: [eager, ...imports] });
  expect(await get(app, '/eager')).toMatch(/^200/);
  for (const url of ['/a/eager', '/a/eager'])
    await expect(get(app, url)).rejects.toThrow(/^lazy\("a"\) loads .*, which is also imported directly/);
  await expect(get(app, '/b/c/eager')).rejects.toThrow(/^lazy\("c"\) loads /);
  expect(await get(app, '/b/b')).toMatch(/^200/);
});

test('a module that is a lazy module of its own is told so', async () => {
  class Own {}
  Module({ imports: [lazy('own', async () => Own)] })(Own);
  const app = createApp({ imports: [Own] });
  await expect(get(app, '/own/x')).rejects.toThrow('lazy("own") loads Own, which is also imported directly');
});

test('a lazy module below itself is refused, also with another one between', async () => {
  const inner = lazy('inner', async () => Own);
  const between = lazy('between', async () => moduleOf('between', { imports: [inner] }));
  class Own {}
  Module({ imports: [inner, between] })(Own);
  const app = createApp({ imports: [lazy('own', async () => Own)] });
  const message = 'imports it lazily again, below its own prefix';
  await expect(get(app, '/own/inner/x')).rejects.toThrow(message);
  await expect(get(app, '/own/between/inner/x')).rejects.toThrow(message);
});
