import { Injectable } from '../../src/decorators/injectable.js';
import { Event } from '../../src/decorators/parameters.js';
import { Controller, Get } from '../../src/decorators/routes.js';
import { Timeout } from '../../src/decorators/timeout.js';
import type { Constructor } from '../../src/shared/types.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { captureStdout } from '../logging/captured-stdout.js';
import { createApp } from './create-app.js';
import { onEverySource, OTHER_SOURCES, REQUESTS, type Told } from './told-sources.js';

beforeEach(() => void captureStdout());
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

const seconds = (count: number) => new Promise<void>((resolve) => setTimeout(resolve, count * 1000));
const QUARTER_OF_AN_HOUR = 15 * 60;

@Injectable()
class Long {
  @onEverySource async take(@Event() { type }: { type?: string }) {
    await seconds(31);
    // An authorizer has to say something.
    return type === undefined ? undefined : true;
  }
}

@Injectable()
class Limited {
  @onEverySource @Timeout(10) async take() {
    await seconds(31);
  }
}

@Injectable()
class Endless {
  @onEverySource take() {
    return new Promise(() => undefined);
  }
}

@Controller()
class Routes {
  @Get() async get() {
    await seconds(31);
  }
}

/** What has come of an event of an invocation of 15 minutes, so many seconds later; `undefined` while nothing has. */
async function outcomeAfter(consumer: Constructor, event: unknown, passed: number): Promise<Told | 'done' | undefined> {
  const app = await createApp(
    { controllers: [Routes], providers: [consumer] },
    { requestsVia: { sqs: ['requests'] } },
  ).ready();
  jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
  let outcome: Told | 'done' | undefined;
  app.handler(event, fakeContext({ remainingTime: QUARTER_OF_AN_HOUR * 1000 })).then(
    (result) => (outcome = told(result)),
    () => (outcome = 'invocation'),
  );
  await jest.advanceTimersByTimeAsync(passed * 1000);
  const known = outcome;
  await allEnd();
  return known;
}

/** An application that is closed waits for what is running. */
async function allEnd(): Promise<void> {
  await jest.advanceTimersByTimeAsync(QUARTER_OF_AN_HOUR * 1000);
  jest.useRealTimers();
}

function told(result: unknown): Told | 'done' {
  const { batchItemFailures = [], statusCode } = Object(result) as {
    batchItemFailures?: unknown[];
    statusCode?: number;
  };
  if (batchItemFailures.length > 0) return 'records';
  return statusCode === 504 ? 'answer' : 'done';
}

describe.each(Object.entries(OTHER_SOURCES))('an event of %s', (_, { event, told: way }) => {
  test('that takes 31 s is done, where the invocation has the time', async () => {
    expect(await outcomeAfter(Long, event, 30.9)).toBeUndefined();
    // The two records of a FIFO group, a shard or a partition come one after the other.
    expect(await outcomeAfter(Long, event, 62.1)).toBe('done');
  });

  test('fails when @Timeout says less', async () => {
    expect(await outcomeAfter(Limited, event, 20.1)).toBe(way);
  });

  test("fails at the invocation's end, less the margin, whatever FUNCTION_TIMEOUT says", async () => {
    expect(await outcomeAfter(Endless, event, QUARTER_OF_AN_HOUR - 0.3)).toBeUndefined();
    expect(await outcomeAfter(Endless, event, QUARTER_OF_AN_HOUR - 0.1)).toBe(way);
  });
});

test('a request in a message has the time of its message', async () => {
  const event = events.sqs('requests', [REQUESTS['apiGatewayV2']]);
  expect(await outcomeAfter(Long, event, 30.9)).toBeUndefined();
  expect(await outcomeAfter(Long, event, 31.1)).toBe('done');
});

test.each(Object.entries(REQUESTS))('a request of %s has FUNCTION_TIMEOUT', async (_, event) => {
  expect(await outcomeAfter(Long, event, 29.9)).toBeUndefined();
  expect(await outcomeAfter(Long, event, 30.1)).toBe('answer');
});

async function failedToStartAfter(event: unknown, passed: number): Promise<boolean> {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
  let created!: () => void;
  const app = createApp({
    providers: [{ provide: 'DATABASE', useFactory: () => new Promise<void>((resolve) => (created = resolve)) }],
  });
  let failed = false;
  app.handler(event, fakeContext({ remainingTime: QUARTER_OF_AN_HOUR * 1000 })).catch(() => (failed = true));
  await jest.advanceTimersByTimeAsync(passed * 1000);
  const outcome = failed;
  created();
  await allEnd();
  return outcome;
}

describe('the bootstrap is waited for', () => {
  test('as long as FUNCTION_TIMEOUT by a request', async () => {
    expect(await failedToStartAfter(REQUESTS['apiGatewayV2'], 29.9)).toBe(false);
    expect(await failedToStartAfter(REQUESTS['apiGatewayV2'], 30.1)).toBe(true);
  });

  test.each(Object.entries(OTHER_SOURCES))(
    'as long as the invocation has time by an event of %s',
    async (_, { event }) => {
      expect(await failedToStartAfter(event, QUARTER_OF_AN_HOUR - 0.3)).toBe(false);
      expect(await failedToStartAfter(event, QUARTER_OF_AN_HOUR - 0.1)).toBe(true);
    },
  );
});
