import type { StreamingHandler } from '../../../src/application/lambda-runtime.js';
import type { ApplicationOptions } from '../../../src/application/options/application-options.js';
import { OnSqs } from '../../../src/decorators/consumers.js';
import { UseGuards } from '../../../src/decorators/enhancers.js';
import { Body } from '../../../src/decorators/parameters.js';
import { All, Controller, Get, Post } from '../../../src/decorators/routes.js';
import { Timeout } from '../../../src/decorators/timeout.js';
import { BadRequestException, HttpException, TooManyRequestsException } from '../../../src/index.js';
import { installAwsLambda, ResponseStream } from '../../../src/local/invoke/response-stream.js';
import { MetricsModule } from '../../../src/observability/metrics/metrics-module.js';
import type { MetricsOptions } from '../../../src/observability/metrics/metrics-options.js';
import { events } from '../../../src/testing/events.js';
import { fakeContext } from '../../../src/testing/fake-context.js';
import { httpEvents } from '../../../src/testing/http-events.js';
import { inject } from '../../../src/testing/inject.js';
import { createApp } from '../../application/create-app.js';
import { type CapturedStdout, captureStdout } from '../../logging/captured-stdout.js';
import { metricsIn } from '../emf.js';

let stdout: CapturedStdout;
beforeEach(() => void (stdout = captureStdout()));
afterEach(() => {
  jest.restoreAllMocks();
  delete process.env['AWS_LAMBDA_INITIALIZATION_TYPE'];
  delete (globalThis as { awslambda?: unknown }).awslambda;
});

/** The values by target and name, as in `GET /orders/:id Latency`. */
function measured(): Record<string, readonly number[]> {
  const values: Record<string, number[]> = {};
  for (const { name, values: some, dimensions } of metricsIn(stdout.text())) {
    const [{ service: _service, ...target }] = dimensions as [Record<string, string>];
    (values[`${Object.values(target).join()} ${name}`] ??= []).push(...some);
  }
  return values;
}

@Controller('orders')
class Orders {
  @Get(':id') find() {
    return {};
  }
  @Post('invalid') invalid() {
    throw new BadRequestException();
  }
  @Post('throttled') throttled() {
    throw new TooManyRequestsException();
  }
  @Post('unavailable') unavailable() {
    throw new HttpException(503);
  }
  @Post('broken') broken() {
    throw new Error('broken');
  }
  @Post('hangs') @Timeout(0.05) hangs() {
    return new Promise(() => undefined);
  }
  @Post('closed') @UseGuards({ canActivate: () => false }) closed() {}
  @Get('größe/:id') sized() {
    return {};
  }
  @All('any/:id') any() {
    return {};
  }
  @OnSqs('orders') async ship(@Body() { id }: { id: number }) {
    await Promise.resolve();
    if (id === 1) throw new Error('lost');
    if (id === 2) throw new BadRequestException();
  }
  @OnSqs('batches', { batch: true }) pack() {
    throw new Error('lost');
  }
}

function appWith(options: MetricsOptions = { defaults: true }, more: ApplicationOptions = {}) {
  return createApp(
    { imports: [MetricsModule.forRoot({ namespace: 'shop', service: 'orders', ...options })], controllers: [Orders] },
    more,
  );
}

