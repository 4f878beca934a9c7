import { IsInt, IsOptional, IsString } from 'class-validator';
import { LambdaApplication } from '../../src/application/lambda-application.js';
import { IdempotencyModule } from '../../src/aws/idempotency/idempotency-module.js';
import { ParametersModule } from '../../src/aws/parameters/parameters-module.js';
import { Env, FromParameter, FromSecret } from '../../src/config/config-decorators.js';
import { ConfigModule } from '../../src/config/config-module.js';
import {
  OnDynamoDb,
  OnEventBridge,
  OnKafka,
  OnKinesis,
  OnMq,
  OnS3,
  OnSchedule,
  OnSns,
  OnSqs,
  OnWebSocket,
} from '../../src/decorators/consumers.js';
import { Module } from '../../src/decorators/module.js';
import { Controller, Get } from '../../src/decorators/routes.js';
import { type DeploymentFacts, deploymentFacts } from '../../src/deployment/deployment-facts.js';
import { MessagingModule } from '../../src/messaging/messaging-module.js';
import { LargePayloads } from '../../src/messaging/payloads/large-payloads.js';
import { PayloadBucket } from '../../src/messaging/payloads/payload-bucket.js';
import { RateLimitModule } from '../../src/rate-limit/rate-limit-module.js';
import type { ModuleMetadata } from '../../src/shared/module.js';

const FUNCTIONS = { api: { source: 'src/api.ts', folder: 'bundle', handler: 'api.handler' } };

function factsOf(metadata: ModuleMetadata): Promise<DeploymentFacts> {
  @Module(metadata)
  class AppModule {}
  return deploymentFacts(LambdaApplication.describe(AppModule), FUNCTIONS);
}

const HERE = '${Region}:${Account}';

test('an application without anything has facts without anything', async () => {
  expect(await factsOf({})).toEqual({
    version: 1,
    functions: FUNCTIONS,
    routes: [],
    lazy: [],
    subscriptions: [],
    schedules: [],
    destinations: [],
    tables: [],
    buckets: [],
    permissions: [],
    variables: [],
  });
});

test('routes and consumers say what invokes the function, with the settings that follow from decorators', async () => {
  @Controller('orders')
  class Orders {
    @Get(':id') get() {}
    @OnSqs('orders') ship() {}
    @OnSqs('returns-*') takeBack() {}
    @OnSns('alerts') warn() {}
    @OnDynamoDb() project() {}
    @OnS3({ bucket: 'uploads', event: 'ObjectCreated:*' }) scan() {}
    @OnEventBridge({ source: 'shop' }) paid() {}
    @OnSchedule('existing') existing() {}
  }
  const { routes, subscriptions, permissions } = await factsOf({ controllers: [Orders] });
  expect(routes).toEqual([{ method: 'GET', path: '/orders/:id', handler: 'Orders.get' }]);
  const REPORTS = { FunctionResponseTypes: ['ReportBatchItemFailures'] };
  expect(subscriptions).toEqual([
    { source: 'sqs', name: 'orders', handlers: ['Orders.ship'], settings: REPORTS },
    { source: 'sqs', name: 'returns-*', handlers: ['Orders.takeBack'], settings: REPORTS },
    { source: 'sns', name: 'alerts', handlers: ['Orders.warn'], settings: {} },
    {
      source: 'dynamodb',
      name: null,
      handlers: ['Orders.project'],
      settings: { StartingPosition: 'TRIM_HORIZON', ...REPORTS },
    },
    { source: 's3', name: 'uploads', handlers: ['Orders.scan'], settings: { Events: ['s3:ObjectCreated:*'] } },
    {
      source: 'eventbridge',
      name: null,
      handlers: ['Orders.paid'],
      settings: { EventPattern: { source: ['shop'] } },
    },
    { source: 'schedule', name: 'existing', handlers: ['Orders.existing'], settings: {} },
  ]);
  expect(permissions.map(({ actions, resource }) => [actions[0], resource])).toEqual([
    ['sqs:ReceiveMessage', `arn:\${Partition}:sqs:${HERE}:orders`],
    ['sqs:ReceiveMessage', `arn:\${Partition}:sqs:${HERE}:returns-*`],
    ['dynamodb:DescribeStream', null],
  ]);
});

