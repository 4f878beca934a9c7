import { Readable } from 'node:stream';
import { UseGuards } from '../../src/decorators/enhancers.js';
import { Body, Headers, Param, Query, Req } from '../../src/decorators/parameters.js';
import { All, Controller, Delete, Get, Head, Options, Patch, Post, Put, Version } from '../../src/decorators/routes.js';
import type { Request } from '../../src/http/request/request.js';
import { StreamResponse } from '../../src/http/response/stream-response.js';
import { VERSION_NEUTRAL } from '../../src/shared/version-neutral.js';
import { inject } from '../../src/testing/inject.js';
import { captureStdout } from '../logging/captured-stdout.js';
import { appOf, createApp, SOURCES } from './create-app.js';

beforeEach(() => void captureStdout());
afterEach(() => jest.restoreAllMocks());

let streamed = 0;

@Controller('verbs')
class Verbs {
  @Get() get() {
    return 'get';
  }
  @Post() post() {
    return 'post';
  }
  @Put() put() {
    return 'put';
  }
  @Patch() patch(@Body() body: unknown) {
    return { patch: body };
  }
  @Delete() delete() {
    return 'delete';
  }
  @Get('head') getForHead() {
    return 'get';
  }
  @Head('head') head() {
    return null;
  }
  @Options('options') options() {
    return 'options';
  }
  @Get('options') getBesideOptions() {}
  @All('all') all(@Req() request: Request) {
    return request.method;
  }
  @Get('mixed') getMixed() {
    return 'get';
  }
  @All('mixed') allMixed() {
    return 'all';
  }
  @Get(['one', 'two']) several() {
    return 'several';
  }
  @Get('stream') stream() {
    return new StreamResponse(
      (async function* () {
        streamed++;
        yield 'x';
      })(),
    );
  }
}

@Controller()
class Paths {
  @Get() root() {
    return 'root';
  }
  @Get('items/latest') latest() {
    return 'latest';
  }
  @Get('items/:id') item(@Param('id') id: string) {
    return { id };
  }
  @Get('braces/{id}/x') braces(@Param('id') id: string) {
    return { id };
  }
  @Get('files/*path') file(@Param('path') path: string) {
    return { path };
  }
  @Get('proxy/{rest+}') proxy(@Param('rest') rest: string) {
    return { rest };
  }
  @Get('numbers/:n(\\d+)') number(@Param('n') n: number) {
    return { n };
  }
  @Get('search') search(@Query() query: Record<string, unknown>) {
    return query;
  }
  @Get('headers') headers(@Headers() headers: Record<string, string>) {
    return headers;
  }
}

