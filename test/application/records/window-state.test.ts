import { Expose, Transform } from 'class-transformer';
import { IsInt } from 'class-validator';
import fc from 'fast-check';
import { type ConsumerOptions, OnDynamoDb, OnEvent, OnKinesis } from '../../../src/decorators/consumers.js';
import { Body, Event, Record as Raw } from '../../../src/decorators/parameters.js';
import type { Constructor } from '../../../src/shared/types.js';
import { events } from '../../../src/testing/events.js';
import { fakeContext } from '../../../src/testing/fake-context.js';
import { createApp } from '../create-app.js';
import { identifiersOf } from '../record-sources.js';

interface State {
  sum?: number;
}

/** A record with what its consumer does. */
interface Counted {
  readonly id: number;
  readonly n: number | string;
  readonly act: string;
}

interface Answer {
  readonly batchItemFailures: { itemIdentifier: unknown }[];
  readonly state: State;
}

interface Stream {
  On: (options?: ConsumerOptions) => MethodDecorator;
  event: (numbers: readonly (number | Counted)[]) => object;
  numberIn: (body: unknown) => number;
}

const STREAMS: Readonly<Record<string, Stream>> = {
  Kinesis: {
    On: (options) => OnKinesis('clicks', options),
    event: (numbers) => ({
      eventSourceARN: 'arn:aws:kinesis:us-east-1:123456789012:stream/clicks',
      ...events.kinesis(
        'clicks',
        numbers.map((n) => (typeof n === 'object' ? n : { n })),
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
        numbers.map((n) => ({ newImage: typeof n === 'object' ? { ...n } : { n } })),
      ),
    }),
    numberIn: (body) => (body as { newImage: { n: number } }).newImage.n,
  },
};

/** An event of a window; what travels is JSON. */
function windowOf(stream: Stream, numbers: readonly (number | Counted)[], state?: State): object {
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

const silent = { silent: true };

const UNWRITABLE: Readonly<Record<string, () => unknown>> = {
  'itself inside': () => {
    const state: Record<string, unknown> = {};
    return (state['state'] = state);
  },
  'a WeakMap': () => new WeakMap(),
  'a getter that throws': () =>
    Object.defineProperty({}, 'x', {
      enumerable: true,
      get: () => {
        throw new Error('Unreadable');
      },
    }),
  'too deep': () => Array.from({ length: 5000 }).reduce((inner) => ({ inner }), {}),
};

/** The content of a record, of both streams. */
class Content {
  @Transform(({ value, obj }) => value ?? (obj as { newImage?: { n: unknown } }).newImage?.n)
  @Expose()
  @IsInt()
  n!: number;

  @Transform(({ value, obj }) => value ?? (obj as { newImage?: { act: unknown } }).newImage?.act)
  @Expose()
  act!: string;
}

/** A consumer that adds what its records have, one after the other. */
function summingOnce(stream: Stream): Constructor {
  class Consumer {
    @stream.On()
    async count(@Body(Content) { n, act }: Content, @Event() event: { state: State }): Promise<unknown> {
      await undefined;
      const after = { sum: event.state.sum! + n };
      if (act === 'change') return void (event.state.sum = after.sum);
      event.state.sum = 1000;
      if (act === 'throw') throw new Error('Poison');
      if (act === 'fail') return { state: after, statusCode: 500 };
      return { state: act === 'unwritable' ? UNWRITABLE['itself inside']!() : after };
    }
  }
  return Consumer;
}

/** A consumer that adds what all records have up to the first one that fails. */
function summingBatch(stream: Stream): Constructor {
  class Consumer {
    @stream.On({ batch: true })
    async count(
      @Body(Content) contents: Content[],
      @Raw() records: object[],
      @Event() { state }: { state: State },
    ): Promise<unknown> {
      const end = contents.findIndex(({ act }) => act !== 'return' && act !== 'change');
      const done = end === -1 ? contents : contents.slice(0, end);
      const after = { sum: done.reduce((all, { n }) => all + n, state.sum!) };
      const failed = records.slice(done.length).map((record) => identifiersOf({ Records: [record] })[0]);
      return { state: after, batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
    }
  }
  return Consumer;
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

  describe.each(Object.entries(UNWRITABLE))('that JSON cannot represent (%s)', (_name, unwritable) => {
    it('fails the record that returned it, and no other', async () => {
      const event = windowOf(stream, [1, 2, 4], { sum: 10 });
      const failing = summing((n, state) => (n === 2 ? { state: unwritable() } : sum(n, state)));
      expect(await answerOf(failing, event)).toEqual({
        batchItemFailures: [{ itemIdentifier: identifiersOf(event)[1] }],
        state: { sum: 11 },
      });
    });

    it('fails the record that put it into its event', async () => {
      const event = windowOf(stream, [1, 2, 4], { sum: 10 });
      const failing = summing((n, state) =>
        n === 2 ? void Object.assign(state, { it: unwritable() }) : sum(n, state),
      );
      expect(await answerOf(failing, event)).toEqual({
        batchItemFailures: [{ itemIdentifier: identifiersOf(event)[1] }],
        state: { sum: 11 },
      });
    });

    it('fails a batch', async () => {
      const event = windowOf(stream, [1, 2], { sum: 10 });
      expect(
        await answerOf(
          batch(() => ({ state: unwritable() })),
          event,
        ),
      ).toEqual({ batchItemFailures: [{ itemIdentifier: identifiersOf(event)[0] }], state: { sum: 10 } });
    });
  });

  it('is the same for the next record as for the next event', async () => {
    const seen: unknown[] = [];
    const dated = summing((_n, state) => {
      seen.push(state);
      return { state: { at: new Date(0), known: new Map([['a', 1]]), left: () => 1 } };
    });
    const { state } = (await answerOf(dated, windowOf(stream, [1, 2]))) as { state: State };
    expect(seen).toEqual([{}, { at: '1970-01-01T00:00:00.000Z', known: { a: 1 } }]);
    expect(state).toEqual(seen[1]);
  });

  it('counts each record once, however often Lambda sends what follows a failure', async () => {
    const act = fc.constantFrom('return', 'change', 'throw', 'fail', 'unwritable', 'invalid');
    const record = fc.record({ n: fc.integer({ min: 1, max: 100 }), act });
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 8 }), fc.boolean(), async (records, batched) => {
        const consumer = batched ? summingBatch(stream) : summingOnce(stream);
        const app = createApp(
          { providers: [consumer] },
          { accessLog: false, logger: silent, batch: { invalid: 'drop' } },
        );
        let left = records.map(({ n, act: does }, id) => ({ id, n: does === 'invalid' ? 'x' : n, act: does }));
        let state: State | undefined = { sum: 0 };
        for (let attempt = 0; left.length > 0; attempt++) {
          expect(attempt).toBeLessThanOrEqual(records.length);
          const event = windowOf(stream, left, state);
          const answer = (await app.handler(event, fakeContext())) as Answer;
          const failed = answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
          // AWS goes on from the first failed record.
          const from = identifiersOf(event).findIndex((identifier) => failed.includes(identifier));
          left =
            from === -1 ? [] : left.slice(from).map((one, index) => (index === 0 ? { ...one, act: 'return' } : one));
          ({ state } = answer);
        }
        const valid = records.filter(({ act: does }) => does !== 'invalid');
        expect(state).toEqual({ sum: valid.reduce((all, { n }) => all + n, 0) });
        await app.close();
      }),
      { numRuns: 100 },
    );
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