describe('default metrics of requests', () => {
  it('are kept by route, whatever the path', async () => {
    const app = appWith();
    for (const id of ['1', '2', 'a%20b']) await inject(app, { url: `/orders/${id}?q=1` });
    expect(measured()).toEqual({
      'GET /orders/:id Latency': [expect.any(Number), expect.any(Number), expect.any(Number)],
    });
  });

  it.each([
    ['invalid', 400, 'Errors'],
    ['throttled', 429, 'Throttles'],
    ['unavailable', 503, 'Faults'],
    ['hangs', 504, 'Faults'],
    ['closed', 403, 'Errors'],
  ])('count the response of /orders/%s, %i, as %s', async (path, status, metric) => {
    const { statusCode } = await inject(appWith(), { method: 'POST', url: `/orders/${path}` });
    expect(statusCode).toBe(status);
    expect(measured()).toEqual({
      [`POST /orders/${path} Latency`]: [expect.any(Number)],
      [`POST /orders/${path} ${metric}`]: [1],
    });
  });

  it.each(['throw', 'respond'] as const)('count an unhandled error as a fault (%s)', async (unhandledErrors) => {
    const app = appWith({ defaults: ['faults'] }, { unhandledErrors });
    await inject(app, { method: 'POST', url: '/orders/broken' }).catch(() => undefined);
    expect(measured()).toEqual({ 'POST /orders/broken Faults': [1] });
  });

  it.each([
    ['an unknown path', { url: '/nowhere/17' }, 404],
    ['a method that the path lacks', { method: 'DELETE', url: '/orders/17' }, 405],
  ])('have one target for %s', async (_, request, status) => {
    const { statusCode } = await inject(appWith(), request);
    expect(statusCode).toBe(status);
    expect(measured()).toEqual({ '(none) Latency': [expect.any(Number)], '(none) Errors': [1] });
  });

  it('are kept for routes whose paths are not ASCII, which dimensions have to be', async () => {
    const app = appWith({ defaults: ['latency'] });
    for (const id of [1, 2]) await inject(app, { url: `/orders/gr%C3%B6%C3%9Fe/${id}` });
    expect(measured()).toEqual({
      'GET /orders/gr%C3%B6%C3%9Fe/:id Latency': [expect.any(Number), expect.any(Number)],
    });
  });

  it('have one target for all methods that a client may make up', async () => {
    const app = appWith({ defaults: ['latency'] });
    for (const method of ['PROPFIND', 'X1', 'X2']) await inject(app, { method, url: '/orders/any/1' });
    expect(Object.keys(measured())).toEqual(['OTHER /orders/any/:id Latency']);
  });

  it('are as many as there are overlapping requests', async () => {
    const app = appWith();
    await Promise.all(Array.from({ length: 30 }, (_, n) => inject(app, { url: `/orders/${n}` })));
    expect(measured()['GET /orders/:id Latency']).toHaveLength(30);
  });

  it('are written by a handler that streams, when its stream has ended', async () => {
    installAwsLambda();
    const app = appWith({ defaults: ['latency', 'errors'] });
    const stream = new ResponseStream({ write: async () => undefined, end: () => undefined });
    const streaming = app.streamingHandler as StreamingHandler;
    await streaming(httpEvents.functionUrl({ method: 'POST', url: '/orders/invalid' }), stream, fakeContext());
    expect(measured()).toEqual({
      'POST /orders/invalid Latency': [expect.any(Number)],
      'POST /orders/invalid Errors': [1],
    });
  });

  it.each<[MetricsOptions['defaults'], string[]]>([
    [undefined, []],
    [false, []],
    [[], []],
    [['latency'], ['Latency']],
    [['errors', 'faults'], ['Errors']],
  ])('are those that %j asks for', async (defaults, names) => {
    await inject(appWith({ defaults }), { method: 'POST', url: '/orders/invalid' });
    expect(metricsIn(stdout.text()).map(({ name }) => name)).toEqual(names);
  });
});

const records = (count: number) => Array.from({ length: count }, (_, id) => ({ id }));

describe('default metrics of records', () => {
  it('are kept by consumer: failures are faults, and what is invalid is an error', async () => {
    await appWith().handler(events.sqs('orders', records(10)), fakeContext());
    expect(measured()).toEqual({
      'Orders.ship Latency': Array(10).fill(expect.any(Number)),
      'Orders.ship Errors': [1],
      'Orders.ship Faults': [1],
    });
  });

  it('of one invocation share lines, of a hundred values each', async () => {
    await appWith().handler(events.sqs('orders', records(250)), fakeContext());
    const lines = stdout.lines().filter((line) => '_aws' in line);
    expect(lines).toHaveLength(3);
    expect(measured()['Orders.ship Latency']).toHaveLength(250);
    expect(measured()['Orders.ship Faults']).toEqual([1]);
  });

  it('count each failed record of a batch, and the time of its one call', async () => {
    await appWith()
      .handler(events.sqs('batches', records(4)), fakeContext())
      .catch(() => undefined);
    expect(measured()).toEqual({ 'Orders.pack Latency': [expect.any(Number)], 'Orders.pack Faults': [4] });
  });

  it('have one target for records that no consumer takes', async () => {
    await appWith()
      .handler(events.sqs('others', records(2)), fakeContext())
      .catch(() => undefined);
    expect(measured()).toMatchObject({ '(none) Faults': [2] });
  });
});

describe('the cold start', () => {
  it('is counted once, by function, where the environment started on demand', async () => {
    process.env['AWS_LAMBDA_INITIALIZATION_TYPE'] = 'on-demand';
    const app = appWith({ defaults: ['coldStarts'] });
    for (let n = 0; n < 3; n++) await inject(app, { url: '/orders/1' });
    expect(measured()).toEqual({ 'test ColdStart': [1] });
  });

  it('is not counted with provisioned concurrency, whose environments start before their first event', async () => {
    process.env['AWS_LAMBDA_INITIALIZATION_TYPE'] = 'provisioned-concurrency';
    await inject(appWith({ defaults: ['coldStarts'] }), { url: '/orders/1' });
    expect(measured()).toEqual({});
  });
});

it.each(['route', 'consumer', 'Latency', 'Errors', 'Faults', 'Throttles', 'ColdStart'])(
  'a dimension called %s is refused where metrics are measured, and no line is lost',
  (name) => {
    const dimensions = { [name]: 'x' };
    expect(() => MetricsModule.forRoot({ namespace: 'shop', dimensions, defaults: ['latency'] })).toThrow(
      `The options of MetricsModule: dimensions has ${name}, a name that the option defaults uses for itself. ` +
        'Choose another one.',
    );
    expect(() => MetricsModule.forRoot({ namespace: 'shop', dimensions, defaults: false })).not.toThrow();
  },
);
