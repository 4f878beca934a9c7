import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { context as contexts, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  AlwaysOffSampler,
  BasicTracerProvider,
  BatchSpanProcessor,
  InMemorySpanExporter,
  ParentBasedSampler,
  type ReadableSpan,
  type Sampler,
  SimpleSpanProcessor,
  type SpanExporter,
} from '@opentelemetry/sdk-trace-base';
import { ObservedEvents } from '../../../src/application/observed-events.js';
import type { ApplicationOptions } from '../../../src/application/options/application-options.js';
import { AwsModule } from '../../../src/aws/aws-module.js';
import { OnSchedule, OnSns, OnSqs } from '../../../src/decorators/consumers.js';
import { UseGuards } from '../../../src/decorators/enhancers.js';
import { Inject, Injectable } from '../../../src/decorators/injectable.js';
import { Body, Param } from '../../../src/decorators/parameters.js';
import { Controller, Get, Post } from '../../../src/decorators/routes.js';
import { Timeout } from '../../../src/decorators/timeout.js';
import { BootstrapError } from '../../../src/errors/bootstrap-error.js';
import { ConflictException } from '../../../src/errors/exceptions.js';
import { TracingModule } from '../../../src/observability/tracing/tracing-module.js';
import type { TracingOptions } from '../../../src/observability/tracing/tracing-options.js';
import type { ModuleMetadata } from '../../../src/shared/module.js';
import { traceContext } from '../../../src/shared/trace-context.js';
import { events } from '../../../src/testing/events.js';
import { fakeContext } from '../../../src/testing/fake-context.js';
import { inject } from '../../../src/testing/inject.js';
import { createApp, SOURCES } from '../../application/create-app.js';
import { gate } from '../../gate.js';
import { type CapturedStdout, captureStdout } from '../../logging/captured-stdout.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';
const traceparent = `00-${TRACE}-${SPAN}-01`;
const XRAY = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';
const XRAY_TRACE = '5759e988bd862e3fe1be46a994272793';

let stdout: CapturedStdout;
let exporter: InMemorySpanExporter;
let provider: BasicTracerProvider;

beforeEach(() => {
  stdout = captureStdout();
  delete process.env['_X_AMZN_TRACE_ID'];
  contexts.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  exporter = new InMemorySpanExporter();
  provider = providerOf(exporter);
});
afterEach(async () => {
  jest.restoreAllMocks();
  delete process.env['_X_AMZN_TRACE_ID'];
  contexts.disable();
  trace.disable();
  await provider.shutdown();
});

function providerOf(to: SpanExporter, sampler?: Sampler): BasicTracerProvider {
  return new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(to)], ...(sampler ? { sampler } : {}) });
}

const spans = (): ReadableSpan[] => exporter.getFinishedSpans();
const named = (name: string): ReadableSpan => {
  const found = spans().filter((span) => span.name === name);
  if (found.length !== 1)
    throw new Error(
      `${found.length} of ${name} in ${spans()
        .map((span) => span.name)
        .join()}`,
    );
  return found[0]!;
};
/** The span of the event. */
const root = (): ReadableSpan => {
  const found = spans().filter(({ kind }) => kind === SpanKind.SERVER || kind === SpanKind.CONSUMER);
  if (found.length !== 1) throw new Error(`${found.length} spans of events`);
  return found[0]!;
};
const linksOf = (span: ReadableSpan): string[] => span.links.map(({ context }) => context.traceId);

@Injectable()
class Admitting {
  canActivate() {
    return trace.getActiveSpan() !== undefined;
  }
}

@Controller('orders')
class Orders {
  @Get(':id')
  @UseGuards(Admitting)
  async find(@Param('id') id: string) {
    await new Promise(setImmediate);
    trace.getTracer('test').startSpan(`load ${id}`).end();
    return { id };
  }
  @Post('conflict') conflict() {
    throw new ConflictException();
  }
  @Post('broken') broken() {
    throw new TypeError('broken');
  }
  @Post('hangs') @Timeout(0.05) hangs() {
    return new Promise(() => undefined);
  }
  @Post('closed') @UseGuards({ canActivate: () => false }) closed() {}
  @OnSqs('orders') async ship(@Body() { id }: { id: number }) {
    await new Promise(setImmediate);
    if (id === 1) throw new Error('lost');
  }
  @OnSqs('batches', { batch: true }) pack() {}
  @OnSns('orders') hear() {}
  @OnSchedule('nightly') report() {}
}

