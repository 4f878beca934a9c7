import { setTimeout as later } from 'node:timers/promises';
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import type { LambdaApplication } from '../../src/application/lambda-application.js';
import type { ApplicationOptions } from '../../src/application/options/application-options.js';
import { Signal } from '../../src/decorators/parameters.js';
import { Controller, Get, Header, HttpCode } from '../../src/decorators/routes.js';
import { Timeout } from '../../src/decorators/timeout.js';
import { ConflictException } from '../../src/errors/exceptions.js';
import { EventSourceResponse } from '../../src/http/response/event-source-response.js';
import { Response } from '../../src/http/response/response.js';
import { StreamResponse } from '../../src/http/response/stream-response.js';
import {
  type AwsLambda,
  installAwsLambda,
  PRELUDE_END,
  PRELUDE_TYPE,
  ResponseStream,
  type StreamReceiver,
} from '../../src/local/invoke/response-stream.js';
import { events } from '../../src/testing/events.js';
import { fakeContext, type FakeContextOptions } from '../../src/testing/fake-context.js';
import { type HttpEventRequest, httpEvents } from '../../src/testing/http-events.js';
import { gate } from '../gate.js';
import { type CapturedStdout, captureStdout } from '../logging/captured-stdout.js';
import { until } from '../until.js';
import { appOf, createApp } from './create-app.js';

const scope = globalThis as unknown as { awslambda?: Partial<AwsLambda> };

let stdout: CapturedStdout;
beforeEach(() => {
  stdout = captureStdout();
  delete scope.awslambda;
  installAwsLambda();
});
afterEach(() => {
  jest.restoreAllMocks();
  delete scope.awslambda;
});

const access = () => stdout.lines().find(({ type }) => type === 'access')!;

/** The far end of the stream: what the gateway is sent. */
class Gateway implements StreamReceiver {
  readonly chunks: Buffer[] = [];
  ended = false;
  contentType: string | undefined;
  /** @param reading What it waits for before it takes the first chunk. */
  constructor(private readonly reading: Promise<void> = Promise.resolve()) {}

  async write(chunk: Buffer, contentType: string): Promise<void> {
    await this.reading;
    this.contentType = contentType;
    this.chunks.push(chunk);
  }

  end(contentType: string): void {
    this.contentType ??= contentType;
    this.ended = true;
  }

  get prelude(): { statusCode: number; headers: Record<string, string>; cookies: string[] } {
    return JSON.parse(this.#parts()[0]!) as never;
  }

  get body(): string {
    return this.#parts()[1]!;
  }

  #parts(): string[] {
    const all = Buffer.concat(this.chunks);
    const end = all.indexOf(PRELUDE_END);
    return [all.subarray(0, end).toString(), all.subarray(end + PRELUDE_END.length).toString()];
  }
}

type Streaming = (event: unknown, stream: ResponseStream, context: unknown) => Promise<void>;

function invoke(app: LambdaApplication, request: HttpEventRequest & FakeContextOptions = {}, gateway = new Gateway()) {
  const { remainingTime, ...sample } = request;
  const handler = app.streamingHandler as unknown as Streaming;
  return {
    gateway,
    done: handler(httpEvents.functionUrl(sample), new ResponseStream(gateway), fakeContext({ remainingTime })),
  };
}

let produced = 0;
let closed = 0;

