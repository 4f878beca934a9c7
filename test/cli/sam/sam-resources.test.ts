import { samResources } from '../../../src/cli/sam/sam-resources.js';
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
  sends: [
    { kind: 'queue', name: 'orders', variable: 'ORDERS_QUEUE_URL' },
    { kind: 'queue', name: 'mails', variable: 'MAILS_QUEUE_URL' },
    { kind: 'bus', name: 'default', variable: 'DEFAULT_BUS_NAME' },
    { kind: 'bus', name: 'shop', variable: 'SHOP_BUS_NAME' },
  ],
  uses: [{ kind: 'table', purpose: 'rate-limit', name: undefined }],
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
    ['RateLimitTable', 'AWS::DynamoDB::Table'],
  ]);
  expect(found['OrdersQueue']!.Properties).toEqual({
    QueueName: 'orders',
    VisibilityTimeout: 180,
    RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': 'OrdersQueueDeadLetters.Arn' }, maxReceiveCount: 5 },
  });
  expect(found['MailsQueue']!.Properties).toEqual({ QueueName: 'mails' });
  expect(found['JobsFifoQueueDeadLetters']!.Properties).toMatchObject({ FifoQueue: true });
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
