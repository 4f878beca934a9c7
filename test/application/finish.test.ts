import { createHash } from 'node:crypto';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { ApplicationOptions } from '../../src/application/options/application-options.js';
import { Controller, Cors, Get, Options, Post } from '../../src/decorators/routes.js';
import { ConflictException } from '../../src/errors/exceptions.js';
import { HtmlResponse } from '../../src/http/response/html-response.js';
import { Response } from '../../src/http/response/response.js';
import { StreamResponse } from '../../src/http/response/stream-response.js';
import { inject } from '../../src/testing/inject.js';
import { captureStdout } from '../logging/captured-stdout.js';
import { appOf, createApp, SOURCES } from './create-app.js';

beforeEach(() => void captureStdout());
afterEach(() => jest.restoreAllMocks());

const LONG = 'é'.repeat(2000);

@Controller()
class Answers {
  @Get('ok') ok() {
    return { ok: true };
  }
  @Post('ok') post() {}
  @Get('conflict') conflict() {
    throw new ConflictException();
  }
  @Get('failure') failure() {
    throw new Error('inside');
  }
  @Get('never') never() {
    return new Promise(() => undefined);
  }
  @Get('page') page() {
    return new HtmlResponse('<p>');
  }
  @Get('long') long() {
    return LONG;
  }
  @Get('long-stream') longStream() {
    return new StreamResponse([LONG], { mediaType: 'text/plain' });
  }
  @Get('etag') own() {
    return new Response('x', { headers: { etag: '"mine"' } });
  }
  @Get('id') id(res: Response) {
    res.headers['x-request-id'] = 'own';
  }
  @Get('cors') cors(res: Response) {
    res.headers['Access-Control-Allow-Origin'] = 'https://own.example';
  }
  @Get('own') @Cors({ origin: 'https://own.example' }) withOwn() {
    return 1;
  }
  @Get('none') @Cors(false) withNone() {
    return 1;
  }
  @Options('manual') manual() {
    return 'by hand';
  }
  @Get('manual') manualGet() {}
}

const ORIGIN = 'https://app.example.com';

