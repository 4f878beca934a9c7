import 'reflect-metadata';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { z } from 'zod';
import { LambdaApplication } from '../../src/application/lambda-application.js';
import { Injectable } from '../../src/decorators/injectable.js';
import { Module } from '../../src/decorators/module.js';
import { getQueueToken, InjectEventBus, InjectQueue, InjectTopic } from '../../src/messaging/inject-destination.js';
import { MessagingModule } from '../../src/messaging/messaging-module.js';
import type { MessagingOptions } from '../../src/messaging/messaging-options.js';
import type { EventBus, Queue, Topic } from '../../src/messaging/publisher.js';
import { MessageSender } from '../../src/messaging/sending/message-sender.js';
import type { ModuleMetadata } from '../../src/shared/module.js';
import { setTraceContext } from '../../src/shared/trace-context.js';
import { SentMessages } from '../../src/testing/sent-messages.js';
import { Test } from '../../src/testing/testing-module-builder.js';
import { createApp } from '../application/create-app.js';
import { type AwsWire, startWire } from './aws-wire.js';
import { OrderCancelled, OrderPlaced } from './order-placed.js';

const environment = { ...process.env };
afterEach(() => {
  process.env = { ...environment };
  setTraceContext(undefined);
});

class Plain {
  id!: number;
}

async function bootstrapError(options: MessagingOptions, metadata: ModuleMetadata = {}): Promise<string> {
  const { imports = [], ...more } = metadata;
  const app = createApp({ imports: [MessagingModule.forRoot(options), ...imports], ...more });
  return app.ready().then(
    () => 'it started',
    ({ message }: Error) => message,
  );
}

