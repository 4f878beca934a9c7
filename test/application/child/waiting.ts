import 'reflect-metadata';
import { LambdaApplication } from '../../../src/application/lambda-application.js';
import type { ApplicationOptions } from '../../../src/application/options/application-options.js';
import { OnSns, OnSqs } from '../../../src/decorators/consumers.js';
import { UseFilters, UseGuards, UseInterceptors, UsePipes } from '../../../src/decorators/enhancers.js';
import { Inject, Injectable } from '../../../src/decorators/injectable.js';
import { Module } from '../../../src/decorators/module.js';
import { Body, createParamDecorator, Event, Query, Signal } from '../../../src/decorators/parameters.js';
import { All, Controller, Get } from '../../../src/decorators/routes.js';
import { Timeout } from '../../../src/decorators/timeout.js';
import { BadRequestException } from '../../../src/errors/exceptions.js';
import { StreamResponse } from '../../../src/http/response/stream-response.js';
import { installAwsLambda, ResponseStream, type StreamReceiver } from '../../../src/local/invoke/response-stream.js';
import { getLogger } from '../../../src/logging/logger/current-logger.js';
import { fromMiddy } from '../../../src/pipeline/from-middy.js';
import { TimeoutInterceptor } from '../../../src/pipeline/timeout-interceptor.js';
import { lazy, type ModuleMetadata } from '../../../src/shared/module.js';
import { Scope } from '../../../src/shared/provider.js';
import { events } from '../../../src/testing/events.js';
import { fakeContext } from '../../../src/testing/fake-context.js';
import { httpEvents } from '../../../src/testing/http-events.js';
import { onEverySource, OTHER_SOURCES, REQUESTS } from '../told-sources.js';

// Started by waiting.test.ts: puts everything that can wait to wait where the event loop has nothing else in it, one
// after the other, and prints what comes of it.
installAwsLambda();

const never = (): Promise<never> => new Promise(() => undefined);

/** The signal of whoever waits is told of by a line. */
function hang(signal: AbortSignal): Promise<never> {
  signal.addEventListener('abort', () => getLogger().info('signal'));
  return never();
}

const appOf = (metadata: ModuleMetadata, options: ApplicationOptions = {}): LambdaApplication => {
  class Root {}
  Module(metadata)(Root);
  return LambdaApplication.create(Root, { timeoutMargin: 70, ...options });
};

type Invoke = (app: LambdaApplication, event: unknown) => Promise<unknown>;

/** Each event has 20 ms of time and 70 of margin, however long it took to begin. */
const contextOfOne = () => ({ ...fakeContext(), getRemainingTimeInMillis: () => 90 });

const early: Invoke = (app, event) => app.handler(event, contextOfOne());
const buffered: Invoke = async (app, event) => early(await app.ready(), event);

/** The far end of a response stream. */
class Reader implements StreamReceiver {
  readonly chunks: Buffer[] = [];
  constructor(private readonly take: () => Promise<void> = () => Promise.resolve()) {}

  write(chunk: Buffer): Promise<void> {
    this.chunks.push(chunk);
    return this.take();
  }

  end(): void {}
}

const streamedTo =
  (reader: Reader): Invoke =>
  async (app, event) => {
    await app.ready();
    const handler = app.streamingHandler as (event: unknown, stream: ResponseStream, context: unknown) => Promise<void>;
    await handler(event, new ResponseStream(reader), contextOfOne());
    const text = Buffer.concat(reader.chunks).toString();
    return JSON.parse(text.split('\0')[0]!) as unknown;
  };

const streamed: Invoke = (app, event) => streamedTo(new Reader())(app, event);

@Injectable()
class Consumers {
  @onEverySource
  take(@Event() _event: unknown, @Signal() signal: AbortSignal) {
    return hang(signal);
  }
}

@Controller()
class Root {
  @All() hang(signal: AbortSignal) {
    return hang(signal);
  }
}

const Hung = createParamDecorator(() => never());

const SLOW = Symbol('slow');

@Injectable()
class Undisposed {
  [Symbol.asyncDispose]() {
    return never();
  }
}