describe.each(SOURCES)('%s', (source) => {
  const send = (method: string, url: string, rest: object = {}) =>
    inject(createApp({ controllers: [Verbs, Paths] }), { source, method, url, ...rest });

  test.each(['get', 'post', 'put', 'delete'])('%s', async (verb) => {
    expect((await send(verb, '/verbs')).payload).toBe(`"${verb}"`);
  });

  test('PATCH keeps its body', async () => {
    expect((await send('PATCH', '/verbs', { payload: { a: 1 } })).json()).toEqual({ patch: { a: 1 } });
  });

  test('GET with a body runs', async () => {
    expect((await send('GET', '/verbs', { payload: { a: 1 } })).payload).toBe('"get"');
  });

  test.each(['GET', 'POST', 'DELETE', 'OPTIONS'])('@All takes %s', async (method) => {
    expect((await send(method, '/verbs/all')).payload).toBe(`"${method}"`);
  });

  test("a route of the method's own goes before @All", async () => {
    expect([(await send('GET', '/verbs/mixed')).payload, (await send('PUT', '/verbs/mixed')).payload]).toEqual([
      '"get"',
      '"all"',
    ]);
  });

  test('a method that no route of the path takes is 405 with Allow', async () => {
    const answer = await send('DELETE', '/verbs/head');
    expect([answer.statusCode, answer.payload, answer.headers['allow']]).toEqual([
      405,
      '{"detail":"Method Not Allowed"}',
      'GET, HEAD, OPTIONS',
    ]);
  });

  test('a method that HTTP APIs let through but nobody knows is 405 as well', async () => {
    expect((await send('PURGE', '/verbs')).statusCode).toBe(405);
  });

  test('HEAD runs GET and drops the body, its length in bytes told', async () => {
    const answer = await send('HEAD', '/items/%C3%A9');
    expect([
      answer.statusCode,
      answer.payload,
      answer.headers['content-length'],
      answer.headers['content-type'],
    ]).toEqual([200, '', String(Buffer.byteLength('{"id":"é"}')), expect.stringContaining('application/json')]);
  });

  test('an explicit @Head goes before GET, and HEAD of an unknown path is 404 without a body', async () => {
    const explicit = await send('HEAD', '/verbs/head');
    expect([explicit.statusCode, explicit.payload]).toEqual([204, '']);
    const unknown = await send('HEAD', '/nowhere');
    expect([unknown.statusCode, unknown.payload]).toEqual([404, '']);
  });

  test('HEAD of a stream starts none', async () => {
    streamed = 0;
    const answer = await send('HEAD', '/verbs/stream');
    expect([answer.statusCode, answer.payload, streamed]).toEqual([200, '', 0]);
  });

  test('OPTIONS: @Options, else @All, else an automatic answer, else 404', async () => {
    expect((await send('OPTIONS', '/verbs/options')).payload).toBe('"options"');
    expect((await send('OPTIONS', '/verbs/all')).payload).toBe('"OPTIONS"');
    const automatic = await send('OPTIONS', '/verbs');
    expect([automatic.statusCode, automatic.payload, automatic.headers['allow']]).toEqual([
      204,
      '',
      'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
    ]);
    expect((await send('OPTIONS', '/nowhere')).statusCode).toBe(404);
  });

  test.each([
    ['/', '"root"'],
    ['/items/latest', '"latest"'],
    ['/items/7', '{"id":"7"}'],
    ['/items/7', '{"id":"7"}'],
    ['/items/%C3%A9', '{"id":"é"}'],
    ['/items/a%20b', '{"id":"a b"}'],
    ['/items/constructor', '{"id":"constructor"}'],
    ['/braces/1/x', '{"id":"1"}'],
    ['/files/a/b.txt', '{"path":"a/b.txt"}'],
    ['/proxy/a/b', '{"rest":"a/b"}'],
    ['/proxy/a//b', '{"rest":"a//b"}'],
    ['/numbers/42', '{"n":42}'],
    ['/verbs/one', '"several"'],
    ['/verbs/two', '"several"'],
  ])('GET %s answers %s', async (url, payload) => {
    expect((await send('GET', url)).payload).toBe(payload);
  });

  test.each([
    '/items',
    '/items//',
    '/items/1/2',
    '/numbers/x',
    '/files',
    '//',
    '/toString',
    '/__proto__',
    '/hasOwnProperty',
  ])('GET %s is 404', async (url) => {
    expect((await send('GET', url)).statusCode).toBe(404);
  });

  test('the query is decoded once; a plus is a space, an empty value is empty text', async () => {
    expect((await send('GET', '/search?a=1%2B1&b=x+y&c=&d=a,b&e=%252F')).json()).toEqual({
      a: '1+1',
      b: 'x y',
      c: '',
      d: 'a,b',
      e: '%2F',
    });
  });

  test('headers come in any case and keep characters beyond ASCII', async () => {
    expect((await send('GET', '/headers', { headers: { 'X-NAME': 'Zoë', 'x-LOWER': 'b' } })).json()).toMatchObject({
      'x-name': 'Zoë',
      'x-lower': 'b',
    });
  });
});

describe.each(SOURCES.filter((source) => source !== 'apiGatewayV2'))(
  '%s sends paths as they were encoded',
  (source) => {
    const get = (url: string) => inject(appOf(Paths), { source, url });

    test('an encoded slash stays inside its segment, and nothing is decoded twice', async () => {
      expect((await get('/items/a%2Fb')).json()).toEqual({ id: 'a/b' });
      expect((await get('/items/%252F')).json()).toEqual({ id: '%2F' });
    });

    test('malformed encoding is 400', async () => {
      expect((await get('/items/%E0%A4%A')).statusCode).toBe(400);
      expect((await get('/items/100%')).statusCode).toBe(400);
    });
  },
);

test('payload 2.0 has decoded the path: a bare percent sign is a character of it', async () => {
  expect((await inject(appOf(Paths), { url: '/items/100%25' })).json()).toEqual({ id: '100%' });
});

test('HEAD of an answer that opens its stream all the same closes it unread', async () => {
  const body = Readable.from(['x']);
  class Eager extends StreamResponse {
    override open() {
      return { body };
    }
  }
  @Controller()
  class EagerController {
    @Get() get() {
      return new Eager();
    }
  }
  expect((await inject(appOf(EagerController), { method: 'HEAD' })).payload).toBe('');
  expect([body.destroyed, body.readableDidRead]).toEqual([true, false]);
});

