import { Readable } from 'node:stream';
import { OnWebSocket } from '../../src/decorators/consumers.js';
import { UseInterceptors } from '../../src/decorators/enhancers.js';
import { Controller, Get, Head, Header } from '../../src/decorators/routes.js';
import { BadGatewayException } from '../../src/errors/exceptions.js';
import { FileResponse } from '../../src/http/response/file-response.js';
import { JsonResponse } from '../../src/http/response/json-response.js';
import { RedirectResponse } from '../../src/http/response/redirect-response.js';
import { Response } from '../../src/http/response/response.js';
import { StreamResponse } from '../../src/http/response/stream-response.js';
import { installAwsLambda, PRELUDE_END, ResponseStream } from '../../src/local/invoke/response-stream.js';
import { fromMiddy } from '../../src/pipeline/from-middy.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { httpEvents } from '../../src/testing/http-events.js';
import { inject } from '../../src/testing/inject.js';
import { captureStdout } from '../logging/captured-stdout.js';
import { appOf, createApp, SOURCES } from './create-app.js';

/** An upstream's headers as `fetch` gives them: the body that came with them is decoded, and others may be longer. */
const UPSTREAM: Readonly<Record<string, string>> = {
  Connection: 'keep-alive, X-Hop',
  'keep-alive': 'timeout=5',
  'Transfer-Encoding': 'chunked',
  te: 'trailers',
  trailer: 'expires',
  upgrade: 'h2c',
  'HTTP2-Settings': 'AAMAAABkAAQCAAAAAAIAAAAA',
  'proxy-authenticate': 'Basic',
  'proxy-authorization': 'Basic YTpi',
  'proxy-connection': 'keep-alive',
  'x-hop': 'a',
  'Content-Length': '99999',
  'content-encoding': 'gzip',
  etag: '"a"',
  'x-kept': 'b',
};

/** Those of {@link UPSTREAM} that are about the connection, by their names in answers. */
const GONE = Object.keys(UPSTREAM)
  .map((name) => name.toLowerCase())
  .filter((name) => !['etag', 'x-kept', 'content-length', 'content-encoding'].includes(name));

const upstream = { headers: UPSTREAM };
const text = 'grüß dich';

function setAll(res: Response): void {
  Object.assign(res.headers, UPSTREAM);
}

@Controller()
class Proxy {
  @Get('response') response() {
    return new Response(text, upstream);
  }
  @Get('bytes') bytes() {
    return new Response(Buffer.from(text), { headers: { ...UPSTREAM, 'content-encoding': 'identity' } });
  }
  @Get('json') json() {
    return new JsonResponse({ text }, upstream);
  }
  @Get('injected') injected(res: Response) {
    setAll(res);
    return { text };
  }
  @Get('stream') stream() {
    return new StreamResponse(Readable.from([text]), { headers: { ...UPSTREAM, 'content-encoding': 'identity' } });
  }
  @Get('file') file() {
    return new FileResponse(__filename, { headers: { ...UPSTREAM, 'content-encoding': 'identity' } });
  }
  @Get('thrown') thrown() {
    throw new BadGatewayException('no', { headers: { ...UPSTREAM } });
  }
  @Get('nothing') nothing() {
    return new Response(null, { ...upstream, statusCode: 202 });
  }
  @Get('no-content') noContent() {
    return new Response(null, { ...upstream, statusCode: 204 });
  }
  @Get('redirect') redirect(res: Response) {
    setAll(res);
    return new RedirectResponse('/there');
  }
  @UseInterceptors(
    fromMiddy({
      before: (request) => void (request.earlyResponse = { statusCode: 200, headers: { ...UPSTREAM }, body: text }),
    }),
  )
  @Get('middy')
  middy() {}
  @Header('connection', 'close') @Header('content-length', '1') @Get('route') route() {
    return { text };
  }
  @Head('size') size() {
    return new Response(null, { headers: { 'content-length': '7' } });
  }
}

const PATHS = [
  'response',
  'bytes',
  'json',
  'injected',
  'stream',
  'file',
  'thrown',
  'nothing',
  'no-content',
  'redirect',
  'middy',
  'route',
];

afterEach(() => jest.restoreAllMocks());
beforeEach(() => void captureStdout());

function expectTrue(headers: Readonly<Record<string, string | undefined>>, body: Buffer): void {
  expect(Object.keys(headers).filter((name) => GONE.includes(name))).toEqual([]);
  expect(headers['content-encoding'] ?? 'identity').toBe('identity');
  if (headers['content-length'] !== undefined) expect(headers['content-length']).toBe(String(body.length));
}

