import { DevCommands } from './dev-command.js';

const commands = new DevCommands();
const dev = commands.start;

afterEach(commands.end);

const handler = (word: string) => `
  import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
  const client = new SQSClient({});
  export const handler = async (event: { Records?: { body: string; eventSourceARN: string }[] }) => {
    for (const { body, eventSourceARN } of event.Records ?? []) console.log('${word}', body, eventSourceARN.split(':').at(-1));
    if (event.Records) return { batchItemFailures: [] };
    await client.send(new SendMessageCommand({ QueueUrl: process.env.ORDER_ITEMS_QUEUE_URL, MessageBody: 'm1' }));
    return 'sent';
  };`;

describe('queues', () => {
  test('deliver what the application sends, and outlive it', async () => {
    const command = dev({ 'src/handler.ts': handler('took') }, ['--queues', 'order-items, audit.fifo']);
    await command.answers('sent');
    await command.printed(/took m1 order-items/);
    command.workshop.write('src/handler.ts', handler('then took'));
    await command.printed(/Handler ready[^]*Handler ready/);
    await command.answers('sent');
    await command.printed(/then took m1 order-items/);
  });

  test('keep their messages while the function does not run', async () => {
    const command = dev({ 'src/handler.ts': 'export const handler = async () => process.env.ORDERS_QUEUE_URL;' }, [
      '--queues',
      'orders',
    ]);
    await command.answers('http');
    const url = await command.get();
    command.workshop.write('src/handler.ts', 'export const handler = (;');
    await command.answers('PARSE_ERROR');
    const send = {
      method: 'POST',
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.SendMessage' },
    };
    const sent = await fetch(url, { ...send, body: JSON.stringify({ QueueUrl: url, MessageBody: 'kept' }) });
    expect(sent.status).toBe(200);
    command.workshop.write('src/handler.ts', handler('took'));
    await command.printed(/took kept orders/);
    expect(command.output).not.toContain('Queue orders: ');
  });

  test('are delivered to the function that consumes them', async () => {
    const functions = { api: 'src/api.ts', jobs: 'src/jobs.ts' };
    const command = dev(
      {
        'package.json': JSON.stringify({ name: 'shop', type: 'module', lambent: { functions } }),
        'src/api.ts': handler('api took').replaceAll('ORDER_ITEMS', 'ORDERS'),
        'src/jobs.ts': `import 'reflect-metadata';
          import { Body, Injectable, LambdaApplication, Module, OnSqs } from 'lambent';
          @Injectable() class Jobs { @OnSqs('orders') take(@Body() body: unknown) { console.log('jobs took', body); } }
          @Module({ providers: [Jobs] }) class JobsModule {}
          export const { handler } = await LambdaApplication.create(JobsModule).ready();`,
      },
      ['--queues', 'orders'],
    );
    await command.answers('sent');
    await command.printed(/\[jobs\] jobs took m1/);
    expect(command.stdout).not.toContain('api took');
  });
});

const SHOP = `import 'reflect-metadata';
  import { IsString } from 'class-validator';
  import { Body, Controller, Injectable, LambdaApplication, Module, OnEventBridge, OnSns, OnSqs, Post } from 'lambent';
  import { EventBus, InjectEventBus, InjectQueue, InjectTopic, MessagingModule, Queue, Topic } from 'lambent/messaging';
  class Order { @IsString() id!: string; }
  @Controller() class Orders {
    @InjectQueue('orders') orders!: Queue<Order>;
    @InjectQueue('audit') audit!: Queue<Order>;
    @InjectTopic('news') news!: Topic<Order>;
    @InjectEventBus('shop') shop!: EventBus<Order>;
    @Post() async place(@Body() order: Order) {
      await this.orders.send(order);
      await this.audit.send(order);
      await this.news.send(order);
      await this.shop.send(order, { type: 'Placed' });
      return 'sent';
    }
  }
  @Injectable() class Consumers {
    @OnSqs('orders') ship({ id }: Order) { console.log('shipped', id); }
    @OnSns('news') read({ id }: Order) { console.log('read', id); }
    @OnEventBridge({ source: 'shop.orders' }) placed({ id }: Order) { console.log('placed', id); }
    /* more */
  }
  const queues = { orders: Order, audit: Order };
  const buses = { shop: { source: 'shop.orders', types: { Placed: Order, Cancelled: Order } } };
  @Module({
    imports: [MessagingModule.forRoot({ queues, topics: { news: Order }, buses })],
    controllers: [Orders], providers: [Consumers],
  }) class AppModule {}
  export const { handler } = await LambdaApplication.create(AppModule).ready();`;

