import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { IsInt } from 'class-validator';
import { OnKinesis, OnSqs } from '../../src/decorators/consumers.js';
import type { LambdaApplication } from '../../src/application/lambda-application.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { recordEvents } from '../../src/testing/record-events.js';
import { createApp } from './create-app.js';
import { namedIn } from './record-sources.js';

class Order {
  @IsInt()
  amount!: number;
}

class Consumer {
  @OnSqs('orders')
  @OnSqs('orders.fifo')
  @OnKinesis('orders')
  async handle(order: Order): Promise<void> {
    if (order.amount % 100 === 99) throw new Error('Poison');
  }

  @OnSqs('batch', { batch: true })
  batch(): void {}
}

const sources = {
  sqs: (contents: readonly object[]) => recordEvents.sqs('orders', contents),
  fifo: (contents: readonly object[]) => recordEvents.sqs('orders.fifo', contents, (index) => ({ attributes: { MessageGroupId: `g${index % 100}` } })),
  kinesis: (contents: readonly object[]) => recordEvents.kinesis('orders', contents),
  batch: (contents: readonly object[]) => recordEvents.sqs('batch', contents),
};

const quiet = { accessLog: false, logger: { silent: true } } as const;
const contents = (count: number) => Array.from({ length: count }, (_, amount) => ({ amount }));

/** Milliseconds of the fastest of several runs. */
async function fastest(app: LambdaApplication, event: object): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 3; run++) {
    const start = performance.now();
    await app.handler(event, fakeContext());
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

function heapUsed(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

describe.each(Object.entries(sources))('ten thousand records of %s', (name, build) => {
  it('take about ten times as long as a thousand', async () => {
    const app = createApp({ providers: [Consumer] }, quiet);
    await fastest(app, build(contents(1000)));
    const [thousand, tenThousand] = [await fastest(app, build(contents(1000))), await fastest(app, build(contents(10_000)))];
    // Quadratic time would be a hundred times as long.
    expect(tenThousand).toBeLessThan(Math.max(thousand, 2) * 40);
  }, 60_000);

  it('each have their outcome', async () => {
    const app = createApp({ providers: [Consumer] }, quiet);
    const failed = namedIn(await app.handler(build(contents(10_000)), fakeContext()));
    // Of the hundred FIFO groups one holds all of the poison; the stream names where it goes on from.
    expect(failed).toHaveLength({ sqs: 100, fifo: 100, kinesis: 1, batch: 0 }[name]!);
  }, 60_000);
});

it('leaves nothing behind for a record that was handled', async () => {
  const app = createApp({ providers: [Consumer] }, quiet);
  const event = recordEvents.sqs('orders', contents(10_000));
  for (let run = 0; run < 3; run++) await app.handler(event, fakeContext());
  const before = heapUsed();
  for (let run = 0; run < 5; run++) await app.handler(event, fakeContext());
  const bytesPerRecord = (heapUsed() - before) / 50_000;
  expect(bytesPerRecord).toBeLessThan(20);
}, 60_000);