test('streams, topics of Kafka, queues of brokers and WebSocket routes have the settings of their sources', async () => {
  class Jobs {
    @OnKinesis('clicks') count() {}
    @OnKafka('payments') book() {}
    @OnKafka() audit() {}
    @OnMq('letters') send() {}
    @OnMq() keep() {}
    @OnWebSocket('say') say() {}
  }
  const { subscriptions, permissions } = await factsOf({ providers: [Jobs] });
  expect(permissions.filter(({ resource }) => resource === '*').map(({ actions }) => actions)).toEqual([
    expect.arrayContaining(['ec2:CreateNetworkInterface', 'ec2:DescribeVpcs']),
  ]);
  const stream = { StartingPosition: 'TRIM_HORIZON', FunctionResponseTypes: ['ReportBatchItemFailures'] };
  expect(subscriptions.map(({ source, name, settings }) => [source, name, settings])).toEqual([
    ['kinesis', 'clicks', stream],
    ['kafka', 'payments', { Topics: ['payments'], ...stream }],
    ['kafka', null, stream],
    ['mq', 'letters', { Queues: ['letters'] }],
    ['mq', null, {}],
    ['websocket', 'say', { RouteKey: 'say' }],
  ]);
});

test('schedules that decorators declare are apart, ready for EventBridge Scheduler', async () => {
  class Jobs {
    @OnSchedule({ cron: '0 3 * * ? *', timezone: 'Europe/Berlin' }) nightly() {}
    @OnSchedule({ rate: '1 hour', name: 'hourly-*', input: { all: true } }) hourly() {}
  }
  const { schedules, subscriptions } = await factsOf({ providers: [Jobs] });
  expect(subscriptions).toEqual([]);
  expect(schedules).toEqual([
    {
      name: 'Jobs.nightly',
      expression: 'cron(0 3 * * ? *)',
      timezone: 'Europe/Berlin',
      input: null,
      handlers: ['Jobs.nightly'],
    },
    {
      name: 'hourly-*',
      expression: 'rate(1 hour)',
      timezone: null,
      input: expect.stringContaining('"detail":{"all":true}') as unknown,
      handlers: ['Jobs.hourly'],
    },
  ]);
});

test('destinations bring a variable each, and the right to send to them and to nothing else', async () => {
  class Placed {
    @IsString() id!: string;
  }
  const messaging = MessagingModule.forRoot({
    queues: { 'orders.fifo': Placed },
    topics: { news: Placed },
    buses: { default: { source: 'shop', message: Placed } },
  });
  const { destinations, permissions, variables } = await factsOf({ imports: [messaging] });
  expect(destinations).toEqual([
    { kind: 'queue', name: 'orders.fifo', variable: 'ORDERS_QUEUE_URL' },
    { kind: 'topic', name: 'news', variable: 'NEWS_TOPIC_ARN' },
    { kind: 'bus', name: 'default', variable: 'DEFAULT_BUS_NAME' },
  ]);
  expect(permissions).toEqual([
    {
      actions: ['sqs:SendMessage'],
      resource: `arn:\${Partition}:sqs:${HERE}:orders.fifo`,
      reason: 'queue "orders.fifo"',
    },
    { actions: ['sns:Publish'], resource: `arn:\${Partition}:sns:${HERE}:news`, reason: 'topic "news"' },
    {
      actions: ['events:PutEvents'],
      resource: `arn:\${Partition}:events:${HERE}:event-bus/default`,
      reason: 'bus "default"',
    },
  ]);
  expect(variables.map(({ name, optional, secret }) => [name, optional, secret])).toEqual([
    ['ORDERS_QUEUE_URL', false, false],
    ['NEWS_TOPIC_ARN', false, false],
    ['DEFAULT_BUS_NAME', true, false],
  ]);
});

test('the tables of modules are told, with what they do there', async () => {
  const imports = [
    IdempotencyModule.forRoot({ tableName: 'keys', sortKeyAttr: 'part' }),
    RateLimitModule.forRoot({ store: { table: 'limits' } }),
  ];
  const { tables, permissions } = await factsOf({ imports });
  expect(tables).toEqual([
    { purpose: 'idempotency', name: 'keys', key: 'id', sortKey: 'part', timeToLive: 'expiration' },
    { purpose: 'rate-limit', name: 'limits', key: 'id', sortKey: null, timeToLive: 'expiration' },
  ]);
  expect(permissions.map(({ actions, resource }) => [actions, resource])).toEqual([
    [
      ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
      `arn:\${Partition}:dynamodb:${HERE}:table/keys`,
    ],
    [['dynamodb:UpdateItem'], `arn:\${Partition}:dynamodb:${HERE}:table/limits`],
  ]);
});

test('a table in memory is none, and one whose name only the function knows has no name', async () => {
  const unknown = [
    IdempotencyModule.forRootAsync({ useFactory: () => ({ tableName: 'keys' }) }),
    RateLimitModule.forRootAsync({ useFactory: () => ({ store: 'memory' }) }),
  ];
  const imports = [RateLimitModule.forRoot({ store: 'memory' }), ...unknown];
  const { tables, permissions } = await factsOf({ imports });
  expect(tables).toMatchObject([
    { purpose: 'idempotency', name: null },
    { purpose: 'rate-limit', name: null },
  ]);
  expect(permissions).toMatchObject([{ resource: null }, { actions: ['dynamodb:UpdateItem'], resource: null }]);
});

