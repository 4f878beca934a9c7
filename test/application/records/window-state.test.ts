import { type ConsumerOptions, OnDynamoDb, OnEvent, OnKinesis } from '../../../src/decorators/consumers.js';
import { Body, Event } from '../../../src/decorators/parameters.js';
import type { Constructor } from '../../../src/shared/types.js';
import { events } from '../../../src/testing/events.js';
import { fakeContext } from '../../../src/testing/fake-context.js';
import { createApp } from '../create-app.js';
import { identifiersOf } from '../record-sources.js';

interface State {
  sum?: number;
}

interface Stream {
  On: (options?: ConsumerOptions) => MethodDecorator;
  event: (numbers: readonly number[]) => object;
  numberIn: (body: unknown) => number;
}

const STREAMS: Readonly<Record<string, Stream>> = {
  Kinesis: {
    On: (options) => OnKinesis('clicks', options),
    event: (numbers) => ({
      eventSourceARN: 'arn:aws:kinesis:us-east-1:123456789012:stream/clicks',
      ...events.kinesis(
        'clicks',
        numbers.map((n) => ({ n })),
      ),
    }),
    numberIn: (body) => (body as { n: number }).n,
  },
  DynamoDB: {
    On: (options) => OnDynamoDb('orders', options),
    event: (numbers) => ({
      eventSourceARN: 'arn:aws:dynamodb:us-east-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000',
      ...events.dynamoDb(
        'orders',
        numbers.map((n) => ({ newImage: { n } })),
      ),
    }),
    numberIn: (body) => (body as { newImage: { n: number } }).newImage.n,
  },
};

/** An event of a window; what travels is JSON. */
function windowOf(stream: Stream, numbers: readonly number[], state?: State): object {
  const window = { start: '2026-01-01T00:00:00Z', end: '2026-01-01T00:02:00Z' };
  return JSON.parse(
    JSON.stringify({ ...stream.event(numbers), window, state, isFinalInvokeForWindow: numbers.length === 0 }),
  ) as object;
}

function answerOf(Consumer: Constructor, event: object): Promise<unknown> {
  return createApp({ providers: [Consumer] }, { accessLog: false, logger: { silent: true } }).handler(
    event,
    fakeContext(),
  );
}

const sum = (n: number, { sum: before = 0 }: State) => ({ state: { sum: before + n } });

describe.each(Object.entries(STREAMS))('the state of a tumbling window of %s', (_, stream) => {
  function summing(handle: (n: number, state: State) => unknown): Constructor {
    class Consumer {
      @stream.On()
      async count(@Body() body: unknown, @Event() { state = {} }: { state?: State }): Promise<unknown> {
        await undefined;
        return handle(stream.numberIn(body), state);
      }
    }
    return Consumer;
  }

  function batch(handle: (numbers: readonly number[], state: State) => unknown): Constructor {
    class Consumer {
      @stream.On({ batch: true })
      count(@Body() bodies: unknown[], @Event() { state = {} }: { state?: State }): unknown {
        return handle(bodies.map(stream.numberIn), state);
      }
    }
    return Consumer;
  }

  it('goes from record to record, and into the answer', async () => {
    expect(await answerOf(summing(sum), windowOf(stream, [1, 2, 4], { sum: 10 }))).toEqual({
      batchItemFailures: [],
      state: { sum: 17 },
    });
    expect(await answerOf(summing(sum), windowOf(stream, [1, 2]))).toEqual({
      batchItemFailures: [],
      state: { sum: 3 },
    });
  });

  it('passes by a record that returns none', async () => {
    const oddOnly = summing((n, state) => (n % 2 === 1 ? sum(n, state) : undefined));
    expect(await answerOf(oddOnly, windowOf(stream, [1, 2, 3], { sum: 0 }))).toEqual({
      batchItemFailures: [],
      state: { sum: 4 },
    });
  });

  it('may be changed in its place', async () => {
    const changing = summing((n, state) => void (state.sum = (state.sum ?? 0) + n));
    expect(await answerOf(changing, windowOf(stream, [1, 2], { sum: 10 }))).toEqual({
      batchItemFailures: [],
      state: { sum: 13 },
    });
  });

  it('is that of the last success where a record fails, whatever that one has changed', async () => {
    const failing = summing((n, state) => {
      const next = sum(n, state);
      state.sum = 1000;
      if (n === 4) throw new Error('Poison');
      return next;
    });
    const event = windowOf(stream, [1, 2, 4, 8], { sum: 10 });
    expect(await answerOf(failing, event)).toEqual({
      batchItemFailures: [{ itemIdentifier: identifiersOf(event)[2] }],
      state: { sum: 13 },
    });
  });

  it('stays as it came where nothing succeeds', async () => {
    const failing = summing((_n, state) => {
      state.sum = 1000;
      throw new Error('Poison');
    });
    const event = windowOf(stream, [1, 2], { sum: 10 });
    expect(await answerOf(failing, event)).toEqual({
      batchItemFailures: [{ itemIdentifier: identifiersOf(event)[0] }],
      state: { sum: 10 },
    });
  });

  it('is that of the last success where a result is that of a failure', async () => {
    const event = windowOf(stream, [1, 2], { sum: 10 });
    const failing = summing((n, state) => (n === 2 ? { ...sum(n, state), statusCode: 500 } : sum(n, state)));
    expect(await answerOf(failing, event)).toEqual({
      batchItemFailures: [{ itemIdentifier: identifiersOf(event)[1] }],
      state: { sum: 11 },
    });
  });

  it('leaves the event as Lambda delivered it', async () => {
    const event = windowOf(stream, [1, 2], { sum: 10 });
    const before = JSON.stringify(event);
    await answerOf(summing(sum), event);
    expect(JSON.stringify(event)).toBe(before);
  });

  describe('in a batch', () => {
    it('is what the method returns, with failures beside it', async () => {
      const event = windowOf(stream, [1, 2], { sum: 10 });
      const failures = [{ itemIdentifier: identifiersOf(event)[1] }];
      expect(
        await answerOf(
          batch(([n = 0], state) => sum(n, state)),
          event,
        ),
      ).toEqual({ batchItemFailures: [], state: { sum: 11 } });
      const some = batch(([n = 0], state) => ({ ...sum(n, state), batchItemFailures: failures }));
      expect(await answerOf(some, event)).toEqual({ batchItemFailures: failures, state: { sum: 11 } });
    });

    it.each([
      ['throws', new Error('Poison')],
      ['returns what is not understood', 'done'],
    ])('stays as it came where the method %s', async (_name, outcome) => {
      const event = windowOf(stream, [1, 2], { sum: 10 });
      const failing = batch((_numbers, state) => {
        state.sum = 1000;
        if (outcome instanceof Error) throw outcome;
        return outcome;
      });
      expect(await answerOf(failing, event)).toEqual({
        batchItemFailures: [{ itemIdentifier: identifiersOf(event)[0] }],
        state: { sum: 10 },
      });
    });
  });

  it.each([
    ['nothing', undefined, { batchItemFailures: [], state: { sum: 10 } }],
    ['a state', { state: { sum: 0 } }, { batchItemFailures: [], state: { sum: 0 } }],
  ])(
    'is in the answer at the end of the window, which @OnEvent takes and returns %s for',
    async (_name, value, answer) => {
      class Consumer {
        @OnEvent((event) => (event as { isFinalInvokeForWindow?: unknown }).isFinalInvokeForWindow === true)
        finish(): unknown {
          return value;
        }
      }
      expect(await answerOf(Consumer, windowOf(stream, [], { sum: 10 }))).toEqual(answer);
    },
  );
});
