import { createHook } from 'node:async_hooks';
import { setImmediate as immediate, setTimeout as pause } from 'node:timers/promises';
import { OnSqs } from '../../src/decorators/consumers.js';
import { Body } from '../../src/decorators/parameters.js';
import { getLogger } from '../../src/logging/logger/current-logger.js';
import { currentEventFields } from '../../src/logging/logger/event-fields.js';
import type { Constructor } from '../../src/shared/types.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { captureStdout } from '../logging/captured-stdout.js';
import { until } from '../until.js';
import { createApp } from './create-app.js';
import { namedIn } from './record-sources.js';

const quiet = { accessLog: false, logger: { silent: true } } as const;
const NAMES = Array.from({ length: 25 }, (_, index) => `n${index}`);

afterEach(() => jest.restoreAllMocks());

/** What a record has added to its log line. */
const name = (): unknown => getLogger().fields['name'];

/** Collects what each record's work sees as its own name, wherever it goes on. */
class Sightings {
  readonly wrong: string[] = [];
  count = 0;

  see(own: string, where: string): void {
    this.count++;
    if (name() !== own) this.wrong.push(`${own} sees ${String(name())} in ${where}`);
  }
}

describe('what a record logs belongs to it', () => {
  test('in work that a synchronous method leaves to itself', async () => {
    const seen = new Sightings();
    class Consumer {
      @OnSqs() take(@Body() own: string): void {
        getLogger().set({ name: own });
        void Promise.resolve().then(() => seen.see(own, 'a promise'));
        queueMicrotask(() => seen.see(own, 'a microtask'));
        process.nextTick(() => seen.see(own, 'a tick'));
        setImmediate(() => seen.see(own, 'an immediate'));
        setTimeout(() => seen.see(own, 'a timer'), 1);
      }
    }
    await createApp({ providers: [Consumer] }, quiet).handler(events.sqs('orders', NAMES), fakeContext());
    await until('all of it having run', () => seen.count === 5 * NAMES.length);
    expect(seen.wrong).toEqual([]);
  });

  test('in methods that wait for different things, in several lanes and invocations', async () => {
    const seen = new Sightings();
    class Consumer {
      @OnSqs('orders', { concurrency: 3 }) async take(@Body() own: string): Promise<void> {
        getLogger().set({ name: own });
        const turns = own.length + Number(own.slice(-1));
        for (let turn = 0; turn < turns; turn++) {
          await (turn % 3 === 0 ? immediate() : turn % 3 === 1 ? null : pause(1));
          seen.see(own, `turn ${turn}`);
        }
        if (turns % 4 === 0) throw new Error('Poison');
      }
    }
    const app = createApp({ providers: [Consumer] }, quiet);
    const batches = ['a', 'b', 'c'].map((batch) => NAMES.map((own) => `${batch}${own}`));
    await Promise.all(batches.map((names) => app.handler(events.sqs('orders', names), fakeContext())));
    expect(seen.wrong).toEqual([]);
    expect(seen.count).toBeGreaterThan(3 * NAMES.length);
  });

  test.each([
    ['never waits', () => undefined],
    ['waits', async () => void (await immediate())],
  ])('and nothing is left of it for whoever has called the handler: a method that %s', async (_, work) => {
    class Consumer {
      @OnSqs() take(): unknown {
        return work();
      }
    }
    const app = createApp({ providers: [Consumer] }, quiet);
    await app.ready();
    const result = app.handler(events.sqs('orders', NAMES), fakeContext());
    expect(currentEventFields()).toBeUndefined();
    await result;
    expect(currentEventFields()).toBeUndefined();
  });

  test("in the lines of those that are not done at the invocation's end", async () => {
    const written = captureStdout();
    class Consumer {
      @OnSqs() async take(@Body() own: string): Promise<void> {
        getLogger().set({ name: own });
        await (own === 'quick' ? null : new Promise(() => undefined));
      }
    }
    const app = await createApp({ providers: [Consumer] }, { timeoutMargin: 50 }).ready();
    const event = events.sqs('orders', ['slow', 'quick', 'slower']);
    const result = await app.handler(event, fakeContext({ remainingTime: 90 }));
    expect(namedIn(result)).toEqual([event.Records[0]!.messageId, event.Records[2]!.messageId]);
    const told = written
      .lines()
      .filter(({ type }) => type === 'record')
      .map((line) => [line['id'], line['status'], line['name']]);
    expect(told).toEqual([
      [event.Records[1]!.messageId, 'ok', 'quick'],
      [event.Records[0]!.messageId, 'failed', 'slow'],
      [event.Records[2]!.messageId, 'failed', 'slower'],
    ]);
  });
});

/** The promises that a batch of so many records makes. */
async function promisesOf(consumer: Constructor, records: number): Promise<number> {
  const app = await createApp({ providers: [consumer] }, quiet).ready();
  const event = events.sqs('orders', Array.from({ length: records }, String));
  await app.handler(event, fakeContext());
  return promisesIn(() => app.handler(event, fakeContext()));
}

async function promisesIn(work: () => Promise<unknown>): Promise<number> {
  // The promises of whoever awaits this are made before.
  await immediate();
  let made = 0;
  const hook = createHook({ init: (_id, type) => void (type === 'PROMISE' && made++) }).enable();
  await work();
  hook.disable();
  return made;
}

describe('a record costs', () => {
  test('no promise if its method never waits', async () => {
    class Consumer {
      @OnSqs() take(): void {}
    }
    expect(await promisesOf(Consumer, 1000)).toBe(await promisesOf(Consumer, 20));
  });

  test('none for its batch either, besides the one that the handler returns', async () => {
    class Consumer {
      @OnSqs() take(): void {}
    }
    expect(await promisesOf(Consumer, 20)).toBe(await promisesIn(() => Promise.resolve()));
  });

  test('one promise, besides that of its method', async () => {
    class Consumer {
      @OnSqs() async take(): Promise<void> {}
    }
    expect((await promisesOf(Consumer, 1000)) - (await promisesOf(Consumer, 20))).toBe(2 * 980);
  });
});

test('a signal that is asked for while the method waits fires at the end of the invocation', async () => {
  const reasons: unknown[] = [];
  class Consumer {
    @OnSqs() async take(): Promise<void> {
      await immediate();
    }
  }
  const late = {
    intercept: async (context: { signal: AbortSignal }, next: { handle(): Promise<unknown> }) => {
      await next.handle();
      context.signal.addEventListener('abort', () => reasons.push(context.signal.reason));
      return new Promise(() => undefined);
    },
  };
  const app = await createApp({ providers: [Consumer] }, { ...quiet, interceptors: [late], timeoutMargin: 50 }).ready();
  const result = await app.handler(events.sqs('orders', ['a', 'b']), fakeContext({ remainingTime: 90 }));
  expect(namedIn(result)).toHaveLength(2);
  expect(reasons).toEqual([expect.objectContaining({ statusCode: 504 }), expect.objectContaining({ statusCode: 504 })]);
});
