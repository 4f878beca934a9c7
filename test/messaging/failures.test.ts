import 'reflect-metadata';
import { OnEvent } from '../../src/decorators/consumers.js';
import { Injectable } from '../../src/decorators/injectable.js';
import { Body, Signal } from '../../src/decorators/parameters.js';
import { getEventBusToken, getQueueToken, getTopicToken, InjectQueue } from '../../src/messaging/inject-destination.js';
import { MessagingModule } from '../../src/messaging/messaging-module.js';
import type { Publisher, Queue } from '../../src/messaging/publisher.js';
import type { MessagesNotSentError } from '../../src/messaging/send-errors.js';
import type { QueueOptions } from '../../src/messaging/send-options.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { createApp } from '../application/create-app.js';
import { until } from '../until.js';
import { type AwsWire, startWire } from './aws-wire.js';
import { OrderPlaced } from './order-placed.js';

let wire: AwsWire;
let environment: NodeJS.ProcessEnv;

beforeEach(async () => {
  environment = { ...process.env };
  wire = await startWire();
  Object.assign(process.env, {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL: wire.endpoint,
    AWS_MAX_ATTEMPTS: '1',
    ORDERS_QUEUE_URL: `${wire.endpoint}/123456789012/orders`,
    BILLS_QUEUE_URL: `${wire.endpoint}/123456789012/bills.fifo`,
    ORDERS_TOPIC_ARN: 'arn:aws:sns:eu-central-1:123456789012:orders',
    ORDERS_BUS_NAME: 'orders-bus',
  });
});

afterEach(async () => {
  await wire.close();
  process.env = environment;
});

const MODULE = () =>
  MessagingModule.forRoot({
    queues: { orders: OrderPlaced, 'bills.fifo': OrderPlaced },
    topics: { orders: OrderPlaced },
    buses: { orders: { message: OrderPlaced, source: 'shop.orders' } },
  });

const TOKENS = {
  queue: getQueueToken<OrderPlaced>('orders'),
  topic: getTopicToken<OrderPlaced>('orders'),
  bus: getEventBusToken<OrderPlaced>('orders'),
} as const;

async function publisherOf(kind: keyof typeof TOKENS): Promise<Publisher<OrderPlaced, object>> {
  const app = createApp({ imports: [MODULE()] });
  await app.ready();
  return app.get<Publisher<OrderPlaced, object>>(TOKENS[kind]);
}

const OPTIONS = { type: 'placed' };
const ordersOf = (count: number): OrderPlaced[] => Array.from({ length: count }, (_, id) => ({ id }));

function idsOf(call: AwsWire['calls'][number] | undefined): number[] {
  return (call?.entries ?? []).map((entry) => {
    const body = entry['MessageBody'] ?? entry['Message'] ?? entry['Detail'];
    return (JSON.parse(String(body)) as OrderPlaced).id;
  });
}

/** A code that each service gives an entry that may be taken later. */
const RETRYABLE = { queue: 'InternalError', topic: 'InternalError', bus: 'ThrottlingException' };