describe('base path and stage', () => {
  test.each(SOURCES)('the base path is taken off at a boundary of segments (%s)', async (source) => {
    const app = appOf(Paths, { basePath: 'v1/' });
    expect((await inject(app, { source, url: '/v1/items/7' })).payload).toBe('{"id":"7"}');
    expect((await inject(app, { source, url: '/v1' })).payload).toBe('"root"');
    expect((await inject(app, { source, url: '/v10/items/7' })).statusCode).toBe(404);
    expect((await inject(app, { source, url: '/items/latest' })).payload).toBe('"latest"');
  });

  test('the stage of payload 2.0 is taken off, at a boundary too', async () => {
    @Controller()
    class Developers {
      @Get('developer') developer() {
        return 'developer';
      }
      @Get('x') x(@Req() request: Request) {
        return request.path;
      }
    }
    const app = appOf(Developers);
    expect((await inject(app, { url: '/x', stage: 'dev' })).payload).toBe('"/x"');
    expect((await inject(app, { url: '/developer', stage: 'dev' })).payload).toBe('"developer"');
  });
});

describe('controllers', () => {
  test('several prefixes serve the same routes', async () => {
    @Controller(['orders', '/bestellungen/'])
    class Orders {
      @Get(':id') get(@Param('id') id: string) {
        return id;
      }
    }
    const app = appOf(Orders);
    expect((await inject(app, { url: '/orders/1' })).payload).toBe('"1"');
    expect((await inject(app, { url: '/bestellungen/2' })).payload).toBe('"2"');
  });

  test('routes are inherited; what is declared again takes nothing of the parent', async () => {
    class Deny {
      canActivate() {
        return false;
      }
    }
    abstract class Crud {
      @Get() list() {
        return this.constructor.name;
      }
      @Get('one') @UseGuards(Deny) one() {
        return 'parent';
      }
      @Get('two') two() {
        return 'parent';
      }
    }
    @Controller('cats')
    class Cats extends Crud {
      @Get('one') override one() {
        return 'own';
      }
      override two() {
        return 'not a route any more';
      }
    }
    @Controller('dogs')
    class Dogs extends Crud {}
    const app = createApp({ controllers: [Cats, Dogs] });
    const get = async (url: string) => {
      const { statusCode, payload } = await inject(app, { url });
      return statusCode === 200 ? payload : statusCode;
    };
    expect([await get('/cats'), await get('/dogs')]).toEqual(['"Cats"', '"Dogs"']);
    expect([await get('/cats/one'), await get('/dogs/one')]).toEqual(['"own"', 403]);
    expect([await get('/cats/two'), await get('/dogs/two')]).toEqual([404, '"parent"']);
  });

  test('a route under a symbol, and a static route declared after a dynamic one', async () => {
    const key = Symbol('get');
    @Controller()
    class Odd {
      @Get(':any') any() {
        return 'any';
      }
      @Get('static') [key]() {
        return 'static';
      }
    }
    expect((await inject(appOf(Odd), { url: '/static' })).payload).toBe('"static"');
  });
});