function appWith(options: TracingOptions = {}, more: ApplicationOptions = {}, metadata: ModuleMetadata = {}) {
  const { imports = [], ...others } = metadata;
  return createApp(
    {
      controllers: [Orders],
      providers: [Admitting],
      ...others,
      imports: [...imports, TracingModule.forRoot({ provider, ...options })],
    },
    more,
  );
}

describe('the span of a request', () => {
  it.each(SOURCES)('has its route and its status, and nothing of its caller, behind %s', async (source) => {
    await inject(appWith(), { source, url: '/orders/secret-id?token=secret', headers: { 'x-secret': 'secret' } });
    const span = root();
    expect(span).toMatchObject({
      name: 'GET /orders/:id',
      kind: SpanKind.SERVER,
      status: { code: SpanStatusCode.UNSET },
    });
    expect(span.attributes).toEqual({
      'http.request.method': 'GET',
      'http.route': '/orders/:id',
      'http.response.status_code': 200,
      'code.function.name': 'Orders.find',
      'faas.trigger': 'http',
      'faas.invocation.id': expect.any(String),
      'faas.coldstart': true,
      'cloud.resource_id': expect.stringContaining(':function:test'),
    });
    expect(JSON.stringify(span.attributes)).not.toContain('secret');
  });

  it('has children for guards and for the method, in which spans of your own are', async () => {
    provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
    trace.setGlobalTracerProvider(provider);
    await inject(appWith(), { url: '/orders/7' });
    const parents = Object.fromEntries(spans().map((span) => [span.name, span.parentSpanContext?.spanId]));
    const event = root().spanContext().spanId;
    expect(parents).toEqual({
      'guard Admitting': event,
      'Orders.find': event,
      'load 7': named('Orders.find').spanContext().spanId,
      'GET /orders/:id': undefined,
    });
  });

  it('keeps apart what runs at the same time', async () => {
    trace.setGlobalTracerProvider(provider);
    const app = appWith();
    await Promise.all(Array.from({ length: 20 }, (_, n) => inject(app, { url: `/orders/${n}` })));
    const roots = spans().filter(({ kind }) => kind === SpanKind.SERVER);
    expect(new Set(roots.map((span) => span.spanContext().traceId)).size).toBe(20);
    for (const span of spans().filter(({ name }) => name.startsWith('load')))
      expect(spans().filter((one) => one.spanContext().traceId === span.spanContext().traceId)).toHaveLength(4);
    expect(roots.filter(({ attributes }) => attributes['faas.coldstart'])).toHaveLength(1);
  });

  it.each([
    ['POST', '/orders/conflict', 409, 'POST /orders/conflict'],
    ['POST', '/orders/closed', 403, 'POST /orders/closed'],
    ['GET', '/nowhere/7', 404, 'GET'],
    ['DELETE', '/orders/7', 405, 'DELETE'],
    ['BREW', '/nowhere', 404, 'HTTP'],
  ])('is no error for %s %s, which is %i', async (method, url, status, name) => {
    expect((await inject(appWith(), { method, url })).statusCode).toBe(status);
    expect(root()).toMatchObject({ name, status: { code: SpanStatusCode.UNSET }, events: [] });
    expect(root().attributes['http.response.status_code']).toBe(status);
    expect(root().attributes).not.toHaveProperty('error.type');
    expect(root().attributes['http.request.method']).toBe(method === 'BREW' ? '_OTHER' : method);
  });

  it('has the error that failed the invocation', async () => {
    await expect(inject(appWith(), { method: 'POST', url: '/orders/broken' })).rejects.toThrow('broken');
    expect(root()).toMatchObject({ status: { code: SpanStatusCode.ERROR, message: 'broken' } });
    expect(root().attributes['error.type']).toBe('TypeError');
    expect(root().events).toMatchObject([{ name: 'exception', attributes: { 'exception.type': 'TypeError' } }]);
  });

  it.each([
    ['an unhandled error', '/orders/broken', 500],
    ['a timeout', '/orders/hangs', 504],
  ])('is an error for %s', async (_, url, status) => {
    const app = appWith({}, { unhandledErrors: 'respond' });
    expect((await inject(app, { method: 'POST', url })).statusCode).toBe(status);
    expect(root().status.code).toBe(SpanStatusCode.ERROR);
    expect(root().attributes).toMatchObject({ 'http.response.status_code': status, 'error.type': String(status) });
  });

  it('has the attributes that you add', async () => {
    const app = appWith({ attributes: ({ request }) => ({ tenant: request.header('x-tenant') }) });
    await inject(app, { url: '/orders/7', headers: { 'x-tenant': 'a' } });
    expect(root().attributes['tenant']).toBe('a');
  });

  it('survives attributes that throw, with a line in the log', async () => {
    const app = appWith({
      attributes: () => {
        throw new Error('no attributes');
      },
    });
    expect((await inject(app, { url: '/orders/7' })).statusCode).toBe(200);
    expect(root().name).toBe('GET /orders/:id');
    expect(stdout.lines()).toContainEqual(expect.objectContaining({ level: 'error' }));
  });
});

