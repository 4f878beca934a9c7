import { OnEvent, OnKinesis, OnSqs } from '../../src/decorators/consumers.js';
import { Injectable } from '../../src/decorators/injectable.js';
import { Body, createParamDecorator, Event, RequestId } from '../../src/decorators/parameters.js';
import { Timeout } from '../../src/decorators/timeout.js';
import { Scope } from '../../src/shared/provider.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { createApp } from './create-app.js';
import { namedIn } from './record-sources.js';

const quiet = { accessLog: false, logger: { silent: true } } as const;
afterEach(() => void jest.useRealTimers());

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('request scope', () => {
  let made = 0;
  const disposed: number[] = [];

  @Injectable({ scope: Scope.REQUEST })
  class Unit {
    readonly number = ++made;
    [Symbol.dispose](): void {
      disposed.push(this.number);
    }
  }

  beforeEach(() => {
    made = 0;
    disposed.length = 0;
  });

  it('is one a record, and ends with it', async () => {
    const seen: [string, number][] = [];
    @Injectable()
    class Consumer {
      constructor(readonly unit: Unit) {}

      @OnSqs('orders', { concurrency: 1 })
      handle(@Body() body: string): void {
        seen.push([body, this.unit.number]);
        if (body === 'b') throw new Error('Poison');
      }
    }
    const app = createApp({ providers: [Unit, Consumer] }, quiet);
    await app.handler(events.sqs('orders', ['a', 'b', 'c']), fakeContext());
    expect(seen).toEqual([
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ]);
    expect(disposed).toEqual([1, 2, 3]);
  });

  it('is one for all records that are handed over at once', async () => {
    const seen: number[] = [];
    @Injectable()
    class Consumer {
      constructor(readonly unit: Unit) {}

      @OnSqs('orders', { batch: true })
      handle(@Body() bodies: string[]): void {
        seen.push(bodies.length, this.unit.number);
      }
    }
    const app = createApp({ providers: [Unit, Consumer] }, quiet);
    await app.handler(events.sqs('orders', ['a', 'b', 'c']), fakeContext());
    expect([seen, made, disposed]).toEqual([[3, 1], 1, [1]]);
  });
});

describe('parameters of a consumer', () => {
  const Attributes = createParamDecorator((_data: unknown, { record }) => record.attributes);

  it("may be the event, the record's id, and what a decorator of one's own reads of the context", async () => {
    const seen: unknown[] = [];
    class Consumer {
      @OnSqs()
      handle(@Event() event: unknown, @RequestId() id: string, @Attributes() attributes: unknown): void {
        seen.push(event, id, attributes);
      }
    }
    const event = events.sqs('orders', ['a'], { messageId: 'm1' });
    await createApp({ providers: [Consumer] }, quiet).handler(event, fakeContext());
    expect(seen).toEqual([event, 'm1', { queue: 'orders' }]);
  });
});

test("the id of a record that has none of its own is the invocation's, as in the log", async () => {
  const seen: unknown[] = [];
  class Consumer {
    @OnEvent(() => true)
    handle(@RequestId() id: string): void {
      seen.push(id);
    }
  }
  const context = fakeContext();
  await createApp({ providers: [Consumer] }, quiet).handler({ task: 'price' }, context);
  expect(seen).toEqual([context.awsRequestId]);
});

describe('the time of records', () => {
  afterEach(() => jest.useRealTimers());

  it("is the record's own, not that of the batch", async () => {
    class Consumer {
      @OnKinesis('clicks')
      @Timeout(0.1)
      async handle(@Body() body: string): Promise<void> {
        await (body === 'slow' ? new Promise(() => undefined) : pause(40));
      }
    }
    const app = createApp({ providers: [Consumer] }, quiet);
    await app.ready();
    jest.useFakeTimers();
    const failedOf = async (event: object) => {
      const answer = app.handler(event, fakeContext());
      await jest.advanceTimersByTimeAsync(1000);
      return namedIn(await answer);
    };
    // Together they take longer than one may.
    expect(await failedOf(events.kinesis('clicks', ['a', 'b', 'c', 'd']))).toEqual([]);
    const event = events.kinesis('clicks', ['a', 'slow', 'c']);
    expect(await failedOf(event)).toEqual([event.Records[1]!.kinesis.sequenceNumber]);
  });

  it("ends with the invocation's: what has not begun by then is not begun, and all of it is told at once", async () => {
    let begun = 0;
    class Consumer {
      @OnSqs('orders', { concurrency: 2 })
      handle(): Promise<void> {
        begun += 1;
        return new Promise(() => undefined);
      }
    }
    const app = createApp({ providers: [Consumer] }, quiet);
    await app.ready();
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
    const event = events.sqs('orders', Array.from({ length: 5000 }, String));
    const context = fakeContext({ remainingTime: 5000 });
    const answer = app.handler(event, context);
    await jest.advanceTimersByTimeAsync(4800);
    expect(context.getRemainingTimeInMillis()).toBe(200);
    expect([namedIn(await answer).length, begun]).toEqual([5000, 2]);
  });

  it('is over for consumers that never wait, too', async () => {
    let begun = 0;
    class Consumer {
      @OnSqs('orders')
      handle(): void {
        begun += 1;
      }
    }
    const app = createApp({ providers: [Consumer] }, { ...quiet, timeoutMargin: 100 });
    await app.ready();
    // Each takes 60 of the 300 ms.
    const context = { ...fakeContext(), getRemainingTimeInMillis: () => 300 - begun * 60 };
    const result = await app.handler(events.sqs('orders', Array.from({ length: 50 }, String)), context);
    expect([begun, namedIn(result).length]).toEqual([4, 46]);
  });
});

describe('an event without records', () => {
  it.each([{ Records: [] }, { eventSource: 'aws:kafka', records: {} }])(
    'is answered with success: %j',
    async (event) => {
      expect(await createApp({}, quiet).handler(event, fakeContext())).toEqual({ batchItemFailures: [] });
    },
  );

  it.each([
    { eventSource: 'aws:mq', messages: [] },
    { eventSource: 'aws:rmq', rmqMessagesByQueue: {} },
  ])('is done: %j', async (event) => {
    expect(await createApp({}, quiet).handler(event, fakeContext())).toBeUndefined();
  });
});

describe('a source whose mapping reads no answers', () => {
  class Consumer {
    @OnSqs('orders')
    @OnKinesis('clicks')
    handle(@Body() body: string): void {
      if (body === 'bad') throw new Error('Poison');
    }
  }
  const app = () => createApp({ providers: [Consumer] }, { ...quiet, batch: { rejectWhole: ['kinesis'] } });

  it('has a failure reject the whole batch', async () => {
    await expect(app().handler(events.kinesis('clicks', ['a', 'bad']), fakeContext())).rejects.toThrow('Poison');
    expect(await app().handler(events.kinesis('clicks', ['a', 'b']), fakeContext())).toEqual({
      batchItemFailures: [],
    });
  });

  it('leaves the other sources alone', async () => {
    expect(namedIn(await app().handler(events.sqs('orders', ['a', 'bad']), fakeContext()))).toHaveLength(1);
  });

  it.each(['kafka', ['mq'], [5]])('has to be one that could be told: %j', (rejectWhole) => {
    expect(() => createApp({ providers: [Consumer] }, { batch: { rejectWhole: rejectWhole as never } })).toThrow(
      /^The option batch: rejectWhole is .*; it takes a list, each item sqs or kinesis or dynamodb or kafka\.$/,
    );
  });
});
