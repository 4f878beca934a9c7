import { CacheControl, type CacheControlOptions } from '../../src/cache/cache-control.js';
import { OnSqs } from '../../src/decorators/consumers.js';
import { UseFilters, UseGuards } from '../../src/decorators/enhancers.js';
import { Param, Res } from '../../src/decorators/parameters.js';
import { Controller, Get, HttpCode } from '../../src/decorators/routes.js';
import { NotFoundException } from '../../src/errors/exceptions.js';
import { Response } from '../../src/http/response/response.js';
import { StreamResponse } from '../../src/http/response/stream-response.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { httpEvents } from '../../src/testing/http-events.js';
import { inject } from '../../src/testing/inject.js';
import { appOf, SOURCES } from '../application/create-app.js';
import { captureStdout } from '../logging/captured-stdout.js';

beforeEach(() => void captureStdout());
afterEach(() => jest.restoreAllMocks());

function withDirectives(directives: CacheControlOptions) {
  @Controller()
  class Limited {
    @CacheControl(directives) @Get() list() {
      return [];
    }
  }
  return appOf(Limited);
}

test.each<[CacheControlOptions, string]>([
  [{ maxAge: 60 }, 'max-age=60'],
  [{ maxAge: 0, mustRevalidate: true }, 'max-age=0, must-revalidate'],
  [
    { public: true, maxAge: 60, sMaxAge: 3600, staleWhileRevalidate: 30, staleIfError: 86_400 },
    'public, max-age=60, s-maxage=3600, stale-while-revalidate=30, stale-if-error=86400',
  ],
  [{ private: true, maxAge: 5, noTransform: true }, 'private, max-age=5, no-transform'],
  [{ noStore: true, private: true }, 'private, no-store'],
  [{ noStore: true, mustUnderstand: true, public: false }, 'no-store, must-understand'],
  [{ noCache: true, maxAge: 5 }, 'no-cache, max-age=5'],
  [{ public: true, maxAge: 31_536_000, immutable: true }, 'public, max-age=31536000, immutable'],
  [{ sMaxAge: 5, proxyRevalidate: true }, 's-maxage=5, proxy-revalidate'],
])('%j is %s', async (directives, header) => {
  expect((await inject(withDirectives(directives), { url: '/' })).headers['cache-control']).toBe(header);
});

test.each<[object, string]>([
  [{}, 'sets no directive'],
  [{ public: false }, 'sets no directive'],
  [{ maxage: 5 }, 'Unknown in @CacheControl: maxage'],
  [{ maxAge: 1.5 }, 'maxAge is 1.5'],
  [{ maxAge: -1 }, 'maxAge is -1'],
  [{ maxAge: '60' }, 'maxAge is 60'],
  [{ maxAge: 2 ** 31 }, 'maxAge is 2147483648'],
  [{ public: 'yes' }, 'public is yes'],
  [{ public: true, private: true }, 'private and public contradict each other'],
  [{ private: true, sMaxAge: 5 }, 'private and sMaxAge contradict each other'],
  [{ noStore: true, maxAge: 0 }, 'noStore and maxAge contradict each other'],
  [{ noStore: true, public: true }, 'noStore and public contradict each other'],
  [{ noCache: true, maxAge: 5, immutable: true }, 'noCache and immutable contradict each other'],
  [{ maxAge: 5, mustRevalidate: true, staleIfError: 5 }, 'mustRevalidate and staleIfError contradict each other'],
  [{ staleWhileRevalidate: 5 }, 'staleWhileRevalidate has no effect without maxAge or sMaxAge'],
  [{ immutable: true }, 'immutable has no effect without maxAge or sMaxAge'],
  [{ mustUnderstand: true }, 'mustUnderstand has no effect without noStore'],
])('%j fails the bootstrap', async (directives, message) => {
  await expect(withDirectives(directives as CacheControlOptions).ready()).rejects.toThrow(message);
});

class Denying {
  canActivate() {
    return false;
  }
}

class Answering {
  catch() {
    return { caught: true };
  }
}