describe.each(SOURCES)('%s', (source) => {
  const idOf = async (headers: Record<string, string> = {}, url = '/ok') =>
    (await inject(appOf(Answers, { unhandledErrors: 'respond' }), { source, url, headers })).headers['x-request-id'];
  const tagged = (url: string, headers: Record<string, string> = {}, method = 'GET') =>
    inject(appOf(Answers, { etag: true }), { source, url, headers, method });
  const compressed = (url: string, accept: string, options = {}) =>
    inject(appOf(Answers, { compression: true, ...options }), { source, url, headers: { 'Accept-Encoding': accept } });

  describe('CORS', () => {
    const options = {
      cors: { origin: ORIGIN, credentials: true, exposeHeaders: ['x-total'], maxAge: 60 },
      unhandledErrors: 'respond',
      settings: { FUNCTION_TIMEOUT: 0.02 },
    } as const;

    test.each([
      ['GET', '/ok', 200],
      ['HEAD', '/ok', 200],
      ['GET', '/conflict', 409],
      ['GET', '/nowhere', 404],
      ['PUT', '/ok', 405],
      ['OPTIONS', '/ok', 204],
      ['GET', '/failure', 500],
      ['GET', '/never', 504],
      ['POST', '/ok', 204],
    ])('%s %s, which is %i, carries its headers', async (method, url, status) => {
      const answer = await inject(appOf(Answers, options), { source, method, url, headers: { Origin: ORIGIN } });
      expect([answer.statusCode, answer.headers]).toEqual([
        status,
        expect.objectContaining({
          'access-control-allow-origin': ORIGIN,
          'access-control-allow-credentials': 'true',
          'access-control-expose-headers': 'x-total',
          vary: expect.stringMatching(/origin/i),
        }),
      ]);
    });

    test('another origin gets none, but is told that the answer depends on it', async () => {
      const { headers } = await inject(appOf(Answers, options), {
        source,
        url: '/ok',
        headers: { origin: 'https://evil.example' },
      });
      expect(headers['access-control-allow-origin']).toBeUndefined();
      expect(headers['vary']).toMatch(/origin/i);
    });

    const preflight = (app: ReturnType<typeof appOf>, url: string, method = 'POST', origin = ORIGIN) =>
      inject(app, {
        source,
        url,
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': method,
          'access-control-request-headers': 'x-a, content-type',
        },
      });

    test('a preflight is answered before routes and guards, with the methods of the path', async () => {
      const guard = { canActivate: jest.fn(() => false) };
      const answer = await preflight(appOf(Answers, { ...options, guards: [guard] }), '/ok');
      expect([answer.statusCode, answer.payload, answer.headers]).toEqual([
        204,
        '',
        expect.objectContaining({
          'access-control-allow-origin': ORIGIN,
          'access-control-allow-methods': 'GET, HEAD, POST',
          'access-control-allow-headers': 'x-a, content-type',
          'access-control-max-age': '60',
          'x-request-id': expect.any(String),
        }),
      ]);
      expect(guard.canActivate).not.toHaveBeenCalled();
    });

    test('a preflight goes before @Options; OPTIONS that is none comes to it', async () => {
      const app = appOf(Answers, options);
      expect((await preflight(app, '/manual', 'GET')).statusCode).toBe(204);
      expect((await inject(app, { source, method: 'OPTIONS', url: '/manual' })).payload).toBe('"by hand"');
    });

    test('@Cors goes before the option, for the answer and for the preflight', async () => {
      const app = appOf(Answers, options);
      const own = 'https://own.example';
      expect(
        (await inject(app, { source, url: '/own', headers: { origin: own } })).headers['access-control-allow-origin'],
      ).toBe(own);
      expect(
        (await inject(app, { source, url: '/own', headers: { origin: ORIGIN } })).headers[
          'access-control-allow-origin'
        ],
      ).toBeUndefined();
      expect((await preflight(app, '/own', 'GET', own)).headers['access-control-allow-origin']).toBe(own);
      expect(
        (await inject(app, { source, url: '/none', headers: { origin: ORIGIN } })).headers[
          'access-control-allow-origin'
        ],
      ).toBeUndefined();
      expect((await preflight(app, '/none', 'GET')).headers['access-control-allow-origin']).toBeUndefined();
    });

    test('an origin that the method has set stays', async () => {
      expect(
        (await inject(appOf(Answers, options), { source, url: '/cors', headers: { origin: ORIGIN } })).headers[
          'access-control-allow-origin'
        ],
      ).toBe('https://own.example');
    });

    test('true allows every origin; without the option there are no headers and a preflight is ordinary OPTIONS', async () => {
      expect(
        (await inject(appOf(Answers, { cors: true }), { source, url: '/ok', headers: { origin: ORIGIN } })).headers[
          'access-control-allow-origin'
        ],
      ).toBe('*');
      const answer = await preflight(appOf(Answers), '/ok');
      expect([answer.statusCode, answer.headers['allow'], answer.headers['access-control-allow-origin']]).toEqual([
        204,
        'GET, HEAD, POST, OPTIONS',
        undefined,
      ]);
      expect((await preflight(appOf(Answers), '/nowhere')).statusCode).toBe(404);
    });
  });

  test('security headers are on every answer', async () => {
    const app = appOf(Answers, { securityHeaders: true, unhandledErrors: 'respond' });
    for (const url of ['/ok', '/conflict', '/nowhere', '/failure']) {
      const { headers } = await inject(app, { source, url });
      expect([url, headers]).toEqual([
        url,
        expect.objectContaining({
          'x-content-type-options': 'nosniff',
          'strict-transport-security': expect.any(String),
        }),
      ]);
    }
    const page = await inject(app, { source, url: '/page' });
    expect(page.headers['content-security-policy']).toContain("base-uri 'self'");
  });

  describe('x-request-id', () => {
    test("is the caller's when it is printable", async () => {
      expect(await idOf({ 'X-Request-Id': 'abc-123' })).toBe('abc-123');
    });

    test.each([
      ['too long', 'x'.repeat(129)],
      ['with a line break', 'a\nb'],
      ['beyond ASCII', 'é'],
      ['empty', ''],
    ])('is another when that is %s', async (_, id) => {
      expect(await idOf({ 'x-request-id': id })).toMatch(/^[\x21-\x7e]{8,128}$/);
      expect(await idOf({ 'x-request-id': id })).not.toBe(id);
    });

    test('is on errors too, and one that the method has set stays', async () => {
      for (const url of ['/conflict', '/nowhere', '/failure'])
        expect(await idOf({ 'x-request-id': 'mine' }, url)).toBe('mine');
      expect(await idOf({}, '/id')).toBe('own');
    });
  });

  describe('etag', () => {
    test('an answer to GET and HEAD has one, and is 304 without a body when the caller has it', async () => {
      const first = await tagged('/ok');
      const { etag } = first.headers;
      expect(etag).toMatch(/^"/);
      for (const method of ['GET', 'HEAD']) {
        const second = await tagged('/ok', { 'If-None-Match': `"other", W/${etag}` }, method);
        expect([second.statusCode, second.payload, second.headers['etag'], second.headers['content-type']]).toEqual([
          304,
          '',
          etag,
          undefined,
        ]);
      }
    });

    test('it follows from the bytes', async () => {
      expect((await tagged('/long')).headers['etag']).toContain(
        createHash('sha1').update(`"${LONG}"`).digest('base64').slice(0, 10),
      );
    });

    test('it is not put on errors and POST, and one that the method gave stays', async () => {
      expect((await tagged('/conflict')).headers['etag']).toBeUndefined();
      expect((await tagged('/ok', {}, 'POST')).headers['etag']).toBeUndefined();
      expect((await tagged('/etag')).headers['etag']).toBe('"mine"');
      expect((await tagged('/etag', { 'if-none-match': '"mine"' })).statusCode).toBe(304);
    });

    test('is off unless asked for', async () => {
      expect((await inject(appOf(Answers), { source, url: '/ok' })).headers['etag']).toBeUndefined();
    });
  });

  describe('compression', () => {
    test.each([
      ['gzip', gunzipSync],
      ['br', brotliDecompressSync],
    ])('%s as the caller accepts it, of whole answers and of streams', async (encoding, decompress) => {
      for (const [url, text] of [
        ['/long', `"${LONG}"`],
        ['/long-stream', LONG],
      ] as const) {
        const answer = await compressed(url, encoding);
        expect([answer.headers['content-encoding'], answer.headers['vary']]).toEqual([
          encoding,
          expect.stringMatching(/accept-encoding/i),
        ]);
        expect(decompress(answer.rawPayload).toString()).toBe(text);
      }
    });

    test('not a short answer, not for a caller who takes none, and not unless asked for', async () => {
      expect((await compressed('/ok', 'gzip')).headers['content-encoding']).toBeUndefined();
      expect((await compressed('/long', 'identity')).headers['content-encoding']).toBeUndefined();
      expect((await compressed('/long', 'gzip', { compression: false })).headers['content-encoding']).toBeUndefined();
      expect((await compressed('/ok', 'gzip', { compression: { threshold: 1 } })).headers['content-encoding']).toBe(
        'gzip',
      );
    });

    test('a compressed answer keeps a weak entity tag, by which it is 304 again', async () => {
      const answer = await compressed('/long', 'gzip', { etag: true });
      expect(answer.headers['etag']).toMatch(/^W\//);
      const again = await inject(appOf(Answers, { compression: true, etag: true }), {
        source,
        url: '/long',
        headers: { 'accept-encoding': 'gzip', 'if-none-match': answer.headers['etag']! },
      });
      expect([again.statusCode, again.payload]).toEqual([304, '']);
    });
  });
});

describe.each(SOURCES)('by %s, a path without a route for the method', (source) => {
  const A = 'https://a.example';
  const B = 'https://b.example';

  @Controller('a')
  @Cors({ origin: A, credentials: true, exposeHeaders: ['allow'] })
  class OfClass {
    @Get() list() {}
    @Get('mixed') @Cors(false) closed() {}
    @Post('mixed') open() {}
    @Get(':id(\\d+)/{rest+}') deep() {}
  }

  @Controller('b')
  class OfMethod {
    @Get() @Cors({ origin: B }) list() {}
    @Get('none') @Cors(false) none() {}
    @Get('plain') plain() {}
    @Get('v', { status: 200 }) v() {}
  }

  const app = (options: ApplicationOptions = {}) => createApp({ controllers: [OfClass, OfMethod] }, options);
  const ask = async (method: string, url: string, origin: string, options?: ApplicationOptions) => {
    const { statusCode, headers } = await inject(app(options), { source, method, url, headers: { origin } });
    return [statusCode, headers['access-control-allow-origin'], headers['access-control-allow-credentials']];
  };

  test.each([
    ['PUT', '/a', 405],
    ['OPTIONS', '/a', 204],
    ['PUT', '/a/mixed', 405],
    ['DELETE', '/a/7/x/y', 405],
    ['PUT', '/a/7/%20', 405],
  ])('has the CORS of its controller: %s %s is %i', async (method, url, status) => {
    expect(await ask(method, url, A)).toEqual([status, A, 'true']);
    expect(await ask(method, url, A, { cors: { origin: B } })).toEqual([status, A, 'true']);
    expect(await ask(method, url, B, { cors: { origin: B } })).toEqual([status, undefined, undefined]);
  });

  test('has that of its route where the controller says nothing, else that of the application', async () => {
    expect(await ask('PUT', '/b', B)).toEqual([405, B, undefined]);
    expect(await ask('PUT', '/b', A, { cors: true })).toEqual([405, undefined, undefined]);
    expect(await ask('PUT', '/b/none', A, { cors: true })).toEqual([405, undefined, undefined]);
    expect(await ask('PUT', '/b/plain', A, { cors: true })).toEqual([405, '*', undefined]);
    expect(await ask('GET', '/nowhere', A, { cors: true })).toEqual([404, '*', undefined]);
    expect(await ask('GET', '/nowhere', A)).toEqual([404, undefined, undefined]);
  });

  const preflight = async (url: string, origin: string, wanted = 'PUT', options?: ApplicationOptions) => {
    const headers = { origin, 'access-control-request-method': wanted };
    const answer = await inject(app(options), { source, method: 'OPTIONS', url, headers });
    return [
      answer.statusCode,
      answer.headers['access-control-allow-origin'],
      answer.headers['access-control-allow-methods'],
    ];
  };

  test.each(['PUT', 'get ', 'NONE', ''])(
    'has the preflight of its controller, which names the methods that are there (%j)',
    async (wanted) => {
      expect(await preflight('/a', A, wanted)).toEqual([204, A, 'GET, HEAD']);
      expect(await preflight('/a', B, wanted, { cors: true })).toEqual([204, undefined, undefined]);
    },
  );

  test('leaves no empty list in a preflight to nowhere', async () => {
    expect(await preflight('/nowhere', A, 'PUT', { cors: true })).toEqual([204, '*', undefined]);
  });
});

test('@Cors on a class goes for its routes, one on the method before it', async () => {
  @Controller('api')
  @Cors({ origin: 'https://class.example' })
  class Api {
    @Get() list() {}
    @Get('public') @Cors() forAll() {}
  }
  const app = createApp({ controllers: [Api] });
  const originOf = async (url: string) =>
    (await inject(app, { url, headers: { origin: 'https://class.example' } })).headers['access-control-allow-origin'];
  expect([await originOf('/api'), await originOf('/api/public')]).toEqual(['https://class.example', '*']);
});

test('global filters see a preflight whose path is malformed', async () => {
  const app = appOf(Answers, { filters: [{ catch: () => 'filtered' }] });
  const answer = await inject(app, {
    method: 'OPTIONS',
    url: '/%E0%A4%A',
    source: 'functionUrl',
    headers: { origin: ORIGIN, 'access-control-request-method': 'GET' },
  });
  expect([answer.statusCode, answer.payload]).toEqual([400, '"filtered"']);
});
