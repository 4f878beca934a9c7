import type { CallHandler, CanActivate, ExecutionContext } from '../../src/contracts/pipeline.js';
import { OnSqs } from '../../src/decorators/consumers.js';
import { UseFilters, UseGuards, UseInterceptors } from '../../src/decorators/enhancers.js';
import { Injectable } from '../../src/decorators/injectable.js';
import { Body, Req, Signal } from '../../src/decorators/parameters.js';
import { Controller, Get } from '../../src/decorators/routes.js';
import { Timeout } from '../../src/decorators/timeout.js';
import { Request } from '../../src/http/request/request.js';
import { StreamResponse } from '../../src/http/response/stream-response.js';
import { TimeoutInterceptor } from '../../src/pipeline/timeout-interceptor.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { httpEvents } from '../../src/testing/http-events.js';
import { inject } from '../../src/testing/inject.js';
import { gate } from '../gate.js';
import { type CapturedStdout, captureStdout } from '../logging/captured-stdout.js';
import { appOf, createApp, SOURCES } from './create-app.js';

let stdout: CapturedStdout;
beforeEach(() => void (stdout = captureStdout()));
afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

const never = () => new Promise(() => undefined);
const late = gate();
const later = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
const access = () => stdout.lines().find(({ type }) => type === 'access')!;

let aborted: unknown[] = [];
beforeEach(() => void (aborted = []));
const note = (signal: AbortSignal) =>
  signal.addEventListener('abort', () => aborted.push((signal.reason as Error).name));

@Injectable()
class SignalService {
  constructor(readonly signal: AbortSignal) {}
}

class NotAsked {
  catch() {
    return 'filtered';
  }
}

@Controller()
class Slow {
  @Get('never') never() {
    return never();
  }
  @Get('fast') async fast() {
    await later(1);
    return 'fast';
  }
  @Get('sync') sync() {
    return 'sync';
  }
  @Get('short') @Timeout(0.02) short() {
    return never();
  }
  @Get('long') @Timeout(10) async long() {
    await later(60);
    return 'long';
  }
  @Get('longer') @Timeout(10) longer() {
    return never();
  }
  @Get('interceptor') @UseInterceptors(new TimeoutInterceptor(0.02)) ofInterceptor() {
    return never();
  }
  @Get('filtered') @UseFilters(NotAsked) filtered() {
    return never();
  }
  @Get('late-rejection') lateRejection() {
    return late.passed;
  }
  @Get('signals') signals(byType: AbortSignal, @Signal() byDecorator: AbortSignal, @Req() request: Request) {
    for (const signal of [byType, byDecorator, request.signal]) note(signal);
    return never();
  }
  @Get('stream') stream() {
    return new StreamResponse(
      (async function* () {
        yield 'one';
        await never();
      })(),
    );
  }
}

const limited = (seconds: number) => appOf(Slow, { settings: { FUNCTION_TIMEOUT: seconds } }).ready();

describe.each(SOURCES)('%s', (source) => {
  const timedOut = [504, '{"detail":"Gateway Timeout"}'];

  test('FUNCTION_TIMEOUT ends a request with 504, its line written by then', async () => {
    const answer = await inject(await limited(0.02), { source, url: '/never' });
    expect([answer.statusCode, answer.payload]).toEqual(timedOut);
    expect(access()).toMatchObject({
      level: 'error',
      status_code: 504,
      route: '/never',
      error_detail: 'Timed out after 0.02 s',
    });
  });

  test("the invocation's remaining time less the margin ends it when it is shorter", async () => {
    const app = await appOf(Slow, { timeoutMargin: 950 }).ready();
    const answer = await inject(app, { source, url: '/never', remainingTime: 1000 });
    expect([answer.statusCode, answer.payload]).toEqual(timedOut);
    expect(access()['error_detail']).toMatch(/^Timed out after the \d+ ms that the invocation had left$/);
  });

  test('@Timeout is shorter or longer than FUNCTION_TIMEOUT, but not than the invocation', async () => {
    const app = await limited(0.04);
    expect((await inject(app, { source, url: '/never' })).statusCode).toBe(504);
    expect((await inject(app, { source, url: '/long' })).payload).toBe('"long"');
    expect((await inject(app, { source, url: '/longer', remainingTime: 230 })).statusCode).toBe(504);
    expect((await inject(await limited(30), { source, url: '/short' })).statusCode).toBe(504);
  });

  test('a stream that does not end is 504 where it has to be collected', async () => {
    expect((await inject(await limited(0.02), { source, url: '/stream' })).statusCode).toBe(504);
  });
});

test('the signal fires: by type, by decorator, of the request, of the context and of a request-scoped provider', async () => {
  const watching = {
    intercept(context: ExecutionContext, next: CallHandler) {
      note(context.signal);
      return next.handle();
    },
  };
  @Controller('scoped')
  class Scoped {
    constructor(private readonly service: SignalService) {}
    @Get() get() {
      note(this.service.signal);
      return never();
    }
  }
  const app = await createApp(
    { controllers: [Slow, Scoped], providers: [SignalService] },
    { settings: { FUNCTION_TIMEOUT: 0.02 }, interceptors: [watching] },
  ).ready();
  await inject(app, { url: '/signals' });
  expect(aborted).toEqual(Array(4).fill('GatewayTimeoutException'));
  await inject(app, { url: '/scoped' });
  expect(aborted).toHaveLength(6);
});

