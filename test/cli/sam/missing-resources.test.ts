import { samResources } from '../../../src/cli/sam/missing-resources.js';
import { samStatements, samVariables, unknownResources } from '../../../src/cli/sam/sam-grants.js';
import { SamTemplate } from '../../../src/cli/sam/sam-template.js';
import { subscriptionsOf } from '../../../src/deployment/subscription.js';

const consumers: readonly { source: string; criteria: Record<string, string> }[] = [
  { source: 'sqs', criteria: { queue: 'orders' } },
  { source: 'sqs', criteria: { queue: 'jobs.fifo' } },
  { source: 'sqs', criteria: { queue: 'many-*' } },
  { source: 'sns', criteria: { topic: 'news' } },
  { source: 'kinesis', criteria: { stream: 'clicks' } },
  { source: 's3', criteria: { bucket: 'photos' } },
];
const described = consumers.map((one) => ({ ...one, handler: 'Shop.take' }));

const application = {
  consumers: described,
  requestsVia: [],
  sends: [
    { kind: 'queue', name: 'orders', variable: 'ORDERS_QUEUE_URL' },
    { kind: 'queue', name: 'mails', variable: 'MAILS_QUEUE_URL' },
    { kind: 'bus', name: 'default', variable: 'DEFAULT_BUS_NAME' },
    { kind: 'bus', name: 'shop', variable: 'SHOP_BUS_NAME' },
  ],
  uses: [
    { kind: 'table', purpose: 'idempotency', name: 'keys', key: 'pk', sortKey: 'sk' },
    { kind: 'table', purpose: 'rate-limit', name: undefined, key: 'id', sortKey: undefined },
    { kind: 'bucket', name: 'order-payloads', prefix: 'orders/', access: 'write' },
    { kind: 'bucket', name: 'order-payloads', prefix: 'orders/', access: 'read' },
  ],
} as never;

const resources = (template = '') =>
  samResources(application, subscriptionsOf(described), new SamTemplate('template.yaml', template));

test('a template lacks what the application uses, and a consumed queue has its dead letters', () => {
  const found = resources();
  expect(Object.entries(found).map(([name, { Type }]) => [name, Type])).toEqual([
    ['OrdersQueue', 'AWS::SQS::Queue'],
    ['OrdersQueueDeadLetters', 'AWS::SQS::Queue'],
    ['JobsFifoQueue', 'AWS::SQS::Queue'],
    ['JobsFifoQueueDeadLetters', 'AWS::SQS::Queue'],
    ['NewsTopic', 'AWS::SNS::Topic'],
    ['ClicksStream', 'AWS::Kinesis::Stream'],
    ['MailsQueue', 'AWS::SQS::Queue'],
    ['ShopBus', 'AWS::Events::EventBus'],
    ['IdempotencyTable', 'AWS::DynamoDB::Table'],
    ['RateLimitTable', 'AWS::DynamoDB::Table'],
    ['OrderPayloadsBucket', 'AWS::S3::Bucket'],
  ]);
  expect(found['OrderPayloadsBucket']!.Properties).toMatchObject({
    PublicAccessBlockConfiguration: { BlockPublicPolicy: true },
    LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ExpirationInDays: 30 }] },
  });
  expect(found['OrdersQueue']!.Properties).toEqual({
    QueueName: 'orders',
    VisibilityTimeout: 180,
    RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': 'OrdersQueueDeadLetters.Arn' }, maxReceiveCount: 5 },
  });
  expect(found['MailsQueue']!.Properties).toEqual({ QueueName: 'mails' });
  expect(found['JobsFifoQueueDeadLetters']!.Properties).toMatchObject({ FifoQueue: true });
});

const string = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' });

test('a table has the keys that its module uses, and the name that it asks for', () => {
  const { IdempotencyTable, RateLimitTable } = resources();
  expect(IdempotencyTable!.Properties).toMatchObject({
    TableName: 'keys',
    AttributeDefinitions: [string('pk'), string('sk')],
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    TimeToLiveSpecification: { AttributeName: 'expiration', Enabled: true },
  });
  expect(RateLimitTable!.Properties).toMatchObject({
    AttributeDefinitions: [string('id')],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  });
  expect(RateLimitTable!.Properties).not.toHaveProperty('TableName');
});

test('what the template has is left out', () => {
  const names = Object.keys(
    resources('Resources:\n  OrdersQueue:\n    Type: AWS::SQS::Queue\n  RateLimitTable:\n    Type: x\n'),
  );
  expect(names).not.toContain('OrdersQueue');
  expect(names).not.toContain('OrdersQueueDeadLetters');
  expect(names).not.toContain('RateLimitTable');
  expect(names).toContain('MailsQueue');
});

test('a bucket of the template is written and read under its prefix only', () => {
  const template = new SamTemplate('template.yaml', 'Resources:\n  OrderPayloadsBucket:\n    Type: AWS::S3::Bucket\n');
  const ofBucket = samStatements(application, template).filter(({ Action }) => Action[0]?.startsWith('s3:'));
  const Resource = { 'Fn::Sub': '${OrderPayloadsBucket.Arn}/orders/*' };
  expect(ofBucket).toEqual([
    { Effect: 'Allow', Action: ['s3:PutObject'], Resource },
    { Effect: 'Allow', Action: ['s3:GetObject'], Resource },
  ]);
  expect(samVariables(application, template)).toMatchObject({ ORDER_PAYLOADS_BUCKET: { Ref: 'OrderPayloadsBucket' } });
  expect(unknownResources(application, template).join('\n')).not.toContain('bucket');
});

test('a bucket that is elsewhere gets no right and no variable, and is told of', () => {
  const template = new SamTemplate('template.yaml', '');
  expect(samVariables(application, template)).not.toHaveProperty('ORDER_PAYLOADS_BUCKET');
  expect(JSON.stringify(samStatements(application, template))).not.toContain('s3:');
  expect(unknownResources(application, template)).toContain(
    'The bucket order-payloads is not known here. Declare it as the resource OrderPayloadsBucket, or allow ' +
      's3:PutObject on its objects orders/* and set ORDER_PAYLOADS_BUCKET yourself.',
  );
});

const statementsOf = (...consuming: readonly object[]): string =>
  JSON.stringify(samStatements({ consumers: consuming, sends: [], uses: [] } as never, new SamTemplate('t.yaml', '')));

test('a function that reads a broker may use the network, which SAM does not grant', () => {
  expect(statementsOf({ source: 'mq', criteria: { queue: 'letters' }, handler: 'A.b' })).toMatch(
    /"ec2:CreateNetworkInterface".*"Resource":"\*"/,
  );
  expect(statementsOf(...described)).not.toContain('ec2:');
});
