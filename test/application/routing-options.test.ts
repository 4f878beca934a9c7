import { LambdaApplication, type LambdaApplication as Application } from '../../src/application/lambda-application.js';
import type { ApplicationOptions } from '../../src/application/options/application-options.js';
import { Param, Req } from '../../src/decorators/parameters.js';
import { Controller, Get, Options, Post, Version } from '../../src/decorators/routes.js';
import type { Request } from '../../src/http/request/request.js';
import { lazy } from '../../src/shared/module.js';
import { inject } from '../../src/testing/inject.js';
import { captureStdout } from '../logging/captured-stdout.js';
import { documentOf, moduleOf } from '../openapi/documented.js';
import { appOf, createApp, SOURCES } from './create-app.js';

beforeEach(() => void captureStdout());
afterEach(() => jest.restoreAllMocks());

@Controller('orders')
class Orders {
  @Get() list() {
    return 'list';
  }
  @Post() create() {
    return 'created';
  }
  @Get('Open') open() {
    return 'open';
  }
  @Get('slashed/') slashed() {
    return 'slashed';
  }
  @Get(':id') get(@Param('id') id: string) {
    return { id };
  }
  @Get(':id/Lines.:format') lines(@Param('id') id: string, @Param('format') format: string) {
    return { id, format };
  }
  @Get('by/:code([a-z]+)') code(@Param('code') code: string) {
    return { code };
  }
  @Get('files/*rest') file(@Param('rest') rest: string) {
    return { rest };
  }
  @Get('caf%C3%A9') cafe() {
    return 'café';
  }
}

@Controller()
class Root {
  @Get() root() {
    return 'root';
  }
  @Get('where') where(@Req() request: Request) {
    return request.path;
  }
}

const answers = async (app: Application, source: (typeof SOURCES)[number], paths: readonly string[]) =>
  Promise.all(
    paths.map(async (url) => {
      const { statusCode, payload } = await inject(app, { source, url });
      return [url, statusCode === 200 ? (JSON.parse(payload) as unknown) : statusCode];
    }),
  );

/** What each path is answered with: data, or a status. */
type Answers = readonly (readonly [path: string, answer: unknown])[];

const SAME: Answers = [
  ['/', 'root'],
  ['/orders', 'list'],
  ['/orders/Open', 'open'],
  ['/orders/7', { id: '7' }],
  ['/orders/AbC', { id: 'AbC' }],
  ['/orders/AbC/Lines.CSV', { id: 'AbC', format: 'CSV' }],
  ['/orders/by/abc', { code: 'abc' }],
  ['/orders/by/ABC', 404],
  ['/orders/files/A/b', { rest: 'A/b' }],
  ['/orders/caf%C3%A9', 'café'],
  ['//', 404],
  ['/orders//', 404],
  ['//orders', 404],
];

const STRICT: Answers = [
  ...SAME,
  ['/orders/', 404],
  ['/orders/Open/', 404],
  ['/orders/7/', 404],
  ['/orders/slashed/', 'slashed'],
  ['/orders/slashed', { id: 'slashed' }],
  ['/orders/files/a/', { rest: 'a/' }],
  ['/orders/files/', 404],
  ['/Orders', 404],
  ['/orders/open', { id: 'open' }],
  ['/ORDERS/7', 404],
];

const WITHOUT_SLASHES: Answers = [
  ...SAME,
  ['/orders/', 'list'],
  ['/orders/Open/', 'open'],
  ['/orders/7/', { id: '7' }],
  ['/orders/slashed/', 'slashed'],
  ['/orders/slashed', 'slashed'],
  ['/orders/files/a/', { rest: 'a' }],
  ['/orders/files/', { id: 'files' }],
  ['/Orders/', 404],
];

const IN_ANY_CASE: Answers = [
  ...SAME,
  ['/ORDERS', 'list'],
  ['/Orders/oPEN', 'open'],
  ['/ORDERS/AbC', { id: 'AbC' }],
  ['/orders/AbC/lines.CSV', { id: 'AbC', format: 'CSV' }],
  ['/orders/AbC/LINES.x', { id: 'AbC', format: 'x' }],
  ['/Orders/BY/abc', { code: 'abc' }],
  ['/orders/FILES/A/b', { rest: 'A/b' }],
  ['/ORDERS/CAF%C3%89', 'café'],
  ['/orders/SLASHED/', 'slashed'],
  ['/ORDERS/', 404],
];