test('a configuration brings its variables, and the right to read each parameter and secret once', async () => {
  class ShopConfig {
    @IsString() tableName!: string;
    @IsInt() limit = 5;
    @IsOptional() @IsString() label?: string;
    @Env({ secret: true }) apiKey!: string;
    @Env('AWS_LAMBDA_FUNCTION_NAME') functionName!: string;
    @FromParameter('/shop/limit:3') stock!: number;
    @FromSecret('shop/database', { key: 'user' }) user!: string;
    @FromSecret('shop/database', { key: 'password' }) password!: string;
    @FromSecret('arn:aws:secretsmanager:eu-west-1:123456789012:secret:other-AbCdEf') other!: string;
  }
  const { permissions, variables } = await factsOf({ imports: [ConfigModule.forRoot(ShopConfig)] });
  expect(variables).toEqual([
    { name: 'LIMIT', reason: 'ShopConfig.limit', optional: true, secret: false },
    { name: 'API_KEY', reason: 'ShopConfig.apiKey', optional: false, secret: true },
    { name: 'TABLE_NAME', reason: 'ShopConfig.tableName', optional: false, secret: false },
    { name: 'LABEL', reason: 'ShopConfig.label', optional: true, secret: false },
  ]);
  expect(permissions.map(({ actions, resource }) => [actions, resource])).toEqual([
    [['ssm:GetParameter'], `arn:\${Partition}:ssm:${HERE}:parameter/shop/limit`],
    [['secretsmanager:GetSecretValue'], `arn:\${Partition}:secretsmanager:${HERE}:secret:shop/database-??????`],
    [['secretsmanager:GetSecretValue'], 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:other-AbCdEf'],
  ]);
});

test('parameters below the path of the module are fetched together, and need another right', async () => {
  class ShopConfig {
    @FromParameter('limit') limit!: number;
    @FromParameter('/shop/prod/deep/rate') rate!: number;
    @FromParameter('stock:3') stock!: number;
    @FromParameter('/shop/production') other!: string;
    @FromParameter('arn:aws:ssm:eu-west-1:123456789012:parameter/shared:2') shared!: string;
    @FromSecret('arn:aws:secretsmanager:eu-west-1:123456789012:secret:partial') partial!: string;
  }
  const imports = [ParametersModule.forRoot({ path: '/shop/prod' }), ConfigModule.forRoot(ShopConfig)];
  const { permissions } = await factsOf({ imports });
  expect(permissions.map(({ actions, resource }) => [...actions, resource])).toEqual([
    ['ssm:GetParametersByPath', `arn:\${Partition}:ssm:${HERE}:parameter/shop/prod/*`],
    ['ssm:GetParameter', `arn:\${Partition}:ssm:${HERE}:parameter/shop/prod/stock`],
    ['ssm:GetParameter', `arn:\${Partition}:ssm:${HERE}:parameter/shop/production`],
    ['ssm:GetParameter', 'arn:aws:ssm:eu-west-1:123456789012:parameter/shared'],
    ['secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:partial-??????'],
  ]);
});

test('buckets of large payloads are written by senders and read by consumers, under their prefixes', async () => {
  class Order {
    @IsString() id!: string;
  }
  const payloads = new PayloadBucket('order-payloads', { prefix: 'orders/' });
  @Controller()
  class Orders {
    @OnSqs('orders') @LargePayloads(payloads, new PayloadBucket('before')) ship() {}
    @OnSns('orders') @LargePayloads(payloads) tell() {}
  }
  const declaration = { message: Order, largePayloads: payloads };
  const messaging = MessagingModule.forRoot({ queues: { orders: declaration }, topics: { orders: declaration } });
  const { buckets, permissions, variables } = await factsOf({ imports: [messaging], controllers: [Orders] });
  const own = { name: 'order-payloads', prefix: 'orders/', variable: 'ORDER_PAYLOADS_BUCKET' };
  expect(buckets).toEqual([
    { ...own, access: 'write' },
    { ...own, access: 'read' },
    { name: 'before', prefix: '', variable: 'BEFORE_BUCKET', access: 'read' },
  ]);
  const reason = 'bucket "order-payloads", keys orders/*';
  expect(permissions.filter(({ actions }) => actions[0]!.startsWith('s3:'))).toEqual([
    { actions: ['s3:PutObject'], resource: null, reason },
    { actions: ['s3:GetObject'], resource: null, reason },
    { actions: ['s3:GetObject'], resource: null, reason: 'bucket "before"' },
  ]);
  expect(variables.map(({ name }) => name)).toEqual([
    'ORDERS_QUEUE_URL',
    'ORDERS_TOPIC_ARN',
    'ORDER_PAYLOADS_BUCKET',
    'BEFORE_BUCKET',
  ]);
});
