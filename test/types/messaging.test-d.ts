// Compiled by `npm run types`, never run.
import { z } from 'zod';
import { OnSqs } from '../../src/decorators/consumers.js';
import {
  type EventBus,
  getQueueToken,
  InjectEventBus,
  InjectQueue,
  InjectTopic,
  LargePayloads,
  MessagingModule,
  PayloadBucket,
  type Queue,
  type Receipt,
  type Topic,
} from '../../src/messaging/index.js';
import { SentMessages } from '../../src/testing/sent-messages.js';
import { expectType, type Same } from './expect-type.js';

class OrderPlaced {
  id!: number;
  note?: string;
}

class OrderCancelled {
  id!: number;
  reason!: string;
}

MessagingModule.forRoot({
  queues: {
    orders: OrderPlaced,
    'bills.fifo': { message: OrderPlaced, contentBasedDeduplication: true },
    both: { types: { placed: OrderPlaced, cancelled: z.object({ id: z.number() }) } },
    checked: z.object({ id: z.number() }),
  },
  topics: { news: OrderPlaced },
  buses: { shop: { source: 'shop', message: OrderPlaced } },
  resolve: ({ kind, name }) => (kind === 'queue' ? `https://sqs/${name}` : undefined),
});
const payloads = new PayloadBucket('payloads', { prefix: 'orders/', threshold: 0, maxSize: 5, s3: { config: {} } });
MessagingModule.forRoot({
  queues: { orders: { message: OrderPlaced, largePayloads: payloads } },
  topics: { news: { message: OrderPlaced, largePayloads: payloads } },
  // @ts-expect-error: rules read the detail of an event
  buses: { shop: { source: 'shop', message: OrderPlaced, largePayloads: payloads } },
});
// @ts-expect-error: a bucket, not its name
MessagingModule.forRoot({ queues: { orders: { message: OrderPlaced, largePayloads: 'payloads' } } });

class ReadsPayloads {
  @OnSqs('orders')
  @LargePayloads(payloads)
  one(): void {}

  @OnSqs('many')
  @LargePayloads(payloads, new PayloadBucket('before'))
  many(): void {}

  @OnSqs('none')
  // @ts-expect-error: at least one bucket
  @LargePayloads()
  none(): void {}
}
void ReadsPayloads;

// @ts-expect-error: a bus has a source
MessagingModule.forRoot({ buses: { shop: { message: OrderPlaced } } });
// @ts-expect-error: a class, not its name
MessagingModule.forRoot({ queues: { orders: 'OrderPlaced' } });
// @ts-expect-error: an unknown option
MessagingModule.forRoot({ queues: { orders: { message: OrderPlaced, fifo: true } } });
MessagingModule.forRootAsync({
  queues: { orders: OrderPlaced },
  inject: ['region'],
  useFactory: (region: string) => ({ sqs: { config: { region } } }),
});

export class Orders {
  @InjectTopic('news')
  readonly news!: Topic<OrderPlaced>;

  constructor(
    @InjectQueue('orders') readonly queue: Queue<OrderPlaced>,
    @InjectQueue('both') readonly both: Queue<OrderPlaced | OrderCancelled>,
    @InjectEventBus('shop') readonly shop: EventBus<OrderPlaced>,
  ) {}

  async send(): Promise<void> {
    const receipt = await this.queue.send({ id: 1 }, { delay: 5, groupId: 'g', attributes: { a: 1 } });
    expectType<Same<typeof receipt, Receipt>>();
    const receipts = await this.queue.sendAll([{ id: 1 }], ({ id }) => ({ groupId: `${id}` }));
    expectType<Same<typeof receipts, readonly Receipt[]>>();
    await this.both.send({ id: 1, reason: 'x' }, { type: 'cancelled' });
    await this.shop.send({ id: 1 }, { type: 'OrderPlaced' });
    // @ts-expect-error: a property of another type
    await this.queue.send({ id: 'a' });
    // @ts-expect-error: a property is missing
    await this.queue.send({});
    // @ts-expect-error: a property that the class does not have
    await this.queue.send({ id: 1, note: 'x', other: 1 });
    // @ts-expect-error: topics have no delay
    await this.news.send({ id: 1 }, { delay: 5 });
    // @ts-expect-error: buses have no groups
    await this.shop.send({ id: 1 }, { type: 'OrderPlaced', groupId: 'g' });
  }

  @OnSqs('orders', { type: 'placed', batch: true, concurrency: 5 })
  take(): void {}
}

// @ts-expect-error: a type is text
OnSqs('orders', { type: 5 });

const token = getQueueToken<OrderPlaced>('orders');
expectType<Same<typeof token.type, Queue<OrderPlaced> | undefined>>();
const [sent] = new SentMessages().to<OrderPlaced>('orders');
expectType<Same<NonNullable<typeof sent>['content'], OrderPlaced>>();
