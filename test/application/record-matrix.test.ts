import type { ExecutionContext } from '../../src/contracts/pipeline.js';
import { Body, Signal } from '../../src/decorators/parameters.js';
import type { Constructor } from '../../src/shared/types.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { createApp } from './create-app.js';
import { identifiersOf, namedIn, RECORD_SOURCES, type RecordSource } from './record-sources.js';

interface Numbered {
  n: number;
}

const TEN: readonly Numbered[] = Array.from({ length: 10 }, (_, n) => ({ n }));
const quiet = { accessLog: false, logger: { silent: true } } as const;

/** A consumer that does something for each number, and the numbers that it was given. */
function consumerOf(
  source: RecordSource,
  handle: (n: number, signal: AbortSignal) => unknown,
): { Consumer: Constructor; seen: number[] } {
  const seen: number[] = [];
  class Consumer {
    @source.On()
    handle(@Body() body: unknown, @Signal() signal: AbortSignal): unknown {
      const { n } = source.read(body) as Numbered;
      seen.push(n);
      return handle(n, signal);
    }
  }
  return { Consumer, seen };
}

/** Runs ten records through an application; what it answers or rejects with. */
async function outcomeOf(
  source: RecordSource,
  handle: (n: number, signal: AbortSignal) => unknown,
  remainingTime = 30_000,
) {
  const { Consumer, seen } = consumerOf(source, handle);
  const app = createApp({ providers: [Consumer] }, quiet);
  const event = source.event(TEN);
  const [settled] = await Promise.allSettled([app.handler(event, fakeContext({ remainingTime }))]);
  return { seen, identifiers: identifiersOf(event), settled };
}

type Outcome = Awaited<ReturnType<typeof outcomeOf>>;

/** Says that exactly these of the ten records have failed, in the words of the source. */
function expectFailures({ settled, identifiers }: Outcome, source: RecordSource, failed: readonly number[]): void {
  if (source.failures === 'reject') expect(settled.status).toBe(failed.length === 0 ? 'fulfilled' : 'rejected');
  else {
    const named = failed.map((n) => identifiers[n]);
    expect(settled.status === 'fulfilled' && namedIn(settled.value)).toEqual(
      source.failures === 'each' ? named : named.slice(0, 1),
    );
  }
}

const upTo = (first: number, end: number): number[] => Array.from({ length: end - first }, (_, index) => first + index);

