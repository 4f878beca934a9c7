import { OnSqs } from '../../../src/decorators/consumers.js';
import { UseGuards } from '../../../src/decorators/enhancers.js';
import { Injectable } from '../../../src/decorators/injectable.js';
import { Body, Param } from '../../../src/decorators/parameters.js';
import { Controller, Get, Post } from '../../../src/decorators/routes.js';
import { Timeout } from '../../../src/decorators/timeout.js';
import { BootstrapError } from '../../../src/errors/bootstrap-error.js';
import { ConflictException } from '../../../src/errors/exceptions.js';
import { MetricsModule } from '../../../src/observability/metrics/metrics-module.js';
import type { MetricsOptions } from '../../../src/observability/metrics/metrics-options.js';
import { Metrics } from '../../../src/observability/metrics/metrics.js';
import { Scope } from '../../../src/shared/provider.js';
import type { Constructor } from '../../../src/shared/types.js';
import { events } from '../../../src/testing/events.js';
import { fakeContext } from '../../../src/testing/fake-context.js';
import { inject } from '../../../src/testing/inject.js';
import { createApp, SOURCES } from '../../application/create-app.js';
import { gate } from '../../gate.js';
import { type CapturedStdout, captureStdout } from '../../logging/captured-stdout.js';
import { type EmfMetric, metricsIn } from '../emf.js';

let stdout: CapturedStdout;
const written = (): EmfMetric[] => metricsIn(stdout.text());
const named = (name: string): EmfMetric[] => written().filter((metric) => metric.name === name);
const variables = [
  'POWERTOOLS_METRICS_NAMESPACE',
  'POWERTOOLS_SERVICE_NAME',
  'POWERTOOLS_METRICS_FUNCTION_NAME',
  'POWERTOOLS_METRICS_DISABLED',
  'AWS_LAMBDA_FUNCTION_NAME',
];

beforeEach(() => {
  stdout = captureStdout();
  for (const name of variables) delete process.env[name];
});
afterEach(() => {
  jest.restoreAllMocks();
  for (const name of variables) delete process.env[name];
});

function appWith(controller: Constructor, options: MetricsOptions = {}, providers: Constructor[] = []) {
  return createApp({
    imports: [MetricsModule.forRoot({ namespace: 'shop', service: 'orders', ...options })],
    controllers: [controller],
    providers,
  });
}

const pause = () => new Promise((resolve) => setTimeout(resolve, Math.random() * 5));

@Controller('orders')
class Orders {
  constructor(private readonly metrics: Metrics) {}

  @Get(':id')
  async find(@Param('id') id: string) {
    this.metrics.addDimension('tenant', id);
    await pause();
    this.metrics.addMetric('Found', 'Count', Number(id));
    await pause();
    this.metrics.addMetadata('order', id);
    return { id };
  }

  @Post('fails')
  fail() {
    this.metrics.addMetric('Tried', 'Count', 1);
    throw new ConflictException();
  }

  @Post('breaks')
  break() {
    this.metrics.addMetric('Tried', 'Count', 1);
    throw new Error('broken');
  }

  @Post('hangs')
  @Timeout(0.05)
  async hang() {
    this.metrics.addMetric('Tried', 'Count', 1);
    await new Promise(() => undefined);
  }

  @OnSqs('orders')
  async ship(@Body() order: { id: string }) {
    this.metrics.addDimension('tenant', order.id);
    await pause();
    this.metrics.addMetric('Shipped', 'Count', 1);
    if (order.id === '3') throw new Error('lost');
  }
}