describe("a caller's trace", () => {
  it('is linked unless callers are believed, so that nobody chooses the trace of another', async () => {
    await inject(appWith(), { url: '/orders/7', headers: { traceparent } });
    expect(root().spanContext().traceId).not.toBe(TRACE);
    expect(root().parentSpanContext).toBeUndefined();
    expect(linksOf(root())).toEqual([TRACE]);
  });

  it.each([
    ['traceparent', traceparent, TRACE],
    ['x-amzn-trace-id', XRAY, XRAY_TRACE],
  ])('in %s is continued where callers are believed', async (name, value, traceId) => {
    await inject(appWith({ incoming: { http: 'parent' } }), { url: '/orders/7', headers: { [name]: value } });
    expect(root().spanContext().traceId).toBe(traceId);
    expect(root().parentSpanContext?.isRemote).toBe(true);
    expect(root().links).toEqual([]);
  });

  it('takes its tracestate along, and no baggage', async () => {
    const headers = { traceparent, tracestate: 'vendor=1', baggage: 'user=7' };
    let baggage: unknown;
    @Controller()
    class Looking {
      @Get('look') look() {
        baggage = propagation.getActiveBaggage();
      }
    }
    const app = appWith({ incoming: { http: 'parent' } }, {}, { controllers: [Looking] });
    await inject(app, { url: '/look', headers });
    expect(root().spanContext().traceState?.get('vendor')).toBe('1');
    expect(baggage).toBeUndefined();
  });

  it('is ignored where it should be', async () => {
    await inject(appWith({ incoming: { http: 'ignore' } }), { url: '/orders/7', headers: { traceparent } });
    expect(root().links).toEqual([]);
    expect(root().parentSpanContext).toBeUndefined();
  });

  it.each(['nonsense', `00-${'0'.repeat(32)}-${SPAN}-01`, `${traceparent},${traceparent}`])(
    'that is none (%s) changes nothing',
    async (header) => {
      const app = appWith({ incoming: { http: 'parent' } });
      const { statusCode } = await inject(app, { url: '/orders/7', headers: { traceparent: header } });
      expect(statusCode).toBe(200);
      expect(root().links).toEqual([]);
    },
  );

  it('is recorded for so many callers a second, and for the others your sampler decides', async () => {
    jest.spyOn(Date, 'now').mockReturnValue(1_795_000_000_000);
    provider = providerOf(exporter, new ParentBasedSampler({ root: new AlwaysOffSampler() }));
    const app = appWith({ incoming: { http: 'parent' }, sampledPerSecond: 3 });
    const send = () => inject(app, { url: '/orders/7', headers: { traceparent } });
    for (let n = 0; n < 10; n++) await send();
    expect(spans().filter(({ kind }) => kind === SpanKind.SERVER)).toHaveLength(3);
    jest.spyOn(Date, 'now').mockReturnValue(1_795_000_001_000);
    await send();
    expect(spans().filter(({ kind }) => kind === SpanKind.SERVER)).toHaveLength(4);
  });

  it('of Lambda is linked, or the parent where X-Ray has it', async () => {
    process.env['_X_AMZN_TRACE_ID'] = XRAY;
    await inject(appWith(), { url: '/orders/7' });
    expect(linksOf(root())).toEqual([XRAY_TRACE]);
    exporter.reset();
    await inject(appWith({ incoming: { xray: 'parent' } }), { url: '/orders/7' });
    expect(root().spanContext().traceId).toBe(XRAY_TRACE);
    exporter.reset();
    process.env['_X_AMZN_TRACE_ID'] = XRAY.replace('Sampled=1', 'Sampled=0');
    await inject(appWith(), { url: '/orders/7' });
    expect(linksOf(root())).toEqual([]);
  });
});