describe.each(Object.entries(RECORD_SOURCES))('records of %s', (_, source) => {
  it('are all handed over, in order, and answered with success', async () => {
    const outcome = await outcomeOf(source, () => 'done');
    expect(outcome.seen).toEqual(upTo(0, 10));
    expectFailures(outcome, source, []);
  });

  it('fail alone where one of ten is poison; where order matters, those behind it are not tried', async () => {
    const outcome = await outcomeOf(source, (n) => {
      if (n === 3) throw new Error('Poison');
    });
    expect(outcome.seen).toEqual(upTo(0, source.ordered ? 4 : 10));
    expectFailures(outcome, source, source.ordered ? upTo(3, 10) : [3]);
    if (outcome.settled.status === 'rejected') expect(outcome.settled.reason).toMatchObject({ message: 'Poison' });
  });

  it('fail all where all are poison', async () => {
    const outcome = await outcomeOf(source, async (n) => {
      throw new Error(`Poison ${n}`);
    });
    expectFailures(outcome, source, upTo(0, 10));
    if (outcome.settled.status === 'rejected')
      expect((outcome.settled.reason as AggregateError).errors.map(String)).toEqual(
        upTo(0, 10).map((n) => `Error: Poison ${n}`),
      );
  });

  it.each([
    ['a string', 'out of stock'],
    ['undefined', undefined],
    ['null', null],
    ['zero', 0],
  ])('fail by %s that is thrown, too', async (_name, thrown) => {
    const outcome = await outcomeOf(source, (n) => {
      if (n === 9) throw thrown;
    });
    expectFailures(outcome, source, [9]);
    if (outcome.settled.status === 'rejected') expect(outcome.settled.reason ?? undefined).not.toBeUndefined();
  });

  it('that are not done in time are failures, told before Lambda ends the invocation', async () => {
    let fired = 0;
    const { Consumer } = consumerOf(source, (n, signal) => {
      signal.addEventListener('abort', () => fired++);
      return n === 2 ? new Promise(() => undefined) : n;
    });
    const app = createApp({ providers: [Consumer] }, { ...quiet, timeoutMargin: 500 });
    await app.ready();
    const event = source.event(TEN);
    // Each record has 20 ms, however long those before it took.
    const context = { ...fakeContext(), getRemainingTimeInMillis: () => 520 };
    const [settled] = await Promise.allSettled([app.handler(event, context)]);
    expect(fired).toBe(1);
    expectFailures(
      { settled, identifiers: identifiersOf(event), seen: [] },
      source,
      source.ordered ? upTo(2, 10) : [2],
    );
  });

  it('that nobody takes are failures, with an error that says so', async () => {
    class Consumer {
      @source.OnOther
      handle(): void {}
    }
    const app = createApp({ providers: [Consumer] }, quiet);
    const event = source.event(TEN.slice(0, 1));
    const [settled] = await Promise.allSettled([app.handler(event, fakeContext())]);
    expectFailures({ settled, identifiers: identifiersOf(event), seen: [] }, source, [0]);
    if (settled.status === 'rejected')
      expect(String(settled.reason)).toMatch(`Error: No consumer takes this ${source.type} record of `);
  });

  it('that are null fail the whole event, for nobody could name them', async () => {
    const { Consumer } = consumerOf(source, () => undefined);
    const app = createApp({ providers: [Consumer] }, quiet);
    const event = JSON.parse(JSON.stringify(source.event([{ n: 1 }, { marked: true }, { n: 3 }]))) as object;
    nullSecond(event);
    await expect(app.handler(event, fakeContext())).rejects.toThrow();
  });

  it("meet guards and interceptors with the source as the context's type", async () => {
    const seen: unknown[] = [];
    const note = (name: string, { getType, record, getHandler }: ExecutionContext, context: ExecutionContext) => {
      seen.push([name, getType.call(context), typeof record.id, getHandler.call(context).name]);
    };
    const { Consumer } = consumerOf(source, () => seen.push('method'));
    const app = createApp(
      { providers: [Consumer] },
      {
        ...quiet,
        guards: [{ canActivate: (context) => (note('guard', context, context), true) }],
        interceptors: [{ intercept: (context, next) => (note('interceptor', context, context), next.handle()) }],
      },
    );
    await app.handler(source.event([{ n: 1 }]), fakeContext());
    expect(seen).toEqual([
      ['guard', source.type, 'string', 'handle'],
      ['interceptor', source.type, 'string', 'handle'],
      'method',
    ]);
  });

  it('that a guard refuses are failures', async () => {
    const { Consumer, seen } = consumerOf(source, () => undefined);
    const app = createApp({ providers: [Consumer] }, { ...quiet, guards: [{ canActivate: () => false }] });
    const event = source.event(TEN);
    const [settled] = await Promise.allSettled([app.handler(event, fakeContext())]);
    expect(seen).toEqual([]);
    expectFailures({ settled, identifiers: identifiersOf(event), seen }, source, upTo(0, 10));
  });

  it('stay failures whatever a filter makes of their error', async () => {
    const caught: unknown[] = [];
    const { Consumer } = consumerOf(source, (n) => {
      if (n === 9) throw new Error('Poison');
    });
    const app = createApp(
      { providers: [Consumer] },
      { ...quiet, filters: [{ catch: (error) => (caught.push(String(error)), { handled: true }) }] },
    );
    const event = source.event(TEN);
    const [settled] = await Promise.allSettled([app.handler(event, fakeContext())]);
    expect(caught).toEqual(['Error: Poison']);
    expectFailures({ settled, identifiers: identifiersOf(event), seen: [] }, source, [9]);
  });

  it('can be handed over at once', async () => {
    const batches: unknown[] = [];
    class Consumer {
      @source.On({ batch: true })
      handle(@Body() bodies: unknown[]): void {
        batches.push(bodies.map(source.read));
      }
    }
    const app = createApp({ providers: [Consumer] }, quiet);
    const event = source.event(TEN);
    const [settled] = await Promise.allSettled([app.handler(event, fakeContext())]);
    expect(batches).toEqual([TEN]);
    expectFailures({ settled, identifiers: identifiersOf(event), seen: [] }, source, []);
  });

  it('that are handed over at once fail together when the method throws', async () => {
    class Consumer {
      @source.On({ batch: true })
      handle(): void {
        throw new Error('All of them');
      }
    }
    const app = createApp({ providers: [Consumer] }, quiet);
    const event = source.event(TEN);
    const [settled] = await Promise.allSettled([app.handler(event, fakeContext())]);
    expectFailures({ settled, identifiers: identifiersOf(event), seen: [] }, source, upTo(0, 10));
  });

  it('that are handed over at once fail alone when the method names them', async () => {
    const event = source.event(TEN);
    const identifiers = identifiersOf(event);
    if (source.failures === 'reject') return;
    class Consumer {
      @source.On({ batch: true })
      handle(): unknown {
        return { batchItemFailures: [4, 7].map((n) => ({ itemIdentifier: identifiers[n] })) };
      }
    }
    const app = createApp({ providers: [Consumer] }, quiet);
    const [settled] = await Promise.allSettled([app.handler(event, fakeContext())]);
    expectFailures({ settled, identifiers, seen: [] }, source, [4, 7]);
  });

  it.each(['unknown', '', null, undefined, { partition: 'x-0', offset: 1 }])(
    'all fail when the method names %j, which is none of them',
    async (itemIdentifier) => {
      class Consumer {
        @source.On({ batch: true })
        handle(): unknown {
          return { batchItemFailures: [{ itemIdentifier }] };
        }
      }
      const app = createApp({ providers: [Consumer] }, quiet);
      const event = source.event(TEN);
      const [settled] = await Promise.allSettled([app.handler(event, fakeContext())]);
      // Of RabbitMQ no record has a name, so that the empty one is that of all of them.
      expectFailures({ settled, identifiers: identifiersOf(event), seen: [] }, source, upTo(0, 10));
    },
  );
});

/** Puts null in the place of the second of three records, wherever the event has its list. */
function nullSecond(value: unknown): void {
  if (Array.isArray(value)) value[1] = null;
  else for (const member of Object.values(Object(value) as object)) if (typeof member === 'object') nullSecond(member);
}