describe.each(['queue', 'topic', 'bus'] as const)('sending to a %s', (kind) => {
  it('makes requests of ten', async () => {
    const publisher = await publisherOf(kind);
    await publisher.sendAll(ordersOf(12), OPTIONS);
    expect(wire.calls.map(idsOf)).toEqual([
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
      [10, 11],
    ]);
  });

  it('tries those again that were not taken, and only those', async () => {
    wire.answers.push(
      ['taken', { code: RETRYABLE[kind] }, 'taken', { code: RETRYABLE[kind] }],
      [{ code: RETRYABLE[kind] }, 'taken'],
    );
    const publisher = await publisherOf(kind);
    const receipts = await publisher.sendAll(ordersOf(4), OPTIONS);
    expect(wire.calls.map(idsOf)).toEqual([[0, 1, 2, 3], [1, 3], [1]]);
    expect(receipts).toHaveLength(4);
    expect(receipts.every(({ messageId }) => messageId !== '')).toBe(true);
  });

  it('tells what is refused, and sends the others', async () => {
    wire.answers.push(['taken', { code: 'InvalidMessageContents', senderFault: true }, 'taken']);
    const publisher = await publisherOf(kind);
    const orders = ordersOf(3);
    const error = (await publisher.sendAll(orders, OPTIONS).catch((thrown: unknown) => thrown)) as MessagesNotSentError;
    expect(error.name).toBe('MessagesNotSentError');
    expect(error.message).toBe(`1 of 3 messages to ${kind} "orders" was not sent: InvalidMessageContents: no`);
    expect(error.failed).toEqual([{ index: 1, content: orders[1], code: 'InvalidMessageContents', message: 'no' }]);
    expect(error.failed[0]?.content).toBe(orders[1]);
    expect(error.sent.map((receipt) => receipt !== undefined)).toEqual([true, false, true]);
    expect(wire.calls).toHaveLength(1);
  });

  it('gives up after five attempts', async () => {
    const answer = [{ code: RETRYABLE[kind] }];
    wire.answers.push(answer, answer, answer, answer, answer, answer);
    const publisher = await publisherOf(kind);
    await expect(publisher.send({ id: 1 }, OPTIONS)).rejects.toMatchObject({
      failed: [{ index: 0, content: { id: 1 }, code: RETRYABLE[kind] }],
    });
    expect(wire.calls).toHaveLength(5);
  });

  it('counts a message that the response does not mention as not sent, and does not send it twice', async () => {
    wire.answers.push(['taken', 'unmentioned']);
    const publisher = await publisherOf(kind);
    await expect(publisher.sendAll(ordersOf(2), OPTIONS)).rejects.toMatchObject({
      failed: [{ index: 1, code: 'NoAnswer' }],
    });
    expect(wire.calls).toHaveLength(1);
  });

  it('makes no further request after one that failed as a whole, and tells all that is left', async () => {
    wire.answers.push(
      Array.from({ length: 10 }, () => 'taken' as const),
      { status: 400, code: 'AccessDenied' },
    );
    const publisher = await publisherOf(kind);
    const error = (await publisher
      .sendAll(ordersOf(25), OPTIONS)
      .catch((thrown: unknown) => thrown)) as MessagesNotSentError;
    expect(error.failed.map(({ index, code }) => `${index} ${code}`)).toEqual([
      ...Array.from({ length: 10 }, (_, index) => `${10 + index} AccessDenied`),
      ...Array.from({ length: 5 }, (_, index) => `${20 + index} NotTried`),
    ]);
    expect(error.cause).toMatchObject({ name: 'AccessDenied' });
    expect(wire.calls).toHaveLength(2);
  });

  it('leaves throttled requests to the SDK, which tries them again', async () => {
    process.env['AWS_MAX_ATTEMPTS'] = '3';
    wire.answers.push({ status: 400, code: 'ThrottlingException' }, { status: 503, code: 'ServiceUnavailable' });
    const publisher = await publisherOf(kind);
    await publisher.send({ id: 1 }, OPTIONS);
    expect(wire.calls.map(idsOf)).toEqual([[1], [1], [1]]);
  });

  it('tells all messages when the endpoint is down', async () => {
    const publisher = await publisherOf(kind);
    await wire.close();
    const error = (await publisher
      .sendAll(ordersOf(2), OPTIONS)
      .catch((thrown: unknown) => thrown)) as MessagesNotSentError;
    expect(error.failed.map(({ content }) => content)).toEqual(ordersOf(2));
    expect(String(error.cause)).toContain('ECONNREFUSED');
  });

  it('overlaps with other messages', async () => {
    wire.answers.push([{ code: RETRYABLE[kind] }]);
    const publisher = await publisherOf(kind);
    const all = await Promise.all(ordersOf(5).map((order) => publisher.send(order, OPTIONS)));
    expect(all).toHaveLength(5);
    expect(wire.calls).toHaveLength(6);
  });
});