const withAttributes = (messageAttributes: object) => () => ({ messageAttributes }) as never;
const text = (stringValue: string) => ({ stringValue, dataType: 'String' });

describe('the span of a record', () => {
  it('continues the trace of its message', async () => {
    const event = events.sqs('orders', [{ id: 0 }], withAttributes({ traceparent: text(traceparent) }));
    await appWith().handler(event, fakeContext());
    expect(root()).toMatchObject({ name: 'process orders', kind: SpanKind.CONSUMER });
    expect(root().spanContext().traceId).toBe(TRACE);
    expect(root().attributes).toMatchObject({
      'messaging.system.name': 'aws_sqs',
      'messaging.destination.name': 'orders',
      'messaging.operation.type': 'process',
      'messaging.message.id': event.Records[0]!.messageId,
      'faas.trigger': 'pubsub',
      'code.function.name': 'Orders.ship',
    });
    expect(JSON.stringify(root().attributes)).not.toContain('http.');
  });

  it("continues X-Ray's trace that SQS carries", async () => {
    const event = events.sqs('orders', [{ id: 0 }]);
    Object.assign(event.Records[0]!.attributes, { AWSTraceHeader: XRAY });
    await appWith().handler(event, fakeContext());
    expect(root().spanContext().traceId).toBe(XRAY_TRACE);
  });

  it("is recorded though X-Ray does not record the message's sender, which is no parent", async () => {
    const event = events.sqs('orders', [{ id: 0 }]);
    Object.assign(event.Records[0]!.attributes, { AWSTraceHeader: XRAY.replace('Sampled=1', 'Sampled=0') });
    await appWith().handler(event, fakeContext());
    expect(root().spanContext()).toMatchObject({ traceFlags: 1 });
    expect(root().spanContext().traceId).not.toBe(XRAY_TRACE);
  });

  it('continues the trace of a notification', async () => {
    const event = events.sns('orders', ['a']);
    Object.assign(event.Records[0]!.Sns, {
      MessageAttributes: { traceparent: { Type: 'String', Value: traceparent } },
    });
    await appWith().handler(event, fakeContext());
    expect(root()).toMatchObject({ name: 'process orders', kind: SpanKind.CONSUMER });
    expect(root().spanContext().traceId).toBe(TRACE);
  });

  it('is one for each, and fails for itself', async () => {
    await appWith().handler(events.sqs('orders', [{ id: 0 }, { id: 1 }, { id: 2 }]), fakeContext());
    const consumed = spans().filter(({ kind }) => kind === SpanKind.CONSUMER);
    expect(consumed.map(({ status }) => status.code).toSorted()).toEqual([0, 0, SpanStatusCode.ERROR]);
    expect(consumed.find(({ status }) => status.code === SpanStatusCode.ERROR)?.events).toMatchObject([
      { attributes: { 'exception.message': 'lost' } },
    ]);
  });

  it('of a batch links to the traces of its messages', async () => {
    const other = traceparent.replace(TRACE, 'a'.repeat(32));
    const carried = [traceparent, other, other, undefined];
    const event = events.sqs('batches', ['a', 'b', 'c', 'd'], (index) => ({
      messageAttributes: (carried[index] ? { traceparent: text(carried[index]) } : {}) as never,
    }));
    await appWith().handler(event, fakeContext());
    expect(root().parentSpanContext).toBeUndefined();
    expect(linksOf(root())).toEqual([TRACE, 'a'.repeat(32)]);
    expect(root().attributes).toMatchObject({ 'messaging.batch.message_count': 4 });
  });

  it('of a large batch has no more links than SDKs keep', async () => {
    const event = events.sqs('batches', Array(300).fill('a'), (index) => ({
      messageAttributes: {
        traceparent: text(traceparent.replace(TRACE, (index + 1).toString(16).padStart(32, '0'))),
      } as never,
    }));
    await appWith().handler(event, fakeContext());
    expect(root().links).toHaveLength(128);
    expect(root().droppedLinksCount).toBe(0);
  });

  it('is that of a timer for a schedule', async () => {
    await appWith().handler(events.schedule({ rule: 'nightly' }), fakeContext());
    expect(root()).toMatchObject({ name: 'process schedule', kind: SpanKind.CONSUMER });
    expect(root().attributes['faas.trigger']).toBe('timer');
  });
});