@Controller()
class Sites {
  @Get('method') method(signal: AbortSignal) {
    return hang(signal);
  }
  @Get('timeout') @Timeout(0.01) timeout(signal: AbortSignal) {
    return hang(signal);
  }
  @Get('longer') @Timeout(60) longer(signal: AbortSignal) {
    return hang(signal);
  }
  @Get('interceptor-timeout') @UseInterceptors(new TimeoutInterceptor(0.01)) interceptorTimeout(signal: AbortSignal) {
    return hang(signal);
  }
  @Get('guard') @UseGuards({ canActivate: never }) guard() {}
  @Get('interceptor') @UseInterceptors({ intercept: never }) interceptor() {}
  @Get('pipe') @UsePipes({ transform: never }) pipe(@Query('a') _a: string) {}
  @Get('parameter') parameter(@Hung() _hung: unknown) {}
  @Get('filter') @UseFilters({ catch: never }) filter() {
    throw new BadRequestException();
  }
  @Get('middy') @UseInterceptors(fromMiddy({ before: never })) middy() {}
  @Get('begun') begun() {
    return new StreamResponse(
      (async function* () {
        yield 'one';
        yield await never();
      })(),
      { mediaType: 'text/plain' },
    );
  }
  @Get('stream') stream() {
    return new StreamResponse(
      (async function* () {
        yield await never();
      })(),
      { mediaType: 'text/plain' },
    );
  }
  @Get('early')
  @UseInterceptors({ intercept: (_, next) => Promise.race([next.handle(), Promise.resolve('early')]) })
  @UseInterceptors(new TimeoutInterceptor(60))
  early() {
    return never();
  }
}

@Controller('scoped')
class Scoped {
  constructor(@Inject(SLOW) readonly slow: unknown) {}
  @Get() get() {}
}

@Controller('undisposed')
class Disposing {
  constructor(readonly undisposed: Undisposed) {}
  @Get() get() {
    return 'done';
  }
}

@Injectable()
class Batches {
  @OnSqs('batch', { batch: true }) batch(@Body() _body: unknown[], @Signal() signal: AbortSignal) {
    return hang(signal);
  }
  @OnSqs('limited') @Timeout(0.01) limited(@Body() _body: unknown, @Signal() signal: AbortSignal) {
    return hang(signal);
  }
  @OnSqs('guarded') @UseGuards({ canActivate: never }) guarded() {}
  @OnSqs('filtered') @UseFilters({ catch: never }) filtered() {
    throw new Error('no stock');
  }
  @OnSqs('undisposed') undisposed(@Inject(Undisposed) _made: Undisposed) {}
}

const requestScoped = [
  { provide: SLOW, useFactory: never, scope: Scope.REQUEST },
  { provide: Undisposed, useClass: Undisposed, scope: Scope.REQUEST },
];
const sites = () => ({
  controllers: [Sites, Scoped, Disposing],
  providers: [...requestScoped, Batches],
  imports: [lazy('lazy', never)],
});
const at = (url: string) => httpEvents.apiGatewayV2({ url });

type Case = () => Promise<unknown>;