describe('metrics of an event', () => {
  it.each(SOURCES)('are written when a request of %s has ended', async (source) => {
    const app = appWith(Orders, { dimensions: { stage: 'prod' } });
    const response = await inject(app, { source, url: '/orders/7' });
    expect(response.statusCode).toBe(200);
    expect(written()).toEqual([
      {
        namespace: 'shop',
        name: 'Found',
        unit: 'Count',
        values: [7],
        dimensions: [{ service: 'orders', stage: 'prod', tenant: '7' }],
      },
    ]);
    expect(stdout.lines().find((line) => '_aws' in line)).toMatchObject({ order: '7' });
  });

  it('never have the dimensions of another request that runs at the same time', async () => {
    const app = appWith(Orders);
    const ids = Array.from({ length: 40 }, (_, n) => String(n + 1));
    await Promise.all(ids.map((id) => inject(app, { url: `/orders/${id}` })));
    const found = named('Found');
    expect(found).toHaveLength(ids.length);
    for (const { values, dimensions } of found)
      expect(dimensions).toEqual([{ service: 'orders', tenant: String(values[0]) }]);
    expect(new Set(found.map(({ values }) => values[0])).size).toBe(ids.length);
  });

  it('never have the dimensions of another record of the batch', async () => {
    const app = appWith(Orders);
    const orders = Array.from({ length: 20 }, (_, n) => ({ id: String(n) }));
    const event = events.sqs('orders', orders, (n) => ({ messageId: `m${n}` }));
    expect(await app.handler(event, fakeContext())).toEqual({ batchItemFailures: [{ itemIdentifier: 'm3' }] });
    const tenants = named('Shipped').map(({ dimensions }) => dimensions[0]!['tenant']);
    expect(tenants.toSorted()).toEqual(orders.map(({ id }) => id).toSorted());
  });

  it.each([
    ['throws an exception', 'fails', 409],
    ['is out of time', 'hangs', 504],
  ])('are written when the method %s', async (_, path, status) => {
    const app = appWith(Orders);
    const response = await inject(app, { method: 'POST', url: `/orders/${path}` });
    expect(response.statusCode).toBe(status);
    expect(named('Tried')).toHaveLength(1);
  });

  it('are written when an error fails the invocation', async () => {
    const app = appWith(Orders);
    await expect(inject(app, { method: 'POST', url: '/orders/breaks' })).rejects.toThrow('broken');
    expect(named('Tried')).toHaveLength(1);
  });

  it('are written once the instances of the event are disposed of, and have what disposing added', async () => {
    @Injectable({ scope: Scope.REQUEST })
    class Session {
      constructor(private readonly metrics: Metrics) {}
      async [Symbol.asyncDispose]() {
        await pause();
        this.metrics.addMetric('Closed', 'Count', 1);
      }
    }
    @Controller()
    class Sessions {
      constructor(
        private readonly metrics: Metrics,
        readonly session: Session,
      ) {}
      @Get('open') open() {
        this.metrics.addDimension('tenant', 'a');
        return {};
      }
    }
    await inject(appWith(Sessions, {}, [Session]), { url: '/open' });
    expect(named('Closed')).toMatchObject([{ dimensions: [{ service: 'orders', tenant: 'a' }] }]);
  });

  it('are written at once after its end, without its dimensions', async () => {
    const left = gate();
    let done: Promise<unknown> | undefined;
    @Controller()
    class Floating {
      constructor(private readonly metrics: Metrics) {}
      @Get('float') float() {
        this.metrics.addDimension('tenant', 'a');
        done = left.passed.then(() => {
          this.metrics.addMetric('Late', 'Count', 1);
          expect(() => this.metrics.addDimension('tenant', 'b')).toThrow('The event has ended');
        });
      }
    }
    await inject(appWith(Floating), { url: '/float' });
    expect(named('Late')).toHaveLength(0);
    left.open();
    await done;
    expect(named('Late')).toMatchObject([{ dimensions: [{ service: 'orders' }] }]);
  });

  it('keep their dimensions over the limits of a line', async () => {
    @Controller()
    class Many {
      constructor(private readonly metrics: Metrics) {}
      @Get('many') many() {
        this.metrics.addDimension('tenant', 'a').addDimensions({ region: 'eu' }).addMetadata('job', '1');
        for (let n = 0; n < 250; n++) this.metrics.addMetric(`M${n}`, 'None', n);
        for (let n = 0; n < 250; n++) this.metrics.addMetric('Value', 'None', n);
        return {};
      }
    }
    await inject(appWith(Many), { url: '/many' });
    const all = written();
    expect(new Set(all.map(({ name }) => name)).size).toBe(251);
    expect(named('Value').flatMap(({ values }) => values)).toEqual(Array.from({ length: 250 }, (_, n) => n));
    for (const { dimensions } of all)
      expect(dimensions).toEqual([
        { service: 'orders', tenant: 'a' },
        { service: 'orders', region: 'eu' },
      ]);
    for (const line of stdout.lines().filter((one) => '_aws' in one)) expect(line['job']).toBe('1');
  });

  it('that are not added write no line', async () => {
    @Controller()
    class Quiet {
      constructor(private readonly metrics: Metrics) {}
      @Get('quiet') quiet() {
        this.metrics.addDimension('tenant', 'a');
        return {};
      }
      @Get('next') next() {
        this.metrics.addMetric('Next', 'Count', 1);
        return {};
      }
    }
    const app = appWith(Quiet);
    await inject(app, { url: '/quiet' });
    expect(written()).toEqual([]);
    await inject(app, { url: '/next' });
    expect(written()).toMatchObject([{ dimensions: [{ service: 'orders' }] }]);
  });

  it('belong to the guard that added them, although it refuses', async () => {
    @Injectable()
    class Closed {
      constructor(private readonly metrics: Metrics) {}
      canActivate() {
        this.metrics.addMetric('Refused', 'Count', 1);
        return false;
      }
    }
    @Controller()
    @UseGuards(Closed)
    class Guarded {
      @Get('guarded') get() {}
    }
    const { statusCode } = await inject(appWith(Guarded, {}, [Closed]), { url: '/guarded' });
    expect(statusCode).toBe(403);
    expect(named('Refused')).toHaveLength(1);
  });
});

