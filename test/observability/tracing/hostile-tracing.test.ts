import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { context as contexts, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import type { StreamingHandler } from '../../../src/application/lambda-runtime.js';
import { AwsModule } from '../../../src/aws/aws-module.js';
import { OnSqs } from '../../../src/decorators/consumers.js';
import { UseGuards } from '../../../src/decorators/enhancers.js';
import { Inject, Injectable } from '../../../src/decorators/injectable.js';
import { Body, Param } from '../../../src/decorators/parameters.js';
import { Controller, Get, Post } from '../../../src/decorators/routes.js';
import { Timeout } from '../../../src/decorators/timeout.js';
import { StreamResponse } from '../../../src/http/response/stream-response.js';
import { installAwsLambda, ResponseStream } from '../../../src/local/invoke/response-stream.js';
import { TracingModule } from '../../../src/observability/tracing/tracing-module.js';
import type { TracingOptions } from '../../../src/observability/tracing/tracing-options.js';
import { lazy } from '../../../src/shared/module.js';
import type { ModuleMetadata } from '../../../src/shared/module.js';
import { events } from '../../../src/testing/events.js';
import { fakeContext } from '../../../src/testing/fake-context.js';
import { httpEvents } from '../../../src/testing/http-events.js';
import { inject } from '../../../src/testing/inject.js';
import { createApp } from '../../application/create-app.js';
import { gate } from '../../gate.js';
import { type CapturedStdout, captureStdout } from '../../logging/captured-stdout.js';

// What an SDK, an application and a caller may do wrong, and what becomes of spans and of responses then.

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const traceparent = `00-${TRACE}-00f067aa0ba902b7-01`;

let stdout: CapturedStdout;
let exporter: InMemorySpanExporter;
let provider: BasicTracerProvider;

beforeEach(() => {
  stdout = captureStdout();
  contexts.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  exporter = new InMemorySpanExporter();
  provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
});
afterEach(() => {
  jest.restoreAllMocks();
  contexts.disable();
  trace.disable();
  delete (globalThis as { awslambda?: unknown }).awslambda;
});

const spans = (): ReadableSpan[] => exporter.getFinishedSpans();
const names = (): string[] => spans().map(({ name }) => name);
const named = (name: string): ReadableSpan[] => spans().filter((span) => span.name === name);
const idOf = (span: ReadableSpan | undefined): string | undefined => span?.spanContext().spanId;

function appWith(metadata: ModuleMetadata, options: TracingOptions = {}) {
  const { imports = [], ...others } = metadata;
  return createApp({ ...others, imports: [...imports, TracingModule.forRoot({ provider, ...options })] });
}

const hang = () => new Promise<never>(() => undefined);
const UNFINISHED = { code: SpanStatusCode.ERROR, message: 'It had not ended when its event did' };

describe('spans that have not ended when their event does', () => {
  @Controller()
  class Hanging {
    @Get('method') @Timeout(0.03) method() {
      return hang();
    }
    @Get('guard') @Timeout(0.03) @UseGuards({ canActivate: hang }) guard() {}
    @OnSqs('orders') @Timeout(0.03) consume() {
      return hang();
    }
  }

  it.each([
    ['a method that is out of time', '/method', 504, 'Hanging.method'],
    ['a guard that is out of time', '/guard', 504, 'guard Object'],
  ])('end with it: %s', async (_, url, status, name) => {
    expect((await inject(appWith({ controllers: [Hanging] }), { url })).statusCode).toBe(status);
    expect(named(name)).toMatchObject([{ ended: true, status: UNFINISHED }]);
    expect(names()).toEqual([name, `GET ${url}`]);
  });

  it('end with it: a consumer that is out of time', async () => {
    await appWith({ controllers: [Hanging] }).handler(events.sqs('orders', ['a', 'b']), fakeContext());
    expect(named('Hanging.consume')).toMatchObject([{ status: UNFINISHED }, { status: UNFINISHED }]);
    const parents = named('Hanging.consume').map((span) => span.parentSpanContext?.spanId);
    expect(parents.toSorted()).toEqual(named('process orders').map(idOf).toSorted());
  });

  it('end with it: a call of an AWS client', async () => {
    @Controller()
    class Calling {
      constructor(@Inject(DynamoDBClient) private readonly dynamo: DynamoDBClient) {}
      @Get('call') @Timeout(0.03) call() {
        return this.dynamo.send(new GetItemCommand({ TableName: 'a', Key: { id: { S: 'a' } } }));
      }
    }
    const requestHandler = { handle: hang, metadata: { handlerProtocol: 'http/1.1' } };
    const config = { region: 'eu-central-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' }, requestHandler };
    const imports = [AwsModule.forRoot({ clients: [DynamoDBClient], config })];
    const app = appWith({ controllers: [Calling], imports }, { clients: [DynamoDBClient] });
    expect((await inject(app, { url: '/call' })).statusCode).toBe(504);
    expect(named('DynamoDB/GetItem')).toMatchObject([{ ended: true, status: UNFINISHED }]);
    expect(named('DynamoDB/GetItem')[0]!.parentSpanContext?.spanId).toBe(idOf(named('Calling.call')[0]));
  });

  it('are ended once: what ends later changes nothing', async () => {
    const door = gate();
    @Controller()
    class Late {
      @Get('late') @Timeout(0.03) late() {
        return door.passed;
      }
    }
    await inject(appWith({ controllers: [Late] }), { url: '/late' });
    door.open();
    await new Promise(setImmediate);
    expect(named('Late.late')).toMatchObject([{ status: UNFINISHED }]);
    expect(stdout.lines().filter(({ level }) => level === 'error')).toHaveLength(1);
  });

  it('are awaited by a stream: its span ends with the last byte, and has the status', async () => {
    @Controller()
    class Streams {
      @Get('stream') stream() {
        return new StreamResponse(
          (async function* () {
            yield 'a';
            await new Promise(setImmediate);
            yield String(named('GET /stream').length);
          })(),
        );
      }
      @Get('broken') broken() {
        return new StreamResponse(
          // oxlint-disable-next-line require-yield -- it fails before the first byte
          (async function* (): AsyncGenerator<string> {
            throw new TypeError('broken');
          })(),
        );
      }
    }
    installAwsLambda();
    const app = appWith({ controllers: [Streams] });
    const written: string[] = [];
    const open = () =>
      new ResponseStream({ write: async (chunk) => void written.push(String(chunk)), end: () => undefined });
    const streaming = app.streamingHandler as StreamingHandler;
    await streaming(httpEvents.functionUrl({ url: '/stream' }), open(), fakeContext());
    expect(written.join('')).toContain('a0');
    expect(named('GET /stream')).toMatchObject([{ attributes: { 'http.response.status_code': 200 } }]);
    await streaming(httpEvents.functionUrl({ url: '/broken' }), open(), fakeContext()).catch(() => undefined);
    expect(named('GET /broken')).toMatchObject([{ status: { code: SpanStatusCode.ERROR } }]);
  });
});