@Controller()
@CacheControl({ public: true, maxAge: 60 })
class Articles {
  @Get('plain') plain() {
    return { a: 1 };
  }
  @CacheControl({ noStore: true }) @Get('own') own() {
    return { a: 1 };
  }
  @Get('nothing') nothing() {}
  @Get('response') response() {
    return new Response('a');
  }
  @Get('set') set() {
    return new Response('a', { headers: { 'Cache-Control': 'no-cache' } });
  }
  @Get('injected') injected(@Res() response: Response) {
    response.headers['Cache-Control'] = 'no-cache';
    return { a: 1 };
  }
  @Get('stream') stream() {
    return new StreamResponse(['a', 'b']);
  }
  @Get('missing') missing() {
    throw new NotFoundException();
  }
  @Get('not-there') notThere(@Res() response: Response) {
    response.statusCode = 404;
    return { detail: 'no' };
  }
  @HttpCode(410) @Get('gone') gone() {
    return { detail: 'no' };
  }
  @Get('returned') returned() {
    return new Response('no', { statusCode: 404 });
  }
  @Get('fetched') fetched() {
    return globalThis.Response.json({ no: true }, { status: 503 });
  }
  @Get('crash') crash() {
    throw new TypeError('secret');
  }
  @Get('invalid/:id') invalid(@Param('id') id: number) {
    return id;
  }
  @UseGuards(Denying) @Get('denied') denied() {}
  @UseFilters(Answering) @Get('filtered') filtered() {
    throw new TypeError('secret');
  }
}

describe('the header', () => {
  test.each([
    ['plain', 'public, max-age=60'],
    ['own', 'no-store'],
    ['nothing', 'public, max-age=60'],
    ['response', 'public, max-age=60'],
    ['stream', 'public, max-age=60'],
    ['set', 'no-cache'],
    ['injected', 'no-cache'],
  ])('of /%s is %s', async (path, header) => {
    expect((await inject(appOf(Articles), { url: `/${path}` })).headers['cache-control']).toBe(header);
  });

  test.each(SOURCES)('is there in the response of every source: %s', async (source) => {
    const { headers } = await inject(appOf(Articles), { url: '/plain', source });
    expect(headers['cache-control']).toBe('public, max-age=60');
  });

  test.each([
    ['missing', 404],
    ['not-there', 404],
    ['gone', 410],
    ['returned', 404],
    ['fetched', 503],
    ['crash', 500],
    ['invalid/x', 422],
    ['denied', 403],
    ['filtered', 500],
    ['unknown', 404],
  ])('is not on the error of /%s', async (path, status) => {
    const app = appOf(Articles, { unhandledErrors: 'respond' });
    const { statusCode, headers } = await inject(app, { url: `/${path}` });
    expect([statusCode, headers['cache-control']]).toEqual([status, undefined]);
  });

  test('is on a 304, whose entry in the cache it refreshes', async () => {
    const app = appOf(Articles, { etag: true });
    const { headers } = await inject(app, { url: '/plain' });
    const again = await inject(app, { url: '/plain', headers: { 'if-none-match': headers['etag'] as string } });
    expect([again.statusCode, again.headers['cache-control']]).toEqual([304, 'public, max-age=60']);
  });

  test('leaves the records of the same class alone', async () => {
    let runs = 0;
    @Controller()
    @CacheControl({ maxAge: 1 })
    class Both {
      @Get() list() {
        return [];
      }
      @OnSqs('jobs') run() {
        runs += 1;
      }
    }
    const app = appOf(Both);
    const record = { messageId: '1', body: 'a', eventSource: 'aws:sqs', eventSourceARN: 'arn:aws:sqs:eu:1:jobs' };
    expect(await app.handler({ Records: [record] }, fakeContext())).toEqual({ batchItemFailures: [] });
    expect(runs).toBe(1);
    expect(await app.handler(httpEvents.apiGatewayV2({ url: '/' }), fakeContext())).toMatchObject({ statusCode: 200 });
  });
});