const post = async (url: string) =>
  (await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"id":"o1"}' })).text();

describe('what an application declares', () => {
  test('is emulated: messages to its queues, topics and buses reach its consumers', async () => {
    const command = dev({ 'src/handler.ts': SHOP });
    expect(await post(await command.url())).toBe('"sent"');
    await command.printed(/shipped o1/);
    await command.printed(/read o1/);
    await command.printed(/placed o1/);
  });

  test('has a bucket for its large payloads', async () => {
    const payloads = "{ message: Order, largePayloads: new PayloadBucket('payloads', { threshold: 0 }) }";
    const shop = SHOP.replace('queues = { orders: Order', `queues = { orders: ${payloads}`)
      .replace("@OnSqs('orders')", "@OnSqs('orders') @LargePayloads(new PayloadBucket('payloads'))")
      .replace('InjectTopic, MessagingModule', 'InjectTopic, LargePayloads, MessagingModule, PayloadBucket');
    const command = dev({ 'src/handler.ts': shop });
    expect(await post(await command.url())).toBe('"sent"');
    await command.printed(/Buckets on http:\/\/127\.0\.0\.1:\d+\s+payloads/);
    await command.printed(/shipped o1/);
  });

  test('is kept in queues until a consumer is written', async () => {
    const command = dev({ 'src/handler.ts': SHOP });
    expect(await post(await command.url())).toBe('"sent"');
    await command.printed(/shipped o1/);
    const audit = "@OnSqs('audit') audit({ id }: Order) { console.log('audited', id); }";
    command.workshop.write('src/handler.ts', SHOP.replace('/* more */', audit));
    await command.printed(/audited o1/);
    expect(command.output).not.toContain('No consumer takes');
  });

  test('is told of if nothing takes it', async () => {
    const command = dev({ 'src/handler.ts': SHOP.replace("@OnSns('news')", "@OnSns('other')") });
    expect(await post(await command.url())).toBe('"sent"');
    await command.printed(/No consumer takes what was sent to topic "news": \{/);
  });

  test('is not delivered from a FIFO topic, which invokes no functions on AWS', async () => {
    const shop = SHOP.replaceAll("'news'", "'news.fifo'")
      .replace('topics: { news:', "topics: { 'news.fifo':")
      .replace('this.news.send(order)', "this.news.send(order, { groupId: 'o', deduplicationId: order.id })");
    const command = dev({ 'src/handler.ts': shop });
    await post(await command.url());
    await command.printed(/Topic "news\.fifo" invokes no function: FIFO topics deliver to SQS queues only/);
    expect(command.output).not.toContain('read o1');
  });

  test('is found by another function', async () => {
    const functions = { api: 'src/api.ts', shop: 'src/shop.ts' };
    const command = dev(
      {
        'package.json': JSON.stringify({ name: 'shop', type: 'module', lambent: { functions } }),
        'src/api.ts': handler('api took').replaceAll('ORDER_ITEMS', 'ORDERS'),
        'src/shop.ts': SHOP.replace('ship({ id }: Order)', 'ship(@Body() id: unknown)').replace(
          "'shop.orders', t",
          "'a', t",
        ),
      },
      ['--function', 'api'],
    );
    await command.printed(/\[shop\] Handler ready/);
    await command.answers('sent');
    await command.printed(/\[shop\] shipped m1/);
  });

  test('and what you have set is yours', async () => {
    const url = 'http://127.0.0.1:1/123456789012/orders';
    const command = dev({ 'src/handler.ts': SHOP.replace("return 'sent'", 'return process.env') }, [], {
      ORDERS_QUEUE_URL: url,
    });
    expect(await post(await command.url())).toContain('Internal Server Error');
    await command.printed(/ECONNREFUSED 127\.0\.0\.1:1/);
  });
});
