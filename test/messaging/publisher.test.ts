import 'reflect-metadata';
import type { SQSRecord } from 'aws-lambda';
import { OnSqs } from '../../src/decorators/consumers.js';
import { Body } from '../../src/decorators/parameters.js';
import { Record } from '../../src/decorators/parameters.js';
import { Controller } from '../../src/decorators/routes.js';
import { Post } from '../../src/decorators/routes.js';
import { type LocalQueues, startQueues } from '../../src/local/queues/start-queues.js';
import { SILENT } from '../../src/local/terminal.js';
import { getQueueToken, InjectQueue } from '../../src/messaging/inject-destination.js';
import { MessagingModule } from '../../src/messaging/messaging-module.js';
import type { MessagingOptions } from '../../src/messaging/messaging-options.js';
import type { Queue } from '../../src/messaging/publisher.js';
import { type InvalidMessageError } from '../../src/messaging/send-errors.js';
import type { QueueOptions } from '../../src/messaging/send-options.js';
import type { Constructor } from '../../src/shared/types.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { createApp } from '../application/create-app.js';
import { until } from '../until.js';
import { OrderCancelled, OrderPlaced } from './order-placed.js';

const environment = { ...process.env };
let queues: LocalQueues;

beforeEach(async () => {
  queues = await startQueues({ names: ['orders', 'bills.fifo'], visibilityTimeout: 0.01, terminal: SILENT });
  Object.assign(process.env, {
    AWS_REGION: 'local',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_SQS: queues.endpoint,
    ORDERS_QUEUE_URL: queues.urlOf('orders'),
    BILLS_QUEUE_URL: queues.urlOf('bills.fifo'),
  });
});

afterEach(async () => {
  await queues.close();
  process.env = { ...environment };
});

/** An application that keeps the records it consumes. */
function consuming(options: MessagingOptions, ...controllers: Constructor[]) {
  const received: { body: unknown; record: SQSRecord }[] = [];
  class Consumer {
    @OnSqs()
    take(@Body() body: unknown, @Record() record: SQSRecord): void {
      received.push({ body, record });
    }
  }
  const app = createApp(
    { imports: [MessagingModule.forRoot(options)], providers: [Consumer], controllers },
    { accessLog: false },
  );
  return {
    app,
    received,
    async queue<T>(name: string) {
      await app.ready();
      return app.get<Queue<T>>(getQueueToken(name));
    },
    async delivered() {
      queues.deliverTo(app);
      await queues.idle();
      return received;
    },
  };
}

function inGroups({ id }: OrderPlaced, index: number): QueueOptions {
  return { groupId: `g${id % 2}`, deduplicationId: `d${index}` };
}

function throwingOptions(_message: unknown, index: number): QueueOptions {
  if (index === 1) throw new Error('no options');
  return { delay: -1 };
}