const broken = () => {
  throw new Error('the SDK is broken');
};
const done = async (): Promise<void> => undefined;
function withProcessor(more: Partial<SpanProcessor>): BasicTracerProvider {
  const processor = { onStart: () => undefined, onEnd: () => undefined, forceFlush: done, shutdown: done, ...more };
  return new BasicTracerProvider({ spanProcessors: [processor] });
}

describe('an SDK that throws', () => {
  const providers: [string, () => TracingOptions['provider']][] = [
    ['when spans start', () => withProcessor({ onStart: broken })],
    ['when spans end', () => withProcessor({ onEnd: broken })],
    ['when it flushes', () => Object.assign(new BasicTracerProvider(), { forceFlush: broken })],
    ['whatever it is asked', () => ({ getTracer: () => ({ startSpan: broken }) as unknown as Tracer })],
    [
      'whatever a span is asked',
      () => ({
        getTracer: () => ({ startSpan: () => new Proxy({}, { get: broken }) }) as unknown as Tracer,
      }),
    ],
  ];

  @Injectable()
  class Refusing {
    canActivate(context: { request: { header(name: string): string | undefined } }) {
      return context.request.header('x-refused') === undefined;
    }
  }
  @Controller()
  class Plain {
    @Get('fine') @UseGuards(Refusing) fine() {
      return { fine: true };
    }
    @Get('fails') fails() {
      throw new TypeError('mine');
    }
    @OnSqs('orders') consume(@Body() { id }: { id: number }) {
      if (id === 1) throw new Error('lost');
    }
  }

  it.each(providers)('%s changes no outcome, and is logged once', async (_, make) => {
    const app = appWith({ controllers: [Plain], providers: [Refusing] }, { provider: make()! });
    for (let n = 0; n < 2; n++) {
      expect(await inject(app, { url: '/fine' })).toMatchObject({ statusCode: 200, payload: '{"fine":true}' });
      expect((await inject(app, { url: '/fine', headers: { 'x-refused': '1' } })).statusCode).toBe(403);
      await expect(inject(app, { url: '/fails' })).rejects.toThrow('mine');
      const event = events.sqs('orders', [{ id: 0 }, { id: 1 }], (index) => ({ messageId: `m${index}` }));
      expect(await app.handler(event, fakeContext())).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
    }
    const told = stdout
      .lines()
      .filter(({ message }) => /^(OpenTelemetry has failed|Spans could not)/.test(String(message)));
    expect(told).toHaveLength(1);
    expect(JSON.stringify(told)).toContain('the SDK is broken');
  });
});