describe('MessagingModule', () => {
  it.each<[string, unknown]>([
    ['declares nothing to send to', {}],
    ['declares nothing to send to', { queues: {} }],
    ['Unknown in the options of MessagingModule: queue', { queue: { orders: OrderPlaced } }],
    ['queues is a list; it takes an object', { queues: [OrderPlaced] }],
    ['"https://sqs/1/orders" is not the name of a queue', { queues: { 'https://sqs/1/orders': OrderPlaced } }],
    ['"arn:aws:sns:x:1:news" is not the name of a topic', { topics: { 'arn:aws:sns:x:1:news': OrderPlaced } }],
    ['queue "orders" of MessagingModule needs either message', { queues: { orders: {} } }],
    ['needs either message', { queues: { orders: { message: OrderPlaced, types: { a: OrderPlaced } } } }],
    ['types is an object; it takes an object with a class', { queues: { orders: { types: {} } } }],
    ['types is an object; it takes an object with a class', { queues: { orders: { types: { a: 'x' } } } }],
    ['The queue "orders" of MessagingModule is undefined. Two files', { queues: { orders: undefined } }],
    [
      'Unknown in the queue "orders" of MessagingModule: fifo',
      { queues: { orders: { message: OrderPlaced, fifo: true } } },
    ],
    ['contentBasedDeduplication is 1', { queues: { orders: { message: OrderPlaced, contentBasedDeduplication: 1 } } }],
    ['bus "shop" of MessagingModule needs source', { buses: { shop: { message: OrderPlaced } } }],
    ['would both be found by ORDERS_QUEUE_URL', { queues: { orders: OrderPlaced, 'orders.fifo': OrderPlaced } }],
    ['would both be found by A_B_QUEUE_URL', { queues: { 'a-b': OrderPlaced, a_b: OrderPlaced } }],
    ['Unknown in the option sqs of MessagingModule: region', { queues: { orders: OrderPlaced }, sqs: { region: 'x' } }],
    ['resolve is x; it takes a function', { queues: { orders: OrderPlaced }, resolve: 'x' }],
  ])('refuses at once: %s', (text, options) => {
    expect(() => MessagingModule.forRoot(options as MessagingOptions)).toThrow(text);
  });

  it.each<[string, MessagingOptions, string]>([
    ['ORDER_ITEMS_QUEUE_URL', { queues: { 'order-items.fifo': OrderPlaced } }, 'the URL of the queue'],
    ['NEWS_TOPIC_ARN', { topics: { news: OrderPlaced } }, 'the ARN of the topic'],
    ['SHOP_BUS_NAME', { buses: { shop: { source: 'shop', message: OrderPlaced } } }, 'the name of the bus'],
  ])('names the missing variable at the bootstrap: %s', async (variable, options, takes) => {
    expect(await bootstrapError(options)).toMatch(`${variable} is not set: it takes ${takes}`);
    process.env[variable] = '';
    expect(await bootstrapError(options)).toMatch(`${variable} is not set`);
  });

  it.each<[MessagingOptions, string, string, string]>([
    [{ queues: { orders: OrderPlaced } }, 'ORDERS_QUEUE_URL', 'orders', 'it takes the URL of the queue'],
    [{ topics: { news: OrderPlaced } }, 'NEWS_TOPIC_ARN', 'https://news', 'it takes the ARN of the topic'],
    [{ queues: { orders: OrderPlaced } }, 'ORDERS_QUEUE_URL', 'https://x/1/orders.fifo', 'ends in .fifo'],
    [{ queues: { 'orders.fifo': OrderPlaced } }, 'ORDERS_QUEUE_URL', 'https://x/1/orders', 'ends in .fifo'],
  ])('refuses a variable that cannot be right: %j', async (options, variable, value, text) => {
    process.env[variable] = value;
    expect(await bootstrapError(options)).toMatch(text);
  });

  it('needs no variable to be planned or described', () => {
    class AppModule {}
    Module({ imports: [MessagingModule.forRoot({ queues: { orders: OrderPlaced } })] })(AppModule);
    expect(() => LambdaApplication.describe(AppModule)).not.toThrow();
  });

  it('needs no variable for the default bus', async () => {
    expect(await bootstrapError({ buses: { default: { source: 'shop', message: OrderPlaced } } })).toBe('it started');
  });

  it('refuses a class without rules, by the name of the queue', async () => {
    process.env['ORDERS_QUEUE_URL'] = 'https://sqs/1/orders';
    expect(await bootstrapError({ queues: { orders: Plain } })).toMatch(
      '@InjectQueue("orders") in MessagingModule: Plain has no rules of class-validator',
    );
  });

  it('says what to import when a queue is injected that nothing declares', async () => {
    @Injectable()
    class Orders {
      constructor(@InjectQueue('order') readonly queue: Queue) {}
    }
    process.env['ORDERS_QUEUE_URL'] = 'https://sqs/1/orders';
    const message = await bootstrapError({ queues: { orders: OrderPlaced } }, { providers: [Orders] });
    expect(message).toMatch(
      /Orders in AppModule needs @InjectQueue\("order"\) .*Did you mean @InjectQueue\("orders"\)/s,
    );
  });

  it.each([undefined, '', 5])('refuses a decorator without a name: %p', (name) => {
    expect(() => InjectQueue(name as string)).toThrow('it takes the name of a queue');
  });

  it('refuses a decorator where nothing is injected once for all events', () => {
    class Routes {
      show(_orders: Queue) {}
    }
    const where = 'use it on a constructor parameter or an instance property';
    expect(() => InjectQueue('orders')(Routes.prototype, 'show', 0)).toThrow(
      `@InjectQueue("orders") on a parameter of Routes.show: ${where}`,
    );
    expect(() => InjectTopic('news')(Routes, 'shared')).toThrow(`@InjectTopic("news") on Routes.shared: ${where}`);
    expect(() => InjectEventBus('shop')(Routes.prototype, 'show', { value: () => undefined } as never)).toThrow(
      `@InjectEventBus("shop") on Routes.show: ${where}`,
    );
  });

  it('takes the address from resolve, before the environment', async () => {
    process.env['ORDERS_QUEUE_URL'] = 'nonsense';
    const asked: unknown[] = [];
    const resolve: MessagingOptions['resolve'] = (destination) => {
      asked.push(destination);
      return 'https://sqs/1/orders';
    };
    expect(await bootstrapError({ queues: { orders: OrderPlaced }, resolve })).toBe('it started');
    expect(asked).toEqual([{ kind: 'queue', name: 'orders' }]);
  });

  it.each([
    ['"orders"', { queues: { orders: OrderPlaced } }, 'orders', 'returns the URL of the queue'],
    ['""', { queues: { orders: OrderPlaced } }, '', 'returns the URL of the queue'],
    [
      'a promise',
      { buses: { orders: { source: 'shop', message: OrderPlaced } } },
      Promise.resolve('x'),
      'returns the name of the bus',
    ],
    ['5', { topics: { orders: OrderPlaced } }, 5, 'returns the ARN of the topic'],
  ])('says of resolve that it returned no address: %s', async (shown, destinations, given, takes) => {
    for (const variable of ['ORDERS_QUEUE_URL', 'ORDERS_TOPIC_ARN', 'ORDERS_BUS_NAME']) process.env[variable] = 'x';
    const message = await bootstrapError({ ...destinations, resolve: () => given as string });
    expect(message).toMatch(`The option resolve of MessagingModule returned ${shown} for the `);
    expect(message).toMatch(takes);
  });
});

async function sendWith(module: ReturnType<typeof MessagingModule.forRoot>): Promise<void> {
  const app = createApp({ imports: [module] });
  await app.ready();
  await app.get<Queue<OrderPlaced>>(getQueueToken('orders')).send({ id: 1 });
  await app.close();
}