test('the signal does not fire for an invocation that was answered', async () => {
  const app = await appOf(Slow, {
    settings: { FUNCTION_TIMEOUT: 0.03 },
    guards: [{ canActivate: (context) => (note(context.signal), true) }],
  }).ready();
  jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
  const answer = inject(app, { url: '/fast' });
  await jest.advanceTimersByTimeAsync(1);
  await answer;
  await jest.advanceTimersByTimeAsync(60_000);
  expect(aborted).toEqual([]);
});

test('filters are not asked when the application itself gives up', async () => {
  const app = await limited(0.02);
  expect((await inject(app, { url: '/filtered' })).statusCode).toBe(504);
});

test('@Timeout on a class goes for its routes, one on the method before it', async () => {
  @Controller()
  @Timeout(0.02)
  class Limited {
    @Get() get() {
      return never();
    }
    @Get('longer') @Timeout(1) longer() {
      return later(60);
    }
  }
  expect((await inject(appOf(Limited), {})).statusCode).toBe(504);
  expect((await inject(appOf(Limited), { url: '/longer' })).statusCode).toBe(204);
});

test('a TimeoutInterceptor ends a route', async () => {
  expect((await inject(appOf(Slow), { url: '/interceptor' })).statusCode).toBe(504);
});

test('what fails after the answer went out is no unhandled rejection', async () => {
  const app = await limited(0.02);
  expect((await inject(app, { url: '/late-rejection' })).statusCode).toBe(504);
  late.fail(new Error('nobody hears this'));
  // Jest fails a test during which a rejection goes unhandled.
  await new Promise((resolve) => setImmediate(resolve));
  expect((await inject(app, { url: '/sync' })).payload).toBe('"sync"');
});

async function timersOf(url: string): Promise<[set: number, left: number]> {
  const app = await appOf(Slow).ready();
  jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
  const set = jest.spyOn(globalThis, 'setTimeout');
  const answer = app.handler(httpEvents.apiGatewayV2({ url }), fakeContext());
  await jest.advanceTimersByTimeAsync(1);
  await answer;
  return [set.mock.calls.length, jest.getTimerCount()];
}

describe('timers', () => {
  test('a synchronous method needs none', async () => {
    expect(await timersOf('/sync')).toEqual([0, 0]);
  });

  test('an asynchronous one leaves none behind', async () => {
    // Its own, and the deadline's.
    expect(await timersOf('/fast')).toEqual([2, 0]);
  });
});

/** Timers that keep the process alive. */
const referenced = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;

test('the timer keeps the process alive while the event is awaited, and no longer', async () => {
  let finish!: () => void;
  @Controller()
  class Awaited {
    @Get() get() {
      return new Promise<void>((resolve) => (finish = resolve));
    }
  }
  const app = await appOf(Awaited).ready();
  const before = referenced();
  const answer = app.handler(httpEvents.apiGatewayV2(), fakeContext());
  expect(referenced()).toBe(before + 1);
  finish();
  await answer;
  expect(referenced()).toBe(before);
});

test('@Timeout refuses what is no time', () => {
  expect(() => Timeout(0)).toThrow(/@Timeout\(0\): it takes a number of seconds above 0/);
  expect(() => Timeout(Number.NaN)).toThrow(/@Timeout\(NaN\)/);
});

test('a context that tells no remaining time leaves FUNCTION_TIMEOUT', async () => {
  const app = await limited(0.02);
  expect(await app.handler(httpEvents.apiGatewayV2({ url: '/never' }), {} as never)).toMatchObject({ statusCode: 504 });
});

describe('a TimeoutInterceptor around records', () => {
  const started: string[] = [];
  beforeEach(() => void started.splice(0));

  class Waiting implements CanActivate {
    async canActivate(): Promise<boolean> {
      await later(1);
      return true;
    }
  }

  @Injectable()
  @UseGuards(new Waiting())
  @UseInterceptors(new TimeoutInterceptor(0.5))
  class Consumer {
    @OnSqs('orders')
    async take(@Body() work: string, @Signal() signal: AbortSignal) {
      started.push(work);
      note(signal);
      await (work === 'never' ? never() : later(300));
    }
  }

  async function failuresOf(work: string[], concurrency: number): Promise<string[]> {
    const app = createApp({ providers: [Consumer] }, { batch: { concurrency } });
    const event = events.sqs('orders', work);
    const result = await app.handler(event, fakeContext({ remainingTime: 10_000 }));
    const { batchItemFailures } = result as { batchItemFailures: { itemIdentifier: string }[] };
    const failed = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    return work.filter((_, index) => failed.includes(event.Records[index]!.messageId));
  }

  it('limits each record by itself, one after the other', async () => {
    expect(await failuresOf(['a', 'b', 'c'], 1)).toEqual([]);
    expect(started).toEqual(['a', 'b', 'c']);
    expect(aborted).toEqual([]);
  });

  it('fails only the record that takes too long, whose signal fires', async () => {
    expect(await failuresOf(['a', 'never', 'b', 'c'], 2)).toEqual(['never']);
    expect(started.toSorted()).toEqual(['a', 'b', 'c', 'never']);
    expect(aborted).toEqual(['GatewayTimeoutException']);
  });
});