describe.each(SOURCES)("an upstream's headers, through %s", (source) => {
  it.each(PATHS)('say nothing of its connection, and no length but the true one (%s)', async (path) => {
    const answer = await inject(appOf(Proxy), { source, url: `/${path}` });
    expectTrue(answer.headers, answer.rawPayload);
    if (path !== 'route') expect(answer.headers['x-kept']).toBe('b');
  });

  it('are kept to the same where the answer is to HEAD', async () => {
    for (const path of ['response', 'json']) {
      const got = await inject(appOf(Proxy), { source, url: `/${path}` });
      const { headers } = await inject(appOf(Proxy), { source, method: 'HEAD', url: `/${path}` });
      expectTrue(headers, got.rawPayload);
    }
    expect((await inject(appOf(Proxy), { source, method: 'HEAD', url: '/size' })).headers['content-length']).toBe('7');
  });

  it.each(['GZIP', 'br', 'deflate, gzip', 'zstd', 'x-gzip', 'dcb', 'aws-chunked', 'identity'])(
    'call no text encoded by %s',
    async (encoding) => {
      const headers = { 'Content-Encoding': encoding };
      @Controller()
      class Encoded {
        @Get('text') text() {
          return new Response(text, { headers });
        }
        @Get('json') json(res: Response) {
          res.headers['content-encoding'] = [encoding];
          return { text };
        }
        @Get('thrown') thrown() {
          throw new BadGatewayException('no', { headers });
        }
        @Get('bytes') bytes() {
          return new Response(Buffer.from(text), { headers });
        }
      }
      const encodingOf = async (path: string) =>
        (await inject(appOf(Encoded), { source, url: `/${path}` })).headers['content-encoding'];
      expect(await Promise.all(['text', 'json', 'thrown', 'bytes'].map(encodingOf))).toEqual([
        undefined,
        undefined,
        undefined,
        encoding,
      ]);
    },
  );

  it('are compressed by what the body is', async () => {
    const answer = await inject(appOf(Proxy, { compression: { threshold: 1 } }), {
      source,
      url: '/response',
      headers: { 'accept-encoding': 'gzip' },
    });
    expect(answer.headers['content-encoding']).toBe('gzip');
  });
});

it.each(PATHS)('streams no such headers either (%s)', async (path) => {
  installAwsLambda();
  const chunks: Buffer[] = [];
  const stream = new ResponseStream({ write: async (chunk) => void chunks.push(chunk), end: () => undefined });
  const handler = appOf(Proxy).streamingHandler as unknown as (
    event: unknown,
    stream: ResponseStream,
    context: unknown,
  ) => Promise<void>;
  await handler(httpEvents.functionUrl({ url: `/${path}` }), stream, fakeContext());
  const all = Buffer.concat(chunks);
  const { headers } = JSON.parse(all.subarray(0, all.indexOf(PRELUDE_END)).toString()) as {
    headers: Record<string, string>;
  };
  expectTrue(headers, all.subarray(all.indexOf(PRELUDE_END) + PRELUDE_END.length));
  delete (globalThis as { awslambda?: unknown }).awslambda;
});

it('are none of a WebSocket’s', async () => {
  class Sockets {
    @OnWebSocket('$connect') connect() {
      return new Response('a', upstream);
    }
    @OnWebSocket('gateway') gateway() {
      return { statusCode: 200, ...upstream };
    }
    @OnWebSocket('broken') broken() {
      return { statusCode: 200, headers: { 'x-name': 'a\r\nx-other: b' } };
    }
    @OnWebSocket('fails') fails() {
      throw new BadGatewayException('no', { headers: { ...UPSTREAM } });
    }
  }
  for (const route of ['$connect', 'gateway', 'fails']) {
    const answer = await createApp({ providers: [Sockets] }).handler(events.webSocket({ route }), fakeContext());
    const { headers = {} } = answer as { headers?: Record<string, string> };
    expect(Object.keys(headers).filter((name) => GONE.includes(name) && name !== 'x-hop')).toEqual([]);
    expect(headers['x-kept']).toBe('b');
  }
  await expect(
    createApp({ providers: [Sockets] }).handler(events.webSocket({ route: 'broken' }), fakeContext()),
  ).rejects.toThrow('"x-name" has the character U+000D');
});