const warnings = () => stdout.lines().filter(({ message }) => message === 'Spans could not be exported');

it('is what messages continue that are sent meanwhile', async () => {
  let sent: Readonly<Record<string, string>> = {};
  @Controller()
  class Sending {
    @Get('send') send() {
      sent = traceContext();
    }
  }
  await inject(appWith({}, {}, { controllers: [Sending] }), { url: '/send' });
  const { traceId, spanId } = named('Sending.send').spanContext();
  expect(sent).toEqual({ traceparent: `00-${traceId}-${spanId}-01` });
  expect(traceContext()).toEqual({});
});

describe('the export', () => {
  /** Exports when the test says so. */
  class SlowExporter extends InMemorySpanExporter {
    exports = 0;
    result = gate<number>();
    override export(batch: ReadableSpan[], done: Parameters<SpanExporter['export']>[1]): void {
      this.exports++;
      void this.result.passed.then((code) => (code === 0 ? super.export(batch, done) : done({ code })));
    }
  }
  const slow = (): SlowExporter => {
    const to = new SlowExporter();
    provider = new BasicTracerProvider({ spanProcessors: [new BatchSpanProcessor(to)] });
    return to;
  };

  it('is awaited before the result is given', async () => {
    const to = slow();
    let response: unknown;
    const done = inject(appWith(), { url: '/orders/7' }).then((value) => (response = value));
    while (to.exports === 0) await new Promise(setImmediate);
    await new Promise(setImmediate);
    expect(response).toBeUndefined();
    to.result.open(0);
    expect(await done).toMatchObject({ statusCode: 200 });
    expect(to.getFinishedSpans().map(({ name }) => name)).toContain('GET /orders/:id');
    expect(warnings()).toEqual([]);
  });

  it('that hangs delays one response up to the limit, and the next not at all', async () => {
    const to = slow();
    const app = appWith({ flushTimeout: 20 });
    expect((await inject(app, { url: '/orders/7' })).statusCode).toBe(200);
    expect(warnings()).toHaveLength(1);
    for (let n = 0; n < 5; n++) expect((await inject(app, { url: '/orders/7' })).statusCode).toBe(200);
    expect(to.exports).toBe(1);
    expect(warnings()).toHaveLength(1);
    to.result.open(0);
  });

  it('that fails changes no response, and is logged once', async () => {
    const to = slow();
    const failure = new Error('export failed', { cause: new Error('ECONNREFUSED\n  127.0.0.1:4318') });
    jest.spyOn(BatchSpanProcessor.prototype, 'forceFlush').mockRejectedValue(failure);
    const app = appWith();
    for (let n = 0; n < 3; n++) expect((await inject(app, { url: '/orders/7' })).statusCode).toBe(200);
    expect(warnings().map(({ error }) => error)).toEqual(['export failed: ECONNREFUSED 127.0.0.1:4318']);
    to.result.open(0);
  });

  it('is not awaited with flushTimeout 0, nor when no time is left', async () => {
    const to = slow();
    await inject(appWith({ flushTimeout: 0 }), { url: '/orders/7' });
    await inject(appWith(), { url: '/orders/7', remainingTime: 90 });
    expect(to.exports).toBe(0);
    to.result.open(0);
  });

  it('is not awaited for traces that are not recorded', async () => {
    provider = providerOf(exporter, new AlwaysOffSampler());
    const flushed = jest.spyOn(provider, 'forceFlush');
    await inject(appWith(), { url: '/orders/7' });
    expect(flushed).not.toHaveBeenCalled();
  });

  it('happens once for all records of a batch', async () => {
    const flushed = jest.spyOn(provider, 'forceFlush');
    await appWith().handler(events.sqs('orders', [{ id: 0 }, { id: 2 }]), fakeContext());
    expect(flushed).toHaveBeenCalledTimes(1);
  });

  it('reaches the SDK behind the proxy of the API, registered before or after', async () => {
    const app = createApp({ controllers: [Orders], providers: [Admitting], imports: [TracingModule.forRoot()] });
    await app.ready();
    const flushed = jest.spyOn(provider, 'forceFlush');
    trace.setGlobalTracerProvider(provider);
    await inject(app, { url: '/orders/7' });
    expect(root().name).toBe('GET /orders/:id');
    expect(flushed).toHaveBeenCalledTimes(1);
  });
});