@Controller()
class Streams {
  @Get('json') json() {
    return { ok: true };
  }
  @Get('nothing') nothing() {}
  @Get('accepted') @HttpCode(202) accepted() {}
  @Get('bytes') bytes() {
    return Buffer.from([0xff, 0, 0x80]);
  }
  @Get('cookies') cookies(res: Response) {
    res.cookie('a', '1').cookie('b', '2');
    res.headers['link'] = ['<1>', '<2>'];
    return 'x';
  }
  @Get('chunks') chunks() {
    return new StreamResponse(
      (async function* () {
        yield 'one ';
        await later(5);
        yield 'two';
      })(),
      { mediaType: 'text/plain', statusCode: 201 },
    );
  }
  @Get('empty') empty() {
    return new StreamResponse([]);
  }
  @Get('many') many() {
    return new StreamResponse(
      (async function* () {
        try {
          for (let index = 0; index < 200; index++) {
            produced++;
            yield Buffer.alloc(16 * 1024, 'x');
          }
        } finally {
          closed++;
        }
      })(),
    );
  }
  @Get('conflict') conflict() {
    throw new ConflictException('taken', { headers: { 'retry-after': '1' } });
  }
  @Get('header') header() {
    return new StreamResponse(['one'], { headers: { 'x-evil': 'a\r\nb' } });
  }
  @Get('failure') failure() {
    throw new Error('password hunter2');
  }
  @Get('fails-midway') failsMidway() {
    return new StreamResponse(
      (async function* () {
        yield 'one';
        await later(1);
        throw new Error('disk failure');
      })(),
    );
  }
  @Get('hangs') @Timeout(0.04) hangs(@Signal() signal: AbortSignal) {
    return new StreamResponse(
      (async function* () {
        yield 'one';
        try {
          await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
        } finally {
          closed++;
        }
      })(),
    );
  }
  @Get('hangs-at-first') @Timeout(0.04) hangsAtFirst(@Signal() signal: AbortSignal) {
    return new StreamResponse(
      (async function* () {
        try {
          await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
        } finally {
          closed++;
        }
        yield 'never';
      })(),
    );
  }
  @Get('never') @Timeout(0.02) never() {
    return new Promise(() => undefined);
  }
}

const streams = (options: ApplicationOptions = {}) => appOf(Streams, options);

test.each([
  ['/json', 200, '{"ok":true}'],
  ['/accepted', 202, ''],
  ['/nothing', 204, ''],
  ['/chunks', 201, 'one two'],
  ['/empty', 200, ''],
  ['/conflict', 409, '{"detail":"taken"}'],
  ['/nowhere', 404, '{"detail":"Not Found"}'],
  ['/never', 504, '{"detail":"Gateway Timeout"}'],
])('%s is sent with its prelude (%i) and the body %j, and the stream is ended', async (url, statusCode, body) => {
  const { gateway, done } = invoke(streams(), { url });
  expect(await done).toBeUndefined();
  expect([gateway.prelude.statusCode, gateway.body, gateway.ended, gateway.contentType]).toEqual([
    statusCode,
    body,
    true,
    PRELUDE_TYPE,
  ]);
  expect(access()).toMatchObject({ status_code: statusCode, path: url });
});

test('bytes are sent as they are, not as base64', async () => {
  const { gateway, done } = invoke(streams(), { url: '/bytes' });
  await done;
  const all = Buffer.concat(gateway.chunks);
  expect(all.subarray(all.indexOf(PRELUDE_END) + 8)).toEqual(Buffer.from([0xff, 0, 0x80]));
});

test('cookies are in their own list, never in the headers, and repeated headers are joined', async () => {
  const { gateway, done } = invoke(streams(), { url: '/cookies' });
  await done;
  expect(gateway.prelude.cookies).toEqual([expect.stringMatching(/^a=1/), expect.stringMatching(/^b=2/)]);
  expect(gateway.prelude.headers).toEqual({
    'content-type': expect.stringContaining('application/json'),
    link: '<1>, <2>',
    'x-request-id': expect.any(String),
  });
});

test('HEAD has the prelude of GET and no body', async () => {
  produced = 0;
  for (const url of ['/json', '/many']) {
    const { gateway, done } = invoke(streams(), { method: 'HEAD', url });
    await done;
    expect([url, gateway.prelude.statusCode, gateway.body, gateway.ended]).toEqual([url, 200, '', true]);
  }
  expect(produced).toBe(0);
});

const gates = () => [gate(), gate()] as const;

async function* gated(passing: ReturnType<typeof gates>) {
  await passing[0].passed;
  yield 'first';
  await passing[1].passed;
  yield 'second';
}