describe('the requests', () => {
  it('name the queue, and write the type as an attribute', async () => {
    const publisher = await publisherOf('queue');
    await publisher.send({ id: 1 }, OPTIONS);
    expect(wire.calls[0]).toMatchObject({
      service: 'sqs',
      input: { QueueUrl: process.env['ORDERS_QUEUE_URL'] },
      entries: [{ MessageAttributes: { type: { DataType: 'String', StringValue: 'placed' } } }],
    });
  });

  it('name the topic, and write the type as an attribute', async () => {
    const publisher = await publisherOf('topic');
    await publisher.send({ id: 1 }, OPTIONS);
    expect(wire.calls[0]).toMatchObject({
      service: 'sns',
      input: { Action: 'PublishBatch', TopicArn: process.env['ORDERS_TOPIC_ARN'] },
      entries: [
        {
          Message: '{"id":1}',
          'MessageAttributes.entry.1.Name': 'type',
          'MessageAttributes.entry.1.Value.StringValue': 'placed',
        },
      ],
    });
  });

  it('name the bus, the source and the detail type', async () => {
    const publisher = await publisherOf('bus');
    await publisher.send({ id: 1 }, OPTIONS);
    expect(wire.calls[0]?.entries).toEqual([
      { EventBusName: 'orders-bus', Source: 'shop.orders', DetailType: 'placed', Detail: '{"id":1}' },
    ]);
  });

  it('need a type on a bus', async () => {
    const publisher = await publisherOf('bus');
    await expect(publisher.send({ id: 1 })).rejects.toThrow('the option type is missing, which is the detail-type');
  });
});

function inGroups({ id }: OrderPlaced): QueueOptions {
  return { groupId: id % 2 ? 'odd' : 'even', deduplicationId: `${id}` };
}

describe('a FIFO queue', () => {
  it('holds back what follows a refused message of the same group', async () => {
    wire.answers.push([{ code: 'InvalidMessageContents', senderFault: true }]);
    const app = createApp({ imports: [MODULE()] });
    await app.ready();
    const bills = app.get<Queue<OrderPlaced>>(getQueueToken('bills.fifo'));
    const error = (await bills
      .sendAll(ordersOf(14), inGroups)
      .catch((thrown: unknown) => thrown)) as MessagesNotSentError;
    expect(error.failed.map(({ index, code }) => `${index} ${code}`)).toEqual([
      '0 InvalidMessageContents',
      '10 HeldBack',
      '12 HeldBack',
    ]);
    expect(idsOf(wire.calls[1])).toEqual([11, 13]);
  });
});

describe("the event's time", () => {
  @Injectable()
  class Sender {
    error: MessagesNotSentError | undefined;

    constructor(@InjectQueue('orders') private readonly queue: Queue<OrderPlaced>) {}

    @OnEvent((event) => typeof event === 'object')
    async run(@Body() _event: unknown, @Signal() _signal: AbortSignal): Promise<string> {
      await this.queue.send({ id: 1 }).catch((error: MessagesNotSentError) => (this.error = error));
      return 'done';
    }
  }

  it('ends the attempts, and the method still learns what was not sent', async () => {
    const app = createApp({ imports: [MODULE()], providers: [Sender] }, { timeoutMargin: 0 });
    await app.ready();
    // Loads the SDK, which takes its time.
    await app.get<Queue<OrderPlaced>>(getQueueToken('orders')).send({ id: 0 });
    const answer = [{ code: 'InternalError' }];
    wire.answers.push(answer, answer, answer, answer, answer);
    jest.spyOn(Math, 'random').mockReturnValue(0.99);
    const sender = app.get(Sender);
    expect(await app.handler({ any: 'event' }, fakeContext({ remainingTime: 900 }))).toBe('done');
    jest.restoreAllMocks();
    expect(sender.error?.failed).toMatchObject([{ index: 0, content: { id: 1 } }]);
    // 99, 198 and 396 ms fit, and 792 ms after that do not, however fast the machine is.
    expect(wire.calls.length).toBeLessThan(1 + 5);
  });

  it('aborts a request that hangs', async () => {
    wire.answers.push('never');
    const app = createApp({ imports: [MODULE()], providers: [Sender] });
    await app.ready();
    const sender = app.get(Sender);
    await expect(app.handler({ any: 'event' }, fakeContext({ remainingTime: 600 }))).rejects.toThrow();
    const { failed } = await until('the error is told', () => sender.error);
    expect(failed).toMatchObject([{ index: 0, code: 'TimeUp' }]);
  });
});
