import { Readable } from 'node:stream';
import type { ApplicationOptions } from '../../src/application/options/application-options.js';
import { Catch, UseFilters } from '../../src/decorators/enhancers.js';
import { Controller, Get, Header, HttpCode } from '../../src/decorators/routes.js';
import { ConflictException } from '../../src/errors/exceptions.js';
import { EventSourceResponse } from '../../src/http/response/event-source-response.js';
import { Response } from '../../src/http/response/response.js';
import { StreamResponse } from '../../src/http/response/stream-response.js';
import { type CapturedStdout, captureStdout } from '../logging/captured-stdout.js';
import { appOf } from './create-app.js';
import { answerBy, type WayOut, WAYS_OUT } from './ways-out.js';

let stdout: CapturedStdout;
beforeEach(() => (stdout = captureStdout()));
afterEach(() => jest.restoreAllMocks());

const taken = () => new ConflictException('taken', { headers: { 'retry-after': '1' } });

class OutOfStock extends Error {}

@Catch(OutOfStock)
class StockFilter {
  catch() {
    return new Response('sold out', { statusCode: 410 });
  }
}

async function* failing(error: unknown = taken()) {
  yield '';
  throw error;
}

async function* broken() {
  yield 'one';
  throw taken();
}

@Controller()
class Streams {
  @Get('generator') generator() {
    return failing();
  }
  @Get('async') async async() {
    return failing();
  }
  @Get('response') response() {
    return new StreamResponse(failing(), { mediaType: 'text/csv', statusCode: 201, headers: { 'x-rows': '2' } }).cookie(
      'a',
      '1',
    );
  }
  @Get('list') list() {
    return new StreamResponse([Promise.reject<string>(taken())] as never);
  }
  @Get('iterable') iterable() {
    return new StreamResponse({
      [Symbol.iterator]: () => ({
        next() {
          throw taken();
        },
      }),
    } as never);
  }
  @Get('readable') readable() {
    return Readable.from(failing());
  }
  @Get('bytes') bytes() {
    return new Readable({
      read() {
        this.destroy(taken());
      },
    });
  }
  @Get('web') web() {
    return new ReadableStream({ pull: () => Promise.reject(taken()) });
  }
  @Get('opened') opened() {
    class Opened extends StreamResponse<null> {
      override async open(): Promise<never> {
        throw taken();
      }
    }
    return new Opened(null);
  }
  @Get('header') @Header('content-type', 'text/csv') @Header('x-rows', '2') @HttpCode(201) header(res: Response) {
    res.cookie('a', '1');
    return failing();
  }
  @Get('filtered') @UseFilters(StockFilter) filtered() {
    return failing(new OutOfStock());
  }
  @Get('unhandled') unhandled() {
    return failing(new Error('password hunter2'));
  }
  @Get('midway') midway() {
    return broken();
  }
  @Get('events') events() {
    return new EventSourceResponse(failing());
  }
}

const FAILING = ['generator', 'async', 'response', 'list', 'iterable', 'readable', 'bytes', 'web', 'opened', 'header'];

describe.each(WAYS_OUT)('a stream that fails before its first chunk, by %s,', (way: WayOut) => {
  const get = (path: string, options: ApplicationOptions = {}) =>
    answerBy(way, appOf(Streams, options), {
      url: `/${path}`,
      headers: { origin: 'https://a.example', 'accept-encoding': 'gzip' },
    });

  test.each(FAILING)('is answered with the error (%s), and nothing of the stream is in it', async (path) => {
    const { statusCode, headers, payload, cookies } = await get(path);
    expect([statusCode, payload, headers['content-type'], headers['retry-after'], headers['x-rows'], cookies]).toEqual([
      409,
      '{"detail":"taken"}',
      'application/json',
      '1',
      undefined,
      [],
    ]);
    expect(stdout.lines().find(({ type }) => type === 'access')).toMatchObject({
      level: 'warning',
      status_code: 409,
      error_detail: 'taken',
    });
  });

  test('is answered with what every answer carries, compressed or not', async () => {
    const { statusCode, headers } = await get('generator', {
      compression: true,
      etag: true,
      cors: true,
      securityHeaders: true,
    });
    expect(statusCode).toBe(409);
    expect(headers).toMatchObject({
      'access-control-allow-origin': '*',
      'x-content-type-options': 'nosniff',
      'x-request-id': expect.any(String),
    });
    expect(headers['content-encoding']).toBeUndefined();
  });

  test('is answered by the filters of its route, and by those of the application', async () => {
    const answers = [
      await get('filtered'),
      await get('generator', { filters: [{ catch: () => new Response('all', { statusCode: 418 }) }] }),
    ];
    expect(answers.map(({ statusCode, payload }) => [statusCode, payload])).toEqual([
      [410, 'sold out'],
      [418, 'all'],
    ]);
  });

  test('is an unhandled error where it is none of HTTP', async () => {
    await expect(get('unhandled')).rejects.toThrow('password hunter2');
    const { statusCode, payload } = await get('unhandled', { unhandledErrors: 'respond' });
    expect([statusCode, payload]).toEqual([500, '{"detail":"Internal Server Error"}']);
  });

  test('is not heard of for HEAD, where nothing is read', async () => {
    const { statusCode, headers } = await answerBy(way, appOf(Streams), { method: 'HEAD', url: '/response' });
    expect([statusCode, headers['content-type'], headers['x-rows']]).toEqual([201, 'text/csv; charset=utf-8', '2']);
  });

  test.each(['midway', 'events'])('is another matter from a stream whose head is out (%s)', async (path) => {
    const answer = get(path);
    if (way === 'a response stream') await expect(answer).rejects.toThrow('taken');
    else expect((await answer).statusCode).toBe(409);
  });
});