describe('versions', () => {
  @Controller({ path: 'orders', version: ['1', '2'] })
  class Versioned {
    @Get() list() {
      return 'v1 or v2';
    }
    @Get() @Version('3') list3() {
      return 'v3';
    }
  }
  @Controller('plain')
  class Plain {
    @Get() get() {
      return 'plain';
    }
  }
  const metadata = { controllers: [Versioned, Plain] };

  test.each(SOURCES)('in the path (%s)', async (source) => {
    const app = createApp(metadata, { versioning: { type: 'path' } });
    const get = async (url: string) => (await inject(app, { source, url })).payload;
    expect([await get('/v1/orders'), await get('/v2/orders'), await get('/v3/orders')]).toEqual([
      '"v1 or v2"',
      '"v1 or v2"',
      '"v3"',
    ]);
    expect([await get('/orders'), await get('/v4/orders')]).toEqual(Array(2).fill('{"detail":"Not Found"}'));
    expect(await get('/plain')).toBe('"plain"');
  });

  test('in the path with a prefix and a default', async () => {
    const app = createApp(metadata, { versioning: { type: 'path', prefix: 'api-', default: '9' } });
    const get = async (url: string) => (await inject(app, { url })).payload;
    expect([
      await get('/api-1/orders'),
      await get('/api-9/plain'),
      (await inject(app, { url: '/plain' })).statusCode,
    ]).toEqual(['"v1 or v2"', '"plain"', 404]);
  });

  test.each(SOURCES)('in a header, in any case, with a default (%s)', async (source) => {
    const app = createApp(metadata, { versioning: { type: 'header', name: 'X-Api-Version', default: '3' } });
    const get = async (version?: string, url = '/orders') =>
      (await inject(app, { source, url, headers: version === undefined ? {} : { 'x-API-version': version } })).payload;
    expect([await get('1'), await get('3'), await get(), await get('4')]).toEqual([
      '"v1 or v2"',
      '"v3"',
      '"v3"',
      '{"detail":"Not Found"}',
    ]);
    expect([await get('1', '/plain'), await get(undefined, '/plain')]).toEqual(['"plain"', '"plain"']);
  });

  describe('VERSION_NEUTRAL', () => {
    @Controller({ path: 'health', version: VERSION_NEUTRAL })
    class Health {
      @Get() check() {
        return 'neutral';
      }
      @Get('details')
      @Version(['2', VERSION_NEUTRAL])
      details() {
        return 'two and neutral';
      }
    }
    const health = { controllers: [Health] };

    test('stands for the path without a version, also beside a default', async () => {
      const app = createApp(health, { versioning: { type: 'path', default: '1' } });
      const status = async (url: string) => (await inject(app, { url })).statusCode;
      expect([await status('/health'), await status('/health/details'), await status('/v2/health/details')]).toEqual(
        Array(3).fill(200),
      );
      expect([await status('/v1/health'), await status('/v1/health/details')]).toEqual([404, 404]);
    });

    test('serves every version in a header, and requests without one', async () => {
      const app = createApp(health, { versioning: { type: 'header', name: 'x-v', default: '9' } });
      const status = async (version?: string) =>
        (await inject(app, { url: '/health', headers: version === undefined ? {} : { 'x-v': version } })).statusCode;
      expect([await status(), await status('9'), await status('other')]).toEqual([200, 200, 200]);
    });

    test('needs no option versioning', async () => {
      @Controller({ path: 'alive', version: VERSION_NEUTRAL })
      class Alive {
        @Get() check() {
          return 'yes';
        }
      }
      expect((await inject(createApp({ controllers: [Alive] }), { url: '/alive' })).payload).toBe('"yes"');
    });
  });

  test('without the option they are refused with what to add', async () => {
    await expect(createApp(metadata).ready()).rejects.toThrow(/Versioned\.list has the version 1, 2.*versioning/s);
  });

  test.each([
    [':any', 'path'],
    ['2/3', 'path'],
    ['2*', 'path'],
    ['%32', 'path'],
    ['2 ', 'path'],
    ['{2}', 'path'],
    ['2?a', 'path'],
    [' 2', 'header'],
    ['2\t', 'header'],
  ] as const)('%j, which no request can name, is refused in a %s', async (version, type) => {
    @Controller('odd')
    class Odd {
      @Get() @Version(['1', version]) list() {}
    }
    const app = createApp({ controllers: [Odd] }, { versioning: type === 'path' ? { type } : { type, name: 'x-v' } });
    await expect(app.ready()).rejects.toThrow(`Odd.list has the version ${JSON.stringify(version)}, which no request`);
  });

  test.each(['2024-01-01', '1.0~beta_2', 'β', 'application/vnd.shop+json; v=2'])(
    '%s may be one in a header',
    async (v) => {
      @Controller('odd')
      class Odd {
        @Get() @Version(v) list() {
          return 'found';
        }
      }
      const app = createApp({ controllers: [Odd] }, { versioning: { type: 'header', name: 'x-v' } });
      expect((await inject(app, { url: '/odd', headers: { 'x-v': v } })).payload).toBe('"found"');
      expect((await inject(app, { url: '/odd', headers: { 'x-v': `${v}, ${v}` } })).statusCode).toBe(404);
    },
  );

  test('two routes of the same version are one too many', async () => {
    @Controller({ path: 'orders', version: '2' })
    class Twice {
      @Get() list() {}
    }
    const app = createApp({ controllers: [Versioned, Twice] }, { versioning: { type: 'header', name: 'x-v' } });
    await expect(app.ready()).rejects.toThrow('Versioned.list and Twice.list both handle GET /orders in version 2.');
  });
});