describe('a mistake in metrics', () => {
  it.each<[string, (metrics: Metrics) => unknown, string]>([
    ['an unknown unit', (metrics) => metrics.addMetric('A', 'Hours' as never, 1), "Invalid metric unit 'Hours'"],
    ...['1', undefined, null, 1n, Number.NaN, Number.POSITIVE_INFINITY, 1e300, -(2 ** 361)].map(
      (value): [string, (metrics: Metrics) => unknown, string] => [
        `the value ${String(value)}`,
        (metrics) => metrics.addMetric('A', 'Count', value as never),
        `The metric A is ${String(value)}; it takes a number`,
      ],
    ),
    // One line has one member for each name, and `_aws` says what CloudWatch reads in it.
    ...(['_aws', '__proto__'] as const).flatMap((name): [string, (metrics: Metrics) => unknown, string][] => [
      [`a metric ${name}`, (metrics) => metrics.addMetric(name, 'Count', 1), `No metric can be called ${name}`],
      [`a dimension ${name}`, (metrics) => metrics.addDimension(name, 'a'), 'is not the name of a dimension'],
      [`a set with ${name}`, (metrics) => metrics.addDimensions({ [name]: 'a' }), 'is not the name of a dimension'],
      [`metadata ${name}`, (metrics) => metrics.addMetadata(name, 'a'), `No metadata can be called ${name}`],
    ]),
    ['a metric like the service', (metrics) => metrics.addMetric('service', 'Count', 1), '"service" is a dimension'],
    ['a metric like a default', (metrics) => metrics.addMetric('stage', 'Count', 1), '"stage" is a dimension'],
    ['a metric like a dimension', (metrics) => metrics.addDimension('A', 'a').addMetric('A', 'Count', 1), '"A" is a'],
    ['a dimension like a metric', (metrics) => metrics.addMetric('A', 'Count', 1).addDimension('A', 'a'), '"A" is a'],
    [
      'metadata like a metric',
      (metrics) => metrics.addMetric('A', 'Count', 1).addMetadata('A', 'a'),
      '"A" is a metric',
    ],
    ['a set like metadata', (metrics) => metrics.addMetadata('A', 'a').addDimensions({ A: 'a' }), '"A" is a metadata'],
    ...['a\nb', 'é', '\u0000', ' ', 'x'.repeat(1025), 5, { a: 1 }].map(
      (value): [string, (metrics: Metrics) => unknown, string] => [
        `the dimension ${JSON.stringify(value).slice(0, 20)}`,
        (metrics) => metrics.addDimension('tenant', value as never),
        'The value of the dimension tenant is not text of',
      ],
    ),
    ...[':a', 'é', 'a\n', ' ', 'x'.repeat(251)].map((name): [string, (metrics: Metrics) => unknown, string] => [
      `the name ${JSON.stringify(name).slice(0, 20)} of a dimension`,
      (metrics) => metrics.addDimension(name, 'a'),
      'is not the name of a dimension',
    ]),
    ...['', ' ', 'a\nb', 'Größe', '\u0000', 'x'.repeat(256), 5].map(
      (name): [string, (metrics: Metrics) => unknown, string] => [
        `the metric ${JSON.stringify(name).slice(0, 20)}`,
        (metrics) => metrics.addMetric(name as never, 'Count', 1),
        'is not the name of a metric: up to 255 characters of printable ASCII',
      ],
    ),
    [
      'a set with another value of a dimension',
      (metrics) => metrics.addDimension('tenant', 'a').addDimensions({ tenant: 'b' }),
      'The dimension tenant has the value "a" in another set of this event. Use metrics.singleMetric()',
    ],
    [
      'a set with another value of a set',
      (metrics) => metrics.addDimensions({ tenant: 'a' }).addDimensions({ tenant: 'b' }),
      'The dimension tenant has the value "a"',
    ],
    [
      'a set with another service',
      (metrics) => metrics.addDimensions({ service: 'b' }),
      'The dimension service has the value "orders"',
    ],
    [
      'a dimension with another value than in a set',
      (metrics) => metrics.addDimensions({ tenant: 'a' }).addDimension('tenant', 'b'),
      'The dimension tenant has the value "a"',
    ],
    [
      'metadata over the limit of a line',
      (metrics) => metrics.addMetadata('body', 'x'.repeat(300_000)),
      'The metadata body is too long: the dimensions and the metadata of an event take 256 kB at most',
    ],
    [
      'sets over the limit of a line',
      (metrics) => {
        for (let n = 0; n < 1000; n++) metrics.addDimensions({ [`d${n}`]: 'x'.repeat(1000) });
      },
      'The set of dimensions is too long',
    ],
    ['metadata that is no text', (metrics) => metrics.addMetadata('a', { size: 1n } as never), 'it takes text'],
    [
      'a second unit',
      (metrics) => metrics.addMetric('A', 'Count', 1).addMetric('A', 'Seconds', 1),
      'has already been added with unit "Count"',
    ],
  ])('such as %s is an error where it is made', async (_, make, message) => {
    let thrown: unknown;
    @Controller()
    class Wrong {
      constructor(private readonly metrics: Metrics) {}
      @Get('wrong') get() {
        try {
          make(this.metrics);
        } catch (error) {
          thrown = error;
        }
      }
    }
    const app = appWith(Wrong, { dimensions: { stage: 'prod' } });
    await inject(app, { url: '/wrong' });
    expect(thrown).toMatchObject({ message: expect.stringContaining(message) });
    // What was right before it is written, and is all that CloudWatch gets.
    for (const { dimensions } of written())
      for (const set of dimensions) expect(set).toMatchObject({ service: 'orders', stage: 'prod' });
  });

  it('leaves the name of what is refused to something else', async () => {
    @Controller()
    class Refused {
      constructor(private readonly metrics: Metrics) {}
      @Get('refused') get() {
        this.metrics.addDimensions({ tenant: 'a' });
        for (const refused of [
          () => this.metrics.addDimensions({ size: 'small', tenant: 'b' }),
          () => this.metrics.addDimension('size', 'x'.repeat(2000)),
        ])
          expect(refused).toThrow();
        this.metrics.addMetric('size', 'Count', 1);
      }
    }
    await inject(appWith(Refused), { url: '/refused' });
    expect(written()).toMatchObject([{ name: 'size' }]);
  });

  it('leaves nothing behind for the next event', async () => {
    @Controller()
    class Mistaken {
      constructor(private readonly metrics: Metrics) {}
      @Get('mistake') get() {
        this.metrics.addDimension('tenant', 'a').addMetric('tenant', 'Count', 1);
      }
      @Get('fine') fine() {
        this.metrics.addMetric('tenant', 'Count', 1);
      }
    }
    const app = appWith(Mistaken);
    await expect(inject(app, { url: '/mistake' })).rejects.toThrow('"tenant" is a dimension of this event');
    await inject(app, { url: '/fine' });
    expect(written()).toMatchObject([{ name: 'tenant', dimensions: [{ service: 'orders' }] }]);
  });
});