describe('calls of AWS clients', () => {
  let server: Server;
  let status: number;
  beforeEach(async () => {
    status = 200;
    server = createServer((_, response) => {
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': 'r-1' });
      response.end(
        status === 200 ? '{"Item":{}}' : '{"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException"}',
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  function appWithTable() {
    @Controller()
    class Tables {
      constructor(@Inject(DynamoDBClient) private readonly dynamo: DynamoDBClient) {}
      @Get('item') async item() {
        await this.dynamo.send(new GetItemCommand({ TableName: 'secret', Key: { id: { S: 'secret' } } }));
        return {};
      }
    }
    const config = {
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
      maxAttempts: 1,
    };
    const imports = [AwsModule.forRoot({ clients: [DynamoDBClient], config })];
    return appWith({ clients: [DynamoDBClient] }, {}, { controllers: [Tables], imports });
  }

  it('are children of the method, without their parameters', async () => {
    expect((await inject(appWithTable(), { url: '/item' })).statusCode).toBe(200);
    const call = named('DynamoDB/GetItem');
    expect(call.kind).toBe(SpanKind.CLIENT);
    expect(call.parentSpanContext?.spanId).toBe(named('Tables.item').spanContext().spanId);
    expect(call.attributes).toEqual({
      'rpc.system.name': 'aws-api',
      'rpc.method': 'DynamoDB/GetItem',
      'aws.request_id': 'r-1',
      'http.response.status_code': 200,
    });
  });

  it('have their errors', async () => {
    status = 400;
    await expect(inject(appWithTable(), { url: '/item' })).rejects.toThrow();
    const call = named('DynamoDB/GetItem');
    expect(call.status.code).toBe(SpanStatusCode.ERROR);
    expect(call.attributes).toMatchObject({
      'error.type': 'ResourceNotFoundException',
      'http.response.status_code': 400,
      'aws.request_id': 'r-1',
    });
  });

  it('refuse what is no client', async () => {
    class Other {}
    const providers = [{ provide: Other, useValue: new Other() }];
    const inner = class Inner {};
    const imports = [{ module: inner, global: true, providers, exports: [Other] }];
    const app = appWith({ clients: [Other] }, {}, { imports, controllers: [] });
    await expect(app.ready()).rejects.toThrow('which is not a client of the AWS SDK v3');
  });
});

const registering = (options: TracingOptions) =>
  createApp({ controllers: [Orders], providers: [Admitting], imports: [TracingModule.forRoot(options)] });
const warned = () =>
  stdout
    .lines()
    .filter(({ level }) => level === 'warning')
    .map(({ message }) => message);

/** Off is what needs no observers: they make every event slower. */
const observers = async (options: TracingOptions): Promise<boolean> => {
  const observed = jest.spyOn(ObservedEvents.prototype, 'flushing');
  const app = registering(options);
  const response = await inject(app, { url: '/orders/7', headers: { traceparent } });
  // The guard looks for an active span.
  expect(response.statusCode).toBe(observed.mock.calls.length > 0 ? 200 : 403);
  return observed.mock.calls.length > 0;
};

describe('TracingModule', () => {
  it.each<[object, string]>([
    [{ incomming: {} }, 'Unknown in the options of TracingModule: incomming'],
    [{ incoming: { http: true } }, 'http is true; it takes parent or link or ignore'],
    [{ incoming: { htpp: 'link' } }, 'Unknown in incoming of the options of TracingModule: htpp'],
    [{ sampledPerSecond: -1 }, 'it takes a whole number from 0'],
    [{ sampledPerSecond: 0.5 }, 'it takes a whole number from 0'],
    [{ flushTimeout: '1s' }, 'it takes milliseconds from 0'],
    [{ clients: ['DynamoDBClient'] }, 'clients[0] is'],
    [{ provider: {} }, 'it takes a TracerProvider'],
  ])('refuses the options %j', (options, message) => {
    expect(() => TracingModule.forRoot(options as TracingOptions)).toThrow(BootstrapError);
    expect(() => TracingModule.forRoot(options as TracingOptions)).toThrow(message);
  });

  it('warns of a missing SDK, without which nothing would be traced', async () => {
    await registering({}).ready();
    expect(warned()).toEqual([expect.stringContaining('no OpenTelemetry SDK is registered, so nothing is traced')]);
  });

  it('warns of an SDK without a context manager, whose spans would not be nested', async () => {
    contexts.disable();
    trace.setGlobalTracerProvider(provider);
    await registering({ optional: true }).ready();
    expect(warned()).toEqual([expect.stringContaining('the OpenTelemetry SDK has no context manager')]);
  });

  it('warns of nothing where an SDK is registered', async () => {
    trace.setGlobalTracerProvider(provider);
    await inject(registering({}), { url: '/orders/7' });
    expect([warned(), root().name]).toEqual([[], 'GET /orders/:id']);
  });

  describe('is off, and costs nothing,', () => {
    afterEach(() => delete process.env['OTEL_SDK_DISABLED']);

    it('where OTEL_SDK_DISABLED says so', async () => {
      trace.setGlobalTracerProvider(provider);
      process.env['OTEL_SDK_DISABLED'] = 'TRUE';
      expect([await observers({}), spans(), warned()]).toEqual([false, [], []]);
      process.env['OTEL_SDK_DISABLED'] = 'false';
      expect(await observers({})).toBe(true);
    });

    it('where it is optional and no SDK is registered', async () => {
      expect([await observers({ optional: true }), spans(), warned()]).toEqual([false, [], []]);
      trace.setGlobalTracerProvider(provider);
      expect(await observers({ optional: true })).toBe(true);
    });

    it('with clients, which stay as they are', async () => {
      const imports = [AwsModule.forRoot({ clients: [DynamoDBClient], config: { region: 'eu-central-1' } })];
      const module = TracingModule.forRoot({ optional: true, clients: [DynamoDBClient] });
      const app = await createApp({ imports: [...imports, module] }).ready();
      expect(app.get(DynamoDBClient).middlewareStack.identify().join()).not.toContain('lambentTracing');
    });
  });

  it('nests guards and methods in the event without a context manager, too', async () => {
    contexts.disable();
    @Controller()
    class Plain {
      @Get('plain') plain() {
        return {};
      }
    }
    await inject(appWith({}, {}, { controllers: [Plain] }), { url: '/plain' });
    expect(named('Plain.plain').parentSpanContext?.spanId).toBe(root().spanContext().spanId);
  });
});