describe('what is thrown', () => {
  const throwing = new Proxy(new Error('unreadable'), {
    get: () => {
      throw new Error('no');
    },
  });
  it.each<[string, unknown]>([
    ['an object without a prototype', Object.create(null)],
    ['a symbol', Symbol('a')],
    ['nothing', undefined],
    ['an error that cannot be read', throwing],
    ['an error whose message is no text', Object.assign(new Error('a'), { message: { a: 1 } })],
  ])('is rethrown as it is, and marks the spans: %s', async (_, thrown) => {
    @Controller()
    class Throwing {
      @Get('throw') throw() {
        throw thrown;
      }
    }
    const outcome = await inject(appWith({ controllers: [Throwing] }), { url: '/throw' }).then(
      () => 'none',
      (error: unknown) => [error],
    );
    expect(Array.isArray(outcome) && outcome[0] === thrown).toBe(true);
    expect(names()).toEqual(['Throwing.throw', 'GET /throw']);
  });

  it('by a thenable of a guard ends the span of the guard', async () => {
    // oxlint-disable-next-line unicorn/no-thenable -- as a lazy query is one
    const query = { then: (_: unknown, reject: (error: Error) => void) => reject(new TypeError('no connection')) };
    @Controller()
    class Guarded {
      @Get('guarded') @UseGuards({ canActivate: () => query as never }) get() {}
    }
    await expect(inject(appWith({ controllers: [Guarded] }), { url: '/guarded' })).rejects.toThrow('no connection');
    expect(named('guard Object')).toMatchObject([{ status: { code: SpanStatusCode.ERROR, message: 'no connection' } }]);
  });

  it.each<[string, () => unknown]>([
    ['a promise', async () => ({ tenant: 'a' })],
    ['a promise that rejects', () => Promise.reject(new Error('late'))],
    ['text', () => 'tenant'],
    ['a list', () => ['tenant']],
  ])('by the option attributes, or returned instead of attributes, is logged: %s', async (_, attributes) => {
    @Controller()
    class Fine {
      @Get('fine') fine() {}
    }
    const app = appWith({ controllers: [Fine] }, { attributes: attributes as never });
    expect((await inject(app, { url: '/fine' })).statusCode).toBe(204);
    await new Promise(setImmediate);
    expect(named('GET /fine')[0]!.attributes).not.toHaveProperty('0');
    expect(stdout.lines()).toContainEqual(
      expect.objectContaining({ level: 'error', message: 'The option attributes of TracingModule failed' }),
    );
  });
});

const inSpan = <T>(work: () => Promise<T>): Promise<T> =>
  provider.getTracer('layer').startActiveSpan('handler', async (span) => {
    try {
      return await work();
    } finally {
      span.end();
    }
  });