describe.each(SOURCES)('from %s', (source) => {
  test.each<[string, ApplicationOptions, Answers]>([
    ['strict unless said otherwise', {}, STRICT],
    ['strict where that is said', { ignoreTrailingSlash: false, caseSensitive: true }, STRICT],
    ['without a slash at the end where that is ignored', { ignoreTrailingSlash: true }, WITHOUT_SLASHES],
    ['in any case where case does not count', { caseSensitive: false }, IN_ANY_CASE],
    [
      'both',
      { ignoreTrailingSlash: true, caseSensitive: false },
      [...SAME, ['/ORDERS/', 'list'], ['/Orders/Open/', 'open'], ['/ORDERS/X/', { id: 'X' }]],
    ],
  ])('paths are %s', async (_name, options, wanted) => {
    const app = createApp({ controllers: [Orders, Root] }, options);
    expect(
      await answers(
        app,
        source,
        wanted.map(([path]) => path),
      ),
    ).toEqual(wanted);
  });

  test('the longest base path that fits is taken off, and each of a list is one', async () => {
    const app = createApp({ controllers: [Orders, Root] }, { basePath: ['v1', '/v1/admin/', '/übersicht', '/'] });
    expect(
      await answers(app, source, [
        '/v1/where',
        '/v1/admin/where',
        '/%C3%BCbersicht/where',
        '/where',
        '/v1',
        '/v1/',
        '/v1/admin',
      ]),
    ).toEqual([
      ['/v1/where', '/where'],
      ['/v1/admin/where', '/where'],
      ['/%C3%BCbersicht/where', '/where'],
      ['/where', '/where'],
      ['/v1', 'root'],
      ['/v1/', 'root'],
      ['/v1/admin', 'root'],
    ]);
    expect(
      (await answers(app, source, ['/v10/where', '/v1/administration/where', '/v1/v1/where', '/V1/where'])).map(
        ([, status]) => status,
      ),
    ).toEqual([404, 404, 404, 404]);
  });
});

const lazily = (options: ApplicationOptions) =>
  createApp({ imports: [lazy('Late', async () => moduleOf({ controllers: [Root] }))] }, options);

describe('the options for paths hold', () => {
  const lenient = { ignoreTrailingSlash: true, caseSensitive: false };

  it('for 405, for OPTIONS and for preflights', async () => {
    const cors = { cors: { origin: 'https://a.example' } };
    const ask = (options: ApplicationOptions, method: string, url: string, headers = {}) =>
      inject(createApp({ controllers: [Orders] }, { ...cors, ...options }), { method, url, headers });
    const asked = { origin: 'https://a.example', 'access-control-request-method': 'POST' };
    expect((await ask(lenient, 'DELETE', '/ORDERS/')).headers['allow']).toBe('GET, HEAD, POST, OPTIONS');
    expect((await ask(lenient, 'OPTIONS', '/Orders/')).statusCode).toBe(204);
    expect((await ask(lenient, 'OPTIONS', '/Orders/', asked)).headers['access-control-allow-methods']).toContain(
      'POST',
    );
    expect((await ask({}, 'DELETE', '/orders/')).statusCode).toBe(404);
    expect((await ask({}, 'OPTIONS', '/orders/')).statusCode).toBe(404);
  });

  it('for versions in the path, and for lazy modules', async () => {
    @Controller('things')
    class Things {
      @Get('List/') @Version('2') list() {
        return 'list';
      }
    }
    const versioned = (options: ApplicationOptions) => appOf(Things, { versioning: { type: 'path' }, ...options });
    expect((await inject(versioned({}), { url: '/v2/things/List/' })).payload).toBe('"list"');
    expect((await inject(versioned({}), { url: '/v2/things/List' })).statusCode).toBe(404);
    expect((await inject(versioned(lenient), { url: '/V2/THINGS/list' })).payload).toBe('"list"');
    expect((await inject(lazily(lenient), { url: '/lATE/Where/' })).statusCode).toBe(200);
    expect((await inject(lazily(lenient), { url: '/late' })).payload).toBe('"root"');
    expect((await inject(lazily({}), { url: '/Late' })).payload).toBe('"root"');
    expect((await inject(lazily({}), { url: '/Late/' })).statusCode).toBe(404);
    expect((await inject(lazily({}), { url: '/late' })).statusCode).toBe(404);
  });

  it('for what is two routes, and what is one twice', async () => {
    @Controller()
    class Twins {
      @Get('a') a() {
        return 'a';
      }
      @Get('a/') slash() {
        return 'a/';
      }
      @Get('A') capital() {
        return 'A';
      }
      @Options('b') b() {}
    }
    const strict = appOf(Twins);
    expect(await answers(strict, 'apiGatewayV2', ['/a', '/a/', '/A'])).toEqual([
      ['/a', 'a'],
      ['/a/', 'a/'],
      ['/A', 'A'],
    ]);
    for (const option of [{ ignoreTrailingSlash: true }, { caseSensitive: false }]) {
      await expect(appOf(Twins, option).ready()).rejects.toThrow(
        /Twins\.a and Twins\.(?:slash|capital) both handle GET/,
      );
      expect(() => LambdaApplication.describe(moduleOf({ controllers: [Twins] }), option)).toThrow(/both handle GET/);
    }
  });

  it('for the document: paths with their slash, and base paths as servers', () => {
    const options = { basePath: ['/v1', '/v1/admin'] };
    const document = documentOf([Orders], {}, options);
    expect(Object.keys(document.paths)).toEqual(expect.arrayContaining(['/orders', '/orders/slashed/']));
    expect(document.servers).toEqual([{ url: '/v1/admin' }, { url: '/v1' }]);
    expect(documentOf([Orders], { servers: ['https://api.example'] }, options).servers).toEqual([
      { url: 'https://api.example' },
    ]);
    expect(documentOf([Orders]).servers).toEqual([{ url: '/' }]);
    expect(LambdaApplication.describe(moduleOf({ controllers: [Orders] }), options).basePaths).toEqual([
      '/v1/admin',
      '/v1',
    ]);
  });
});