function* cases(): Iterable<readonly [string, Case]> {
  for (const [source, event] of [
    ...Object.entries(REQUESTS),
    ...Object.entries(OTHER_SOURCES).map(([name, other]) => [name, other.event] as const),
  ]) {
    for (const [name, invoke] of Object.entries({ handler: buffered, streamingHandler: streamed })) {
      yield [`${name}: ${source}`, () => invoke(appOf({ controllers: [Root], providers: [Consumers] }), event)];
    }
  }
  const urls = [
    'method',
    'timeout',
    'longer',
    'interceptor-timeout',
    'guard',
    'interceptor',
    'pipe',
    'parameter',
    'filter',
    'middy',
    'stream',
    'begun',
    'scoped',
    'undisposed',
    'lazy',
    'early',
  ];
  for (const url of urls) yield [`route: ${url}`, () => buffered(appOf(sites()), at(`/${url}`))];
  yield [
    'route: stream, compressed',
    () =>
      buffered(
        appOf(sites(), { compression: true }),
        httpEvents.apiGatewayV2({ url: '/stream', headers: { 'accept-encoding': 'gzip' } }),
      ),
  ];
  yield ['route: stream, streamed', () => streamed(appOf(sites()), at('/stream'))];
  yield ['route: begun stream, streamed', () => streamed(appOf(sites()), at('/begun'))];
  yield ['route: method, without an access log', () => buffered(appOf(sites(), { accessLog: false }), at('/method'))];
  yield [
    'route: method, without a context',
    () => appOf(sites(), { settings: { FUNCTION_TIMEOUT: 0.02 } }).handler(at('/method'), undefined as never),
  ];
  yield [
    'route: method, for a reader that never drains',
    () => streamedTo(new Reader(never))(appOf(sites()), at('/method')),
  ];
  for (const queue of ['batch', 'limited', 'guarded', 'filtered', 'undisposed']) {
    yield [`queue: ${queue}`, () => buffered(appOf(sites()), events.sqs(queue, [{}], { messageId: 'm1' }))];
  }
  yield [
    'queue: a carried request',
    () =>
      buffered(
        appOf(sites(), { requestsVia: { sqs: ['requests'] } }),
        events.sqs('requests', [at('/method')], { messageId: 'm1' }),
      ),
  ];
  yield [
    'queue: batch, without a context',
    () =>
      appOf(sites(), { settings: { FUNCTION_TIMEOUT: 0.02 } }).handler(
        events.sqs('batch', [{}], { messageId: 'm1' }),
        undefined as never,
      ),
  ];
  yield [
    'queue: undisposed, for a reader that never drains',
    () => streamedTo(new Reader(never))(appOf(sites()), events.sqs('undisposed', [{}])),
  ];
  for (const phase of ['before', 'after', 'onError'] as const) {
    const around = () => appOf({ controllers: [Failing] }, { interceptors: [fromMiddy({ [phase]: never })] });
    yield [`around: ${phase} of a request`, () => buffered(around(), at(phase === 'onError' ? '/fail' : '/'))];
    yield [`around: ${phase} of a streamed request`, () => streamed(around(), at(phase === 'onError' ? '/fail' : '/'))];
    yield [
      `around: ${phase} of a message`,
      () => buffered(around(), events.sns('orders', [{ fail: phase === 'onError' }])),
    ];
  }
  const provider = { provide: 'DATABASE', useFactory: never };
  yield ['start: a provider, for a request', () => early(appOf({ providers: [provider] }), at('/'))];
  yield ['start: a provider, for a message', () => early(appOf({ providers: [provider] }), events.sqs('orders', [{}]))];
  yield ['start: a provider, for ready()', () => appOf({ providers: [provider] }).ready()];
  yield ['start: a provider, for resolve()', () => appOf({ providers: [provider] }).resolve('DATABASE')];
  yield [
    'start: a hook, for ready()',
    () => appOf({ providers: [{ provide: 'HOOK', useValue: { onModuleInit: never } }] }).ready(),
  ];
  yield [
    'start: a task, for a request',
    () => {
      const app = appOf({ controllers: [Root] });
      void app.runAsync(never);
      return early(app, at('/'));
    },
  ];
  yield ['start: a task, for whoever awaits it', () => appOf({}).runAsync(never)];
  yield ['start: a resource, for whoever awaits it', () => appOf({}).enterAsyncContext(never)];
}

@Controller()
class Failing {
  @Get() get() {
    return 'done';
  }
  @Get('fail') fail() {
    throw new Error('broken');
  }
  @OnSns('orders') take(@Body('fail') fail: boolean) {
    if (fail) throw new Error('broken');
  }
}

async function main(): Promise<void> {
  let done = 0;
  for (const [name, run] of cases()) {
    const outcome = await run().then(
      (result) => ({ result }),
      (error: Error) => ({ error: error.message }),
    );
    // Whoever was told that the event loop is empty has this for the next case.
    await new Promise((resolve) => setImmediate(resolve));
    const timers = process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
    process.stdout.write(`${JSON.stringify({ case: name, ...outcome, timers })}\n`);
    done++;
  }
  process.stdout.write(`${JSON.stringify({ cases: done })}\n`);
}

void main();