describe('metrics outside an event', () => {
  it('are written at once, and take no dimensions', async () => {
    const app = appWith(Orders);
    await app.ready();
    const metrics = app.get(Metrics);
    metrics.addMetric('Started', 'Count', 1);
    expect(written()).toMatchObject([{ name: 'Started', dimensions: [{ service: 'orders' }] }]);
    expect(() => metrics.addDimension('tenant', 'a')).toThrow('There is no event here');
    expect(() => metrics.addMetadata('tenant', 'a')).toThrow('metrics.singleMetric()');
  });

  it('have dimensions of their own as single metrics', async () => {
    const app = appWith(Orders);
    await app.ready();
    const single = app.get(Metrics).singleMetric().addDimension('job', 'nightly').addMetadata('run', '7');
    single.addMetric('Rows', 'Count', 5).addMetric('Time', 'Seconds', 2);
    expect(written()).toMatchObject([
      { name: 'Rows', dimensions: [{ service: 'orders', job: 'nightly' }] },
      { name: 'Time', dimensions: [{ service: 'orders', job: 'nightly' }] },
    ]);
  });
});

describe('MetricsModule', () => {
  it.each<[object, string]>([
    [{ namespase: 'shop' }, 'Unknown in the options of MetricsModule: namespase'],
    [{ namespace: '' }, "namespace is ''; it takes text"],
    [{ namespace: 'shop', defaults: ['latencies'] }, 'defaults is a list'],
    [{ namespace: 'shop', defaults: 'latency' }, 'defaults is latency; it takes true or false, or a list'],
    [{ namespace: 'shop', dimensions: { stage: undefined } }, 'it takes an object with up to 28 names of up to 250'],
    [{ namespace: 'shop', dimensions: { stage: 'grün' } }, 'characters of printable ASCII'],
    [{ namespace: 'shop', dimensions: { _aws: 'a' } }, 'characters of printable ASCII'],
    [{ namespace: 'shop', service: 'a\nb' }, 'service is'],
    ...['AWS/Lambda', ':shop', 'größe', 'a\nb', 'x'.repeat(256)].map((namespace): [object, string] => [
      { namespace },
      'it takes text of up to 255 characters of printable ASCII, not with ":" or "AWS/" at the beginning',
    ]),
    [
      { namespace: 'shop', dimensions: Object.fromEntries(Array.from({ length: 29 }, (_, n) => [`d${n}`, 'a'])) },
      'it takes an object with up to 28 names',
    ],
  ])('refuses the options %j', (options, message) => {
    expect(() => MetricsModule.forRoot(options as MetricsOptions)).toThrow(BootstrapError);
    expect(() => MetricsModule.forRoot(options as MetricsOptions)).toThrow(message);
  });

  it('refuses wrong options that a factory returns', async () => {
    const imports = [MetricsModule.forRootAsync({ useFactory: () => ({ namespace: 5 }) as never })];
    await expect(createApp({ imports }).ready()).rejects.toThrow('namespace is 5; it takes text');
  });

  it('needs a namespace, from the options or from the environment', async () => {
    await expect(createApp({ imports: [MetricsModule.forRoot()] }).ready()).rejects.toThrow(
      'MetricsModule needs the option namespace, or the environment variable POWERTOOLS_METRICS_NAMESPACE',
    );
    process.env['POWERTOOLS_METRICS_NAMESPACE'] = 'from-environment';
    process.env['POWERTOOLS_SERVICE_NAME'] = 'named';
    const app = createApp({ imports: [MetricsModule.forRoot()], controllers: [Orders] });
    await inject(app, { url: '/orders/7' });
    expect(written()).toMatchObject([
      { namespace: 'from-environment', dimensions: [{ service: 'named', tenant: '7' }] },
    ]);
  });

  it.each([
    ['POWERTOOLS_METRICS_NAMESPACE', 'AWS/Lambda'],
    ['POWERTOOLS_SERVICE_NAME', 'größe'],
    ['POWERTOOLS_METRICS_FUNCTION_NAME', 'a\nb'],
  ])('refuses a variable that would make CloudWatch drop every line: %s=%j', async (name, value) => {
    process.env[name] = value;
    const imports = [MetricsModule.forRoot({ defaults: true })];
    await expect(createApp({ imports }).ready()).rejects.toThrow(
      `The environment variable ${name} is ${JSON.stringify(value)}; it takes text of up to`,
    );
  });

  it('names the service after the function unless it is told', async () => {
    process.env['AWS_LAMBDA_FUNCTION_NAME'] = 'orders-prod';
    const app = createApp({ imports: [MetricsModule.forRoot({ namespace: 'shop' })], controllers: [Orders] });
    process.env['POWERTOOLS_SERVICE_NAME'] = '';
    await inject(app, { url: '/orders/7' });
    expect(written()).toMatchObject([{ dimensions: [{ service: 'orders-prod', tenant: '7' }] }]);
  });

  it('writes nothing where POWERTOOLS_METRICS_DISABLED says so, as in tests', async () => {
    process.env['POWERTOOLS_METRICS_DISABLED'] = 'true';
    await inject(appWith(Orders, { defaults: true }), { url: '/orders/7' });
    expect(written()).toEqual([]);
  });
});