describe('a queue', () => {
  it('sends a message that arrives at the consumer of the same application', async () => {
    const { queue, delivered } = consuming({ queues: { orders: OrderPlaced } });
    const receipt = await (await queue<OrderPlaced>('orders')).send({ id: 7 });
    const [message] = await delivered();
    expect(message?.body).toEqual({ id: 7 });
    expect(message?.record.messageId).toBe(receipt.messageId);
  });

  it('is injected by its name, into parameters and properties', async () => {
    @Controller('orders')
    class OrdersController {
      @InjectQueue('orders')
      private readonly again!: Queue<OrderPlaced>;

      constructor(@InjectQueue('orders') private readonly queue: Queue<OrderPlaced>) {}

      @Post()
      async place(@Body() order: OrderPlaced): Promise<object> {
        await this.again.send({ id: order.id + 1 });
        return this.queue.send(order);
      }
    }
    const { app, delivered } = consuming({ queues: { orders: OrderPlaced } }, OrdersController);
    const event = events.apiGatewayV2({ method: 'POST', url: '/orders', payload: { id: 1 } });
    expect(await app.handler(event, fakeContext())).toMatchObject({ statusCode: 200 });
    expect((await delivered()).map(({ body }) => body)).toEqual([{ id: 2 }, { id: 1 }]);
  });

  it('writes instances as JSON and reads them as the consumer would', async () => {
    const { queue, delivered } = consuming({ queues: { orders: OrderPlaced } });
    const order = Object.assign(new OrderPlaced(), { id: 1, at: new Date(0), customer: { email: 'a@example.com' } });
    await (await queue<OrderPlaced>('orders')).send(order);
    expect((await delivered())[0]?.body).toEqual({
      id: 1,
      at: '1970-01-01T00:00:00.000Z',
      customer: { email: 'a@example.com' },
    });
  });

  it('sends lists of any length, ten in a request, in their order', async () => {
    const { queue, delivered } = consuming({ queues: { orders: OrderPlaced } });
    const orders = Array.from({ length: 23 }, (_, id) => ({ id }));
    const receipts = await (await queue<OrderPlaced>('orders')).sendAll(orders);
    expect(new Set(receipts.map(({ messageId }) => messageId)).size).toBe(23);
    const got = await delivered();
    expect(got.map(({ body }) => body)).toEqual(orders);
    expect(got.map(({ record }) => record.messageId)).toEqual(receipts.map(({ messageId }) => messageId));
  });

  it('sends nothing for an empty list', async () => {
    const { queue } = consuming({ queues: { orders: OrderPlaced } });
    expect(await (await queue<OrderPlaced>('orders')).sendAll([])).toEqual([]);
  });

  it('keeps to 1 MiB a request', async () => {
    const { queue, delivered } = consuming({ queues: { orders: OrderPlaced } });
    const large = Array.from({ length: 5 }, (_, id) => ({ id, note: 'x'.repeat(400_000) }));
    await (await queue<OrderPlaced>('orders')).sendAll(large);
    expect((await delivered()).map(({ body }) => (body as OrderPlaced).id)).toEqual([0, 1, 2, 3, 4]);
  });

  it('delivers attributes of each kind', async () => {
    const { queue, delivered } = consuming({ queues: { orders: OrderPlaced } });
    const attributes = { tenant: 'acme', tries: 3, key: Uint8Array.of(1, 2) };
    await (await queue<OrderPlaced>('orders')).send({ id: 1 }, { attributes });
    const [message] = await delivered();
    expect(message?.record.messageAttributes).toMatchObject({
      tenant: { dataType: 'String', stringValue: 'acme' },
      tries: { dataType: 'Number', stringValue: '3' },
      key: { dataType: 'Binary', binaryValue: 'AQI=' },
    });
  });

  it('delays a message', async () => {
    const { queue, received, app } = consuming({ queues: { orders: OrderPlaced } });
    const orders = await queue<OrderPlaced>('orders');
    await orders.send({ id: 1 }, { delay: 900 });
    await orders.send({ id: 2 });
    queues.deliverTo(app);
    await until('a message arrives', () => received.length > 0);
    expect(received.map(({ body }) => body)).toEqual([{ id: 2 }]);
  });

  it('keeps the order of a FIFO group, with options for each message', async () => {
    const { queue, delivered } = consuming({ queues: { 'bills.fifo': OrderPlaced } });
    const bills = Array.from({ length: 15 }, (_, id) => ({ id }));
    const receipts = await (await queue<OrderPlaced>('bills.fifo')).sendAll(bills, inGroups);
    expect(receipts.every(({ sequenceNumber }) => sequenceNumber !== undefined)).toBe(true);
    const got = await delivered();
    for (const group of ['g0', 'g1']) {
      const ids = got
        .filter(({ record }) => record.attributes.MessageGroupId === group)
        .map(({ body }) => (body as OrderPlaced).id);
      expect(ids).toEqual(ids.toSorted((a, b) => a - b));
    }
    expect(got).toHaveLength(15);
  });

  it("hands on the event's X-Ray trace", async () => {
    const trace = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';
    @Controller('orders')
    class OrdersController {
      constructor(@InjectQueue('orders') private readonly queue: Queue<OrderPlaced>) {}

      @Post()
      async place(@Body() order: OrderPlaced): Promise<void> {
        await this.queue.send(order);
      }
    }
    const { app, delivered } = consuming({ queues: { orders: OrderPlaced } }, OrdersController);
    const context = Object.assign(fakeContext(), { xRayTraceId: trace });
    await app.handler(events.apiGatewayV2({ method: 'POST', url: '/orders', payload: { id: 1 } }), context);
    expect((await delivered())[0]?.record.attributes.AWSTraceHeader).toBe(trace);
  });
});

async function refused(message: unknown, options?: QueueOptions, name = 'orders'): Promise<InvalidMessageError> {
  const { queue, delivered } = consuming({
    queues: { orders: OrderPlaced, 'bills.fifo': OrderPlaced },
  });
  const error = await (await queue(name)).send(message, options).catch((thrown: unknown) => thrown);
  expect(await delivered()).toEqual([]);
  return error as InvalidMessageError;
}

