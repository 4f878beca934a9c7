import { type ConsumerOptions, OnKafka, OnKinesis, OnSqs } from '../../src/decorators/consumers.js';
import { Body } from '../../src/decorators/parameters.js';
import type { Constructor } from '../../src/shared/types.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { createApp } from './create-app.js';
import { identifiersOf, namedIn } from './record-sources.js';

const quiet = { accessLog: false, logger: { silent: true } } as const;
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Waits until `count` records are there at the same time, and lets them go on together. */
class Barrier {
  #arrived = 0;
  #open: () => void = () => undefined;
  readonly #opened = new Promise<void>((resolve) => (this.#open = resolve));

  constructor(readonly count: number) {}

  arrive(): Promise<void> {
    this.#arrived += 1;
    if (this.#arrived === this.count) this.#open();
    return this.#opened;
  }
}

/** How many records are handled at the same time, at most. */
class Overlap {
  #now = 0;
  most = 0;

  async during(work: () => Promise<unknown>): Promise<void> {
    this.#now += 1;
    this.most = Math.max(this.most, this.#now);
    await work();
    this.#now -= 1;
  }
}

function sqsConsumer(queue: string, options: ConsumerOptions, handle: (body: string) => unknown): Constructor {
  class Consumer {
    @OnSqs(queue, options)
    handle(@Body() body: string): unknown {
      return handle(body);
    }
  }
  return Consumer;
}

/** What is noted of calls that run one after the other. */
const inTurn = (...steps: string[]): string[] => steps.flatMap((step) => [`begin ${step}`, `end ${step}`]);
const letters = (count: number) => Array.from({ length: count }, (_, index) => `m${index}`);

describe('records without an order', () => {
  it('are handled next to each other, ten at a time unless said otherwise', async () => {
    const barrier = new Barrier(10);
    const overlap = new Overlap();
    const consumer = sqsConsumer('orders', {}, () => overlap.during(() => barrier.arrive().then(turn)));
    await createApp({ providers: [consumer] }, quiet).handler(events.sqs('orders', letters(25)), fakeContext());
    expect(overlap.most).toBe(10);
  });

  it.each([1, 3, 20])('are handled %i at a time where the consumer says so', async (concurrency) => {
    const barrier = new Barrier(concurrency);
    const overlap = new Overlap();
    const consumer = sqsConsumer('orders', { concurrency }, () => overlap.during(() => barrier.arrive().then(turn)));
    await createApp({ providers: [consumer] }, quiet).handler(events.sqs('orders', letters(25)), fakeContext());
    expect(overlap.most).toBe(concurrency);
  });

  it('are handled as many at a time as the application says, where the consumer does not', async () => {
    const barrier = new Barrier(4);
    const overlap = new Overlap();
    const consumer = sqsConsumer('orders', {}, () => overlap.during(() => barrier.arrive().then(turn)));
    const app = createApp({ providers: [consumer] }, { ...quiet, batch: { concurrency: 4 } });
    await app.handler(events.sqs('orders', letters(12)), fakeContext());
    expect(overlap.most).toBe(4);
  });
});

describe('a FIFO queue', () => {
  const groups = ['a', 'b', 'a', 'c', 'b', 'a'];
  const event = events.sqs('orders.fifo', letters(6), (index) => ({
    attributes: { MessageGroupId: groups[index]! },
  }));

  it('has each group in order, and the groups next to each other', async () => {
    const log: string[] = [];
    const barrier = new Barrier(3);
    const consumer = sqsConsumer('orders.fifo', {}, async (body) => {
      log.push(`begin ${body}`);
      await (['m0', 'm1', 'm3'].includes(body) ? barrier.arrive() : turn());
      log.push(`end ${body}`);
    });
    await createApp({ providers: [consumer] }, quiet).handler(event, fakeContext());
    for (const group of [['m0', 'm2', 'm5'], ['m1', 'm4'], ['m3']]) {
      const own = log.filter((line) => group.includes(line.split(' ')[1]!));
      expect(own).toEqual(group.flatMap((body) => [`begin ${body}`, `end ${body}`]));
    }
  });

  it('has the rest of a group not tried and named when one of it fails, and the other groups go on', async () => {
    const seen: string[] = [];
    const consumer = sqsConsumer('orders.fifo', {}, (body) => {
      seen.push(body);
      if (body === 'm0') throw new Error('Poison');
    });
    const result = await createApp({ providers: [consumer] }, quiet).handler(event, fakeContext());
    expect(seen.toSorted()).toEqual(['m0', 'm1', 'm3', 'm4']);
    const ids = identifiersOf(event);
    expect(namedIn(result)).toEqual([ids[0], ids[2], ids[5]]);
  });

  it('begins every invocation anew: what failed before is tried again', async () => {
    let poisoned = true;
    const consumer = sqsConsumer('orders.fifo', {}, () => {
      if (poisoned) throw new Error('Poison');
    });
    const app = createApp({ providers: [consumer] }, quiet);
    expect(namedIn(await app.handler(event, fakeContext()))).toHaveLength(6);
    poisoned = false;
    expect(namedIn(await app.handler(event, fakeContext()))).toEqual([]);
  });

  it('is not told of another invocation that runs at the same time', async () => {
    const consumer = sqsConsumer('orders.fifo', {}, async (body) => {
      await turn();
      if (body === 'bad') throw new Error('Poison');
    });
    const app = createApp({ providers: [consumer] }, quiet);
    const [bad, good] = await Promise.all([
      app.handler(events.sqs('orders.fifo', ['bad', 'x']), fakeContext()),
      app.handler(events.sqs('orders.fifo', ['good', 'x']), fakeContext()),
    ]);
    expect([namedIn(bad).length, namedIn(good).length]).toEqual([2, 0]);
  });
});

describe('a FIFO queue with types', () => {
  // Of each message: its group, and its type.
  const sent = ['g single', 'g batch', 'g batch', 'h batch', 'g single', 'g batch', 'h batch'];
  const event = events.sqs('orders.fifo', letters(sent.length), (index) => {
    const [group, type] = sent[index]!.split(' ');
    const messageAttributes = { type: { dataType: 'String', stringValue: type } };
    return { attributes: { MessageGroupId: group! }, messageAttributes } as object;
  });
  const ids = identifiersOf(event);

  async function calls(poisoned?: string): Promise<{ calls: string[]; failed: unknown[] }> {
    const made: string[] = [];
    const note = async (bodies: readonly string[]): Promise<void> => {
      made.push(`begin ${bodies.join(' ')}`);
      await turn();
      made.push(`end ${bodies.join(' ')}`);
      if (bodies.includes(poisoned ?? '')) throw new Error('Poison');
    };
    class Consumer {
      @OnSqs('orders.fifo', { type: 'single' })
      single(@Body() body: string): Promise<void> {
        return note([body]);
      }

      @OnSqs('orders.fifo', { type: 'batch', batch: true })
      batch(@Body() bodies: string[]): Promise<void> {
        return note(bodies);
      }
    }
    const result = await createApp({ providers: [Consumer] }, quiet).handler(event, fakeContext());
    return { calls: made, failed: namedIn(result) };
  }

  it('keeps the order of a group that a batch consumer shares with another one', async () => {
    const { calls: made, failed } = await calls();
    expect(made.filter((call) => !call.includes('m3'))).toEqual(inTurn('m0', 'm1 m2', 'm4', 'm5'));
    expect(made.filter((call) => call.includes('m3'))).toEqual(inTurn('m3 m6'));
    expect(failed).toEqual([]);
  });

  it.each([
    ['m0', ['m0'], [0, 1, 2, 4, 5]],
    ['m2', ['m0', 'm1 m2'], [1, 2, 4, 5]],
    ['m4', ['m0', 'm1 m2', 'm4'], [4, 5]],
  ])('stops such a group when %s fails', async (poisoned, steps, failing) => {
    const { calls: made, failed } = await calls(poisoned);
    expect(made.filter((call) => !call.includes('m3'))).toEqual(inTurn(...steps));
    expect(failed).toEqual(failing.map((index) => ids[index]));
  });
});

describe('streams', () => {
  it('of Kafka have partitions in order, next to each other, each with a point to go on from', async () => {
    const seen: string[] = [];
    const barrier = new Barrier(2);
    class Consumer {
      @OnKafka('clicks')
      async handle(@Body() body: string): Promise<void> {
        if (body === 'm0' || body === 'm1') await barrier.arrive();
        seen.push(body);
        if (body === 'm3') throw new Error('Poison');
      }
    }
    const event = events.kafka('clicks', letters(8), (index) => ({ partition: index % 2 }));
    const result = await createApp({ providers: [Consumer] }, quiet).handler(event, fakeContext());
    expect(seen.filter((body) => Number(body.slice(1)) % 2 === 0)).toEqual(['m0', 'm2', 'm4', 'm6']);
    expect(seen.filter((body) => Number(body.slice(1)) % 2 === 1)).toEqual(['m1', 'm3']);
    expect(namedIn(result)).toEqual([{ partition: 'clicks-1', offset: 18 }]);
  });

  it('are in order whatever the concurrency', async () => {
    const overlap = new Overlap();
    class Consumer {
      @OnKinesis('clicks', { concurrency: 5 })
      handle(): Promise<void> {
        return overlap.during(turn);
      }
    }
    await createApp({ providers: [Consumer] }, quiet).handler(events.kinesis('clicks', letters(5)), fakeContext());
    expect(overlap.most).toBe(1);
  });
});