describe('the parent of an event', () => {
  @Controller()
  class Orders {
    @Get(':id') async find(@Param('id') id: string) {
      await new Promise(setImmediate);
      return { id };
    }
    @OnSqs('orders', { concurrency: 1 }) consume(@Body() { wait }: { wait: boolean }) {
      return wait ? new Promise<void>((resolve) => setImmediate(resolve)) : undefined;
    }
    @OnSqs('orders.fifo') ordered() {
      return new Promise<void>((resolve) => setImmediate(resolve));
    }
    @Post('carried') carried() {}
  }
  it.each(['orders', 'orders.fifo'])('is never another record of the batch (%s)', async (queue) => {
    const bodies = [true, false, true, true, false, true].map((wait) => ({ wait }));
    const attributes = { MessageGroupId: 'one' };
    const app = appWith({ controllers: [Orders] });
    const event = events.sqs(queue, bodies);
    for (const record of event.Records) Object.assign(record.attributes, attributes);
    await app.handler(event, fakeContext());
    const consumed = named(`process ${queue}`);
    expect(consumed).toHaveLength(bodies.length);
    expect(consumed.map(({ parentSpanContext }) => parentSpanContext)).toEqual(bodies.map(() => undefined));
    expect(new Set(consumed.map((span) => span.spanContext().traceId)).size).toBe(bodies.length);
  });

  it('is the span that the handler is called in, such as that of a layer', async () => {
    const app = appWith({ controllers: [Orders] });
    await inSpan(() => inject(app, { url: '/7', headers: { traceparent } }));
    const request = named('GET /:id')[0]!;
    expect(request.parentSpanContext?.spanId).toBe(idOf(named('handler')[0]));
    expect(request.links.map(({ context }) => context.traceId)).toEqual([TRACE]);
  });

  it('is the caller where callers are believed, with a link to the span of the layer', async () => {
    const app = appWith({ controllers: [Orders] }, { incoming: { http: 'parent' } });
    await inSpan(() => inject(app, { url: '/7', headers: { traceparent } }));
    const request = named('GET /:id')[0]!;
    expect(request.spanContext().traceId).toBe(TRACE);
    expect(request.links.map(({ context }) => context.spanId)).toEqual([idOf(named('handler')[0])]);
  });

  it('is the record, for a request that it carries', async () => {
    const carried = { ...httpEvents.apiGatewayV2({ method: 'POST', url: '/carried' }) };
    const imports = [TracingModule.forRoot({ provider })];
    const app = createApp({ controllers: [Orders], imports }, { requestsVia: { sqs: ['requests'] } });
    await app.handler(events.sqs('requests', [carried]), fakeContext());
    expect(named('POST /carried')[0]!.parentSpanContext?.spanId).toBe(idOf(named('process requests')[0]));
  });

  it('is its own event where a lazy module is loaded meanwhile', async () => {
    class LazyModule {}
    @Controller()
    class Lazy {
      @Get(':id') @UseGuards({ canActivate: () => true }) find(@Param('id') id: string) {
        return { id };
      }
    }
    const { Module } = await import('../../../src/decorators/module.js');
    Module({ controllers: [Lazy] })(LazyModule);
    const app = appWith({ imports: [lazy('lazy', async () => LazyModule)] });
    await Promise.all([1, 2, 3].map((id) => inject(app, { url: `/lazy/${id}` })));
    const requests = named('GET /lazy/:id');
    expect(requests).toHaveLength(3);
    for (const child of ['Lazy.find', 'guard Object'])
      expect(
        named(child)
          .map((span) => span.parentSpanContext?.spanId)
          .toSorted(),
      ).toEqual(requests.map(idOf).toSorted());
  });
});

describe("a caller's headers", () => {
  @Controller()
  class Plain {
    @Get('plain') plain() {}
  }
  const from = async (headers: Record<string, string>, options: TracingOptions = {}) => {
    const response = await inject(appWith({ controllers: [Plain] }, options), { url: '/plain', headers });
    expect(response.statusCode).toBe(204);
    return named('GET /plain').at(-1)!;
  };

  it('leave nothing but ids in a link: no tracestate, no baggage', async () => {
    const span = await from({ traceparent, tracestate: 'vendor=secret', baggage: 'user=secret' });
    expect(span.links).toMatchObject([{ context: { traceId: TRACE } }]);
    expect(span.links[0]!.context.traceState).toBeUndefined();
    expect(JSON.stringify([span.attributes, span.links])).not.toContain('secret');
  });

  it.each([
    'x'.repeat(100_000),
    `${traceparent}-${'x'.repeat(1000)}`,
    `${traceparent}-more`,
    traceparent.toUpperCase(),
    traceparent.replace('00-', 'ff-'),
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `00-${TRACE}-00f067aa0ba902b7-0g`,
    `00-${TRACE}-00f067aa0ba902b7`,
    '----',
    '',
  ])('that are malformed are no trace (%#)', async (header) => {
    const span = await from({ traceparent: header, 'x-amzn-trace-id': header }, { incoming: { http: 'parent' } });
    expect([span.parentSpanContext, span.links]).toEqual([undefined, []]);
  });

  it.each(['a=b,'.repeat(5000), '=', 'a=\u0001', `${'k'.repeat(300)}=v`])(
    'with a malformed tracestate continue the trace without it (%#)',
    async (tracestate) => {
      const span = await from({ traceparent, tracestate }, { incoming: { http: 'parent' } });
      expect(span.spanContext().traceId).toBe(TRACE);
      expect(span.spanContext().traceState?.serialize() ?? '').toHaveLength(0);
    },
  );
});