describe('clients', () => {
  let wire: AwsWire;
  beforeEach(async () => {
    wire = await startWire();
    process.env['ORDERS_QUEUE_URL'] = `${wire.endpoint}/1/orders`;
  });
  afterEach(() => wire.close());

  const config = () => ({
    endpoint: wire.endpoint,
    region: 'local',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });

  it('take options', async () => {
    await sendWith(MessagingModule.forRoot({ queues: { orders: OrderPlaced }, sqs: { config: config() } }));
    expect(wire.calls).toHaveLength(1);
  });

  it('take options that depend on other providers', async () => {
    await sendWith(
      MessagingModule.forRootAsync({
        queues: { orders: OrderPlaced },
        useFactory: () => Promise.resolve({ sqs: { config: config() } }),
      }),
    );
    expect(wire.calls).toHaveLength(1);
  });

  it('refuse unknown options of a factory', async () => {
    const module = MessagingModule.forRootAsync({
      queues: { orders: OrderPlaced },
      useFactory: () => ({ sqs: {}, queues: {} }) as object,
    });
    await expect(sendWith(module)).rejects.toThrow('Unknown in the clients of MessagingModule: queues');
  });

  it('may be yours, and stay open', async () => {
    const client = new SQSClient(config());
    await sendWith(MessagingModule.forRoot({ queues: { orders: OrderPlaced }, sqs: { client } }));
    const Entries = [{ Id: '0', MessageBody: '{}' }];
    await client.send(new SendMessageBatchCommand({ QueueUrl: `${wire.endpoint}/1/orders`, Entries }));
    expect(wire.calls).toHaveLength(2);
    client.destroy();
  });
});

describe('a Standard Schema', () => {
  it('checks messages like a class', async () => {
    const sent = new SentMessages();
    const schema = z.object({ id: z.number().int() });
    const app = await Test.createTestingModule({ imports: [MessagingModule.forRoot({ queues: { orders: schema } })] })
      .overrideProvider(MessageSender)
      .useValue(sent)
      .compile();
    const queue = app.get<Queue<z.infer<typeof schema>>>(getQueueToken('orders'));
    await queue.send({ id: 1 });
    await expect(queue.send({ id: 1.5 })).rejects.toThrow('The message to queue "orders" was not sent: id: ');
    expect(sent.to('orders')).toMatchObject([{ content: { id: 1 } }]);
    await app.close();
  });
});

describe('SentMessages', () => {
  @Injectable()
  class Orders {
    constructor(
      @InjectQueue('orders') readonly queue: Queue<OrderPlaced | OrderCancelled>,
      @InjectTopic('news') readonly topic: Topic<OrderPlaced>,
      @InjectEventBus('shop') readonly bus: EventBus<OrderPlaced>,
    ) {}
  }

  async function start() {
    const sent = new SentMessages();
    const module = MessagingModule.forRoot({
      queues: { orders: { types: { placed: OrderPlaced, cancelled: OrderCancelled } } },
      topics: { news: OrderPlaced },
      buses: { shop: { source: 'shop', message: OrderPlaced } },
    });
    const app = await Test.createTestingModule({ imports: [module], providers: [Orders] })
      .overrideProvider(MessageSender)
      .useValue(sent)
      .compile();
    return { app, sent, orders: app.get(Orders) };
  }

  it('keeps what is sent, without variables or clients', async () => {
    const { app, sent, orders } = await start();
    const receipts = await orders.queue.sendAll([{ id: 1 }, { id: 2 }], {
      type: 'placed',
      attributes: { tenant: 'a' },
    });
    await orders.topic.send({ id: 3 });
    await orders.bus.send({ id: 4 }, { type: 'OrderPlaced' });
    expect(receipts).toEqual([{ messageId: 'message-1' }, { messageId: 'message-2' }]);
    expect(sent.to('orders')).toEqual([
      { kind: 'queue', name: 'orders', content: { id: 1 }, type: 'placed', attributes: { tenant: 'a' } },
      { kind: 'queue', name: 'orders', content: { id: 2 }, type: 'placed', attributes: { tenant: 'a' } },
    ]);
    expect(sent.to('news')).toEqual([{ kind: 'topic', name: 'news', content: { id: 3 }, attributes: {} }]);
    expect(sent.all.at(-1)).toMatchObject({ kind: 'bus', name: 'shop', type: 'OrderPlaced', content: { id: 4 } });
    await app.close();
  });

  it('refuses what a queue would', async () => {
    const { app, sent, orders } = await start();
    await expect(orders.queue.send({ id: 1 }, { type: 'cancelled' })).rejects.toThrow('reason must be an integer');
    expect(sent.all).toEqual([]);
    await app.close();
  });

  it('counts the bytes that AWS counts', async () => {
    const { app, sent, orders } = await start();
    const attributes = { tenant: 'x'.repeat(1024 * 1024) };
    await expect(orders.queue.send({ id: 1 }, { type: 'placed', attributes })).rejects.toThrow('1048576 are allowed');
    await expect(orders.topic.send({ id: 1 }, { attributes })).rejects.toThrow('1048576 are allowed');
    expect(sent.all).toEqual([]);
    await app.close();
  });

  it('shows the trace that a message continues, if there is one', async () => {
    const { app, sent, orders } = await start();
    setTraceContext(() => ({
      traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
      tracestate: 'a=b',
    }));
    await orders.topic.send({ id: 3 });
    expect(sent.to('news')[0]?.attributes).toEqual({
      traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
      tracestate: 'a=b',
    });
    await app.close();
  });
});