describe('the prelude', () => {
  test('waits for the first chunk, and chunks go out as they come', async () => {
    const passing = gates();
    @Controller()
    class Gated {
      @Get() get() {
        return new StreamResponse(gated(passing));
      }
    }
    const { gateway, done } = invoke(appOf(Gated));
    for (let turn = 0; turn < 500; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(gateway.chunks).toEqual([]);
    passing[0].open();
    await until('the first part', () => gateway.chunks.length > 0 && gateway.body !== '');
    expect([gateway.prelude.statusCode, gateway.body, gateway.ended]).toEqual([200, 'first', false]);
    passing[1].open();
    await done;
    expect([gateway.body, gateway.ended]).toEqual(['firstsecond', true]);
  });

  test.each(['EventSourceResponse', 'StreamResponse', 'generator'])(
    'of server-sent events goes out at once (%s)',
    async (kind) => {
      const passing = gates();
      @Controller()
      class Gated {
        @Get('EventSourceResponse') events() {
          return new EventSourceResponse(gated(passing));
        }
        @Get('StreamResponse') stream() {
          return new StreamResponse(gated(passing), { mediaType: 'text/event-stream' });
        }
        @Get('generator') @Header('Content-Type', 'text/event-stream; charset=utf-8') generator() {
          return gated(passing);
        }
      }
      const { gateway, done } = invoke(appOf(Gated), { url: `/${kind}` });
      await until('the prelude', () => gateway.chunks.length > 1);
      expect([gateway.prelude.statusCode, gateway.body]).toEqual([200, '']);
      passing.forEach(({ open }) => open());
      await done;
      expect(gateway.body).toContain('second');
    },
  );

  test.each([
    ['gzip', createGunzip],
    ['br', createBrotliDecompress],
  ] as const)('is followed by each chunk as it comes, compressed by %s, too', async (encoding, decompress) => {
    const passing = gates();
    @Controller()
    class Gated {
      @Get() get() {
        return new StreamResponse(gated(passing), { mediaType: 'text/plain' });
      }
    }
    const { gateway, done } = invoke(appOf(Gated, { compression: true }), { headers: { 'accept-encoding': encoding } });
    const decompressing = decompress();
    let text = '';
    decompressing.on('data', (chunk: Buffer) => (text += chunk.toString()));
    passing[0].open();
    let fed = 0;
    await until('the text of the first part', () => {
      const all = Buffer.concat(gateway.chunks);
      const end = all.indexOf(PRELUDE_END);
      const sent = end === -1 ? all.subarray(0, 0) : all.subarray(end + PRELUDE_END.length);
      decompressing.write(sent.subarray(fed));
      fed = sent.length;
      return text === 'first';
    });
    expect([gateway.prelude.headers['content-encoding'], gateway.ended]).toEqual([encoding, false]);
    passing[1].open();
    await done;
  });

  test('never goes out where the time is up before the first chunk: that is 504', async () => {
    closed = 0;
    const { gateway, done } = invoke(streams(), { url: '/hangs-at-first' });
    await done;
    expect([gateway.prelude.statusCode, gateway.body, gateway.ended]).toEqual([
      504,
      '{"detail":"Gateway Timeout"}',
      true,
    ]);
    await until('the end of the source', () => closed === 1);
  });
});

test('a slow caller slows the source down, and nothing is lost', async () => {
  produced = 0;
  const reading = gate();
  const { gateway, done } = invoke(streams(), { url: '/many' }, new Gateway(reading.passed));
  await until('what fits into buffers', () => produced);
  for (let turn = 0; turn < 500; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect(produced).toBeLessThan(20);
  reading.open();
  await done;
  expect([gateway.body.length, produced, gateway.ended]).toEqual([200 * 16 * 1024, 200, true]);
});

describe('an error before the prelude', () => {
  test('rejects the invocation with it, and nothing is written', async () => {
    const { gateway, done } = invoke(streams(), { url: '/failure' });
    await expect(done).rejects.toThrow('password hunter2');
    expect([gateway.chunks, gateway.ended]).toEqual([[], false]);
    expect(access()).toMatchObject({ level: 'critical', status_code: 500 });
  });

  test('is a header that can not stand in one', async () => {
    const { gateway, done } = invoke(streams(), { url: '/header' });
    await expect(done).rejects.toThrow('"x-evil" has the character U+000D');
    expect(gateway.chunks).toEqual([]);
  });

  test('is answered with 500 in respond mode', async () => {
    const { gateway, done } = invoke(streams({ unhandledErrors: 'respond' }), { url: '/failure' });
    await done;
    expect([gateway.prelude.statusCode, gateway.body]).toEqual([500, '{"detail":"Internal Server Error"}']);
  });

  test('of the bootstrap rejects, and the next invocation starts afresh', async () => {
    const useFactory = jest.fn(async () => 'db').mockRejectedValueOnce(new Error('refused'));
    const app = createApp({ controllers: [Streams], providers: [{ provide: 'DB', useFactory }] });
    await expect(invoke(app, { url: '/json' }).done).rejects.toThrow('refused');
    const { gateway, done } = invoke(app, { url: '/json' });
    await done;
    expect(gateway.body).toBe('{"ok":true}');
  });
});

describe.each(['throw', 'respond'] as const)('after the prelude, with unhandledErrors: %s', (unhandledErrors) => {
  test('an error fails the invocation, and the stream is not ended as if all were well', async () => {
    const { gateway, done } = invoke(streams({ unhandledErrors }), { url: '/fails-midway' });
    await expect(done).rejects.toThrow('disk failure');
    expect([gateway.prelude.statusCode, gateway.body, gateway.ended]).toEqual([200, 'one', false]);
    expect(access()).toMatchObject({ level: 'critical', error_detail: expect.stringContaining('disk failure') });
  });

  test('the timeout fails it too, and closes the source', async () => {
    closed = 0;
    const { gateway, done } = invoke(streams({ unhandledErrors }), { url: '/hangs' });
    await expect(done).rejects.toThrow('Gateway Timeout');
    expect([gateway.prelude.statusCode, gateway.body, gateway.ended]).toEqual([200, 'one', false]);
    expect(access()).toMatchObject({ level: 'error', status_code: 504 });
    await until('the end of the source', () => closed === 1);
  });
});

test("a stream that ends in time is not cut by the invocation's end", async () => {
  const { gateway, done } = invoke(streams({ timeoutMargin: 10 }), { url: '/chunks', remainingTime: 500 });
  await done;
  expect(gateway.body).toBe('one two');
});

test('an event that nobody takes rejects without a prelude', async () => {
  const gateway = new Gateway();
  const handler = streams().streamingHandler as unknown as Streaming;
  await expect(handler({ orders: [] }, new ResponseStream(gateway), fakeContext())).rejects.toThrow(
    'No consumer takes this event',
  );
  expect([gateway.chunks, gateway.ended]).toEqual([[], false]);
});

test('works without a context', async () => {
  const gateway = new Gateway();
  const handler = streams().streamingHandler as unknown as Streaming;
  await handler(httpEvents.functionUrl({ url: '/json' }), new ResponseStream(gateway), undefined);
  expect(gateway.body).toBe('{"ok":true}');
});

test.each([
  ['no awslambda at all', undefined],
  ['an awslambda that something else has made', {}],
])('with %s the streaming handler is the ordinary one', async (_, awslambda) => {
  if (awslambda) scope.awslambda = awslambda;
  else delete scope.awslambda;
  const app = streams();
  expect(app.streamingHandler).toBe(app.handler);
  expect(
    await (app.streamingHandler as typeof app.handler)(httpEvents.functionUrl({ url: '/chunks' }), fakeContext()),
  ).toMatchObject({ statusCode: 201, body: 'one two' });
});

test('the handler is marked as a streaming one for the runtime', () => {
  expect(Reflect.get(streams().streamingHandler, Symbol.for('aws.lambda.runtime.handler.streaming'))).toBe('response');
});

test('a request in a message writes nothing of its answer into the stream, however that is made', async () => {
  const app = createApp({ controllers: [Streams] }, { requestsVia: { sqs: ['api'] } });
  const gateway = new Gateway();
  const requests = ['/chunks', '/json', '/nowhere'].map((url) => httpEvents.functionUrl({ url }));
  const handler = app.streamingHandler as unknown as Streaming;
  await handler(events.sqs('api', requests), new ResponseStream(gateway), fakeContext());
  expect(Buffer.concat(gateway.chunks).toString()).toBe('{"batchItemFailures":[]}');
  expect(
    stdout
      .lines()
      .filter(({ type }) => type === 'access')
      .map(({ status_code: status }) => status)
      .toSorted(),
  ).toEqual([200, 201, 404]);
});
