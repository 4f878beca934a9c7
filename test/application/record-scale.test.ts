import { setImmediate } from 'node:timers/promises';
import { IsInt } from 'class-validator';
import type { LambdaApplication } from '../../src/application/lambda-application.js';
import { OnKinesis, OnSqs } from '../../src/decorators/consumers.js';
import { Injectable } from '../../src/decorators/injectable.js';
import { Scope } from '../../src/shared/provider.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { countSteps } from '../count-steps.js';
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
  sqs: (contents: readonly object[]) => events.sqs('orders', contents),
  fifo: (contents: readonly object[]) =>
    events.sqs('orders.fifo', contents, (index) => ({ attributes: { MessageGroupId: `g${index % 100}` } })),
  kinesis: (contents: readonly object[]) => events.kinesis('orders', contents),
  batch: (contents: readonly object[]) => events.sqs('batch', contents),
};

const quiet = { accessLog: false, logger: { silent: true } } as const;
const contents = (count: number) => Array.from({ length: count }, (_, amount) => ({ amount }));

/** What an application does for these records, when it has handled some before. */
async function steps(app: LambdaApplication, event: object): Promise<number> {
  await app.handler(event, fakeContext());
  return countSteps(() => app.handler(event, fakeContext()));
}

/** How often members of the event and of its records are read while it is handled. */
async function reads(app: LambdaApplication, event: object): Promise<number> {
  let count = 0;
  const counted = <T extends object>(value: T): T =>
    new Proxy(value, {
      get(target, key) {
        count++;
        const member = Reflect.get(target, key) as unknown;
        return typeof member === 'object' && member !== null ? counted(member) : member;
      },
    });
  await app.handler(counted(event), fakeContext());
  return count;
}

describe.each(Object.entries(sources))('ten thousand records of %s', (name, build) => {
  it('are ten times the work of a thousand', async () => {
    const app = createApp({ providers: [Consumer] }, quiet);
    const [thousand, tenThousand] = [
      await steps(app, build(contents(1000))),
      await steps(app, build(contents(10_000))),
    ];
    // Of quadratic work they would be a hundred times as much.
    expect(tenThousand / thousand).toBeLessThan(10.5);
  });

  it('are each read as often as each of a hundred', async () => {
    const app = createApp({ providers: [Consumer] }, quiet);
    expect(await reads(app, build(contents(10_000)))).toBeLessThanOrEqual(
      (await reads(app, build(contents(100)))) * 100,
    );
  });

  it('each have their outcome', async () => {
    const app = createApp({ providers: [Consumer] }, quiet);
    const failed = namedIn(await app.handler(build(contents(10_000)), fakeContext()));
    // Of the hundred FIFO groups one holds all of the poison; the stream names where it goes on from.
    expect(failed).toHaveLength({ sqs: 100, fifo: 100, kinesis: 1, batch: 0 }[name]!);
  });
});

it('holds what was made for those records alone that are being handled', async () => {
  let [made, alive, most] = [0, 0, 0];
  class Work {}
  const work = {
    provide: Work,
    scope: Scope.REQUEST,
    useFactory: () => {
      made++;
      most = Math.max(most, ++alive);
      return new Work();
    },
    dispose: () => void alive--,
  };
  @Injectable()
  class Worker {
    constructor(readonly _work: Work) {}
    @OnSqs('orders', { concurrency: 7 })
    handle(): Promise<void> {
      return setImmediate();
    }
  }
  const app = createApp({ providers: [Worker, work] }, quiet);
  await app.handler(events.sqs('orders', contents(1000)), fakeContext());
  expect({ made, most, alive }).toEqual({ made: 1000, most: 7, alive: 0 });
});