describe('a message that does not fit', () => {
  it.each([
    [{ id: 'x' }, 'id: id must be an integer number'],
    [{ id: 1, customer: { email: 'nobody' } }, 'customer.email: email must be an email'],
    [{}, 'id: id must be an integer number'],
    [undefined, 'nothing that JSON can represent'],
    [null, 'must be an object'],
    [[], 'must be an object'],
    ['text', 'must be an object'],
  ])('is not sent, and the error names the property: %j', async (message, text) => {
    const error = await refused(message);
    expect(error.name).toBe('InvalidMessageError');
    expect(error.message).toContain(text);
  });

  it('is no HttpException, because the mistake is not that of the caller', async () => {
    expect(await refused({ id: 'x' })).not.toHaveProperty('statusCode');
  });

  it('keeps the others of its list from being sent, and is named by its position', async () => {
    const { queue, delivered } = consuming({ queues: { orders: OrderPlaced } });
    const orders = await queue('orders');
    await expect(orders.sendAll([{ id: 1 }, { id: 'x' }, { id: 3 }, { id: null }])).rejects.toThrow(
      'None of the 4 messages to queue "orders" was sent: messages[1].id: id must be an integer number; messages[3].id',
    );
    expect(await delivered()).toEqual([]);
  });

  it('ends no process when the function for the options throws, too', async () => {
    const left: unknown[] = [];
    const note = (reason: unknown) => void left.push(reason);
    process.on('unhandledRejection', note);
    const orders = await consuming({ queues: { orders: OrderPlaced } }).queue('orders');
    await expect(orders.sendAll([{ id: 1 }, { id: 2 }], throwingOptions)).rejects.toThrow();
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', note);
    expect(left).toEqual([]);
  });

  it('is refused for its size before it is sent', async () => {
    const error = await refused({ id: 1, note: 'x'.repeat(1024 * 1024) });
    expect(error.message).toContain('bytes, and 1048576 are allowed');
  });

  it('is refused when it is nested too deep for a reader', async () => {
    let nested: object = {};
    for (let depth = 0; depth < 70; depth++) nested = { nested };
    expect((await refused({ id: 1, nested })).name).toBe('InvalidMessageError');
  });

  it.each<[string, QueueOptions, string]>([
    ['deduplicationId is for FIFO', { deduplicationId: 'd' }, 'orders'],
    ['groupId is missing', { deduplicationId: 'd' }, 'bills.fifo'],
    ['deduplicationId is missing', { groupId: 'g' }, 'bills.fifo'],
    ['delay is not for FIFO queues', { groupId: 'g', deduplicationId: 'd', delay: 1 }, 'bills.fifo'],
    ['delay is 901', { delay: 901 }, 'orders'],
    ['delay is -1', { delay: -1 }, 'orders'],
    ['the attribute type is written by Lambent: use the option type', { attributes: { type: 'x' } }, 'orders'],
    ['attributes is an object; it takes an object whose values', { attributes: { a: '' } }, 'orders'],
    ['attributes is an object; it takes an object whose values', { attributes: { a: Number.NaN } }, 'orders'],
    [
      'it has 11 attributes',
      { attributes: Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`a${i}`, 1])) },
      'orders',
    ],
    ['Unknown in the options of a message to queue "orders": group', { group: 'x' } as QueueOptions, 'orders'],
  ])('is refused for its options: %s', async (text, options, name) => {
    expect((await refused({ id: 1 }, options, name)).message).toContain(text);
  });
});

describe('a queue with types', () => {
  const declared = { queues: { orders: { types: { placed: OrderPlaced, cancelled: OrderCancelled } } } };

  it('checks a message by the class of its type, and writes the type as an attribute', async () => {
    const { queue, delivered } = consuming(declared);
    const orders = await queue('orders');
    await orders.send({ id: 1 }, { type: 'placed' });
    await expect(orders.send({ id: 1 }, { type: 'cancelled' })).rejects.toThrow('reason: reason must be an integer');
    const [message, ...others] = await delivered();
    expect(others).toEqual([]);
    expect(message?.record.messageAttributes['type']).toMatchObject({ dataType: 'String', stringValue: 'placed' });
  });

  it.each([
    [{}, 'the option type is missing: it takes placed, cancelled'],
    [{ type: 'Placed' }, 'the type "Placed" is not declared'],
    [{ type: 'toString' }, 'the type "toString" is not declared'],
  ])('refuses a type that it does not declare: %j', async (options, text) => {
    const { queue } = consuming(declared);
    await expect((await queue('orders')).send({ id: 1 }, options)).rejects.toThrow(text);
  });
});
