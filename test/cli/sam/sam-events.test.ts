import { samEvents } from '../../../src/cli/sam/sam-events.js';
import { SamTemplate } from '../../../src/cli/sam/sam-template.js';
import { OnSchedule } from '../../../src/decorators/consumers.js';
import { subscriptionsOf } from '../../../src/deployment/subscription.js';
import type { Schedule } from '../../../src/shared/schedule.js';
import { consumerApp, invoke } from '../../contracts/invocation-source.js';
import { captureStdout } from '../../logging/captured-stdout.js';

type Told = readonly [source: string, criteria?: Readonly<Record<string, string>>];

function told(consumers: readonly Told[], text = '', ownEvents: readonly string[] = []) {
  const template = new SamTemplate('template.yaml', text);
  const described = consumers.map(([source, criteria = {}]) => ({ source, criteria, handler: 'Shop.take' }));
  const { events, notes, missing } = samEvents(subscriptionsOf(described), template, new Set(ownEvents));
  return {
    events: Object.fromEntries(events.map(({ name, type, properties }) => [name, { type, properties }])),
    notes,
    missing,
  };
}

const ARN = (rest: string): object => ({ 'Fn::Sub': `arn:\${AWS::Partition}:${rest}` });
const REPORTS = { FunctionResponseTypes: ['ReportBatchItemFailures'] };
const HERE = '${AWS::Region}:${AWS::AccountId}';

beforeEach(() => void captureStdout());
afterEach(() => jest.restoreAllMocks());

test('queues, topics and streams are known by their name, and told of single failures where they can be', () => {
  const { events, notes, missing } = told([
    ['sqs', { queue: 'orders.fifo' }],
    ['sns', { topic: 'alerts' }],
    ['kinesis', { stream: 'page-clicks' }],
  ]);
  expect(events).toEqual({
    OrdersFifoQueue: { type: 'SQS', properties: { Queue: ARN(`sqs:${HERE}:orders.fifo`), ...REPORTS } },
    AlertsTopic: { type: 'SNS', properties: { Topic: ARN(`sns:${HERE}:alerts`) } },
    PageClicksStream: {
      type: 'Kinesis',
      properties: { Stream: ARN(`kinesis:${HERE}:stream/page-clicks`), StartingPosition: 'TRIM_HORIZON', ...REPORTS },
    },
  });
  expect([notes, missing]).toEqual([[], []]);
});

test.each([
  ['sqs', { queue: 'orders' }, 'OrdersQueue', 'AWS::SQS::Queue', { Queue: { 'Fn::GetAtt': 'OrdersQueue.Arn' } }],
  ['sns', { topic: 'orders' }, 'OrdersTopic', 'AWS::SNS::Topic', { Topic: { Ref: 'OrdersTopic' } }],
  [
    'kinesis',
    { stream: 'orders' },
    'OrdersStream',
    'AWS::Kinesis::Stream',
    { Stream: { 'Fn::GetAtt': 'OrdersStream.Arn' } },
  ],
] as const)(
  '%s events refer to the resource of the template, if it has their type',
  (source, criteria, name, type, own) => {
    const properties = (template: string) => told([[source, criteria]], template).events[name]!.properties;
    expect(properties(`Resources:\n  ${name}:\n    Type: ${type}\n`)).toMatchObject(own);
    const byName = properties('');
    expect(JSON.stringify(byName)).toContain('Fn::Sub');
    expect(properties(`Resources:\n  ${name}:\n    Type: AWS::S3::Bucket\n`)).toEqual(byName);
    expect(properties(`Parameters:\n  ${name}:\n    Type: String\n`)).toEqual(byName);
  },
);

test('what carries events or requests has the event, and what it carries has none', () => {
  const template = new SamTemplate('template.yaml', '');
  const consumers = [
    { source: 's3', criteria: { bucket: 'uploads' }, handler: 'Uploads.take', via: { sqs: 'uploads' } },
    { source: 'sns', criteria: {}, handler: 'Mails.send', via: { sqs: 'uploads' } },
    { source: 'schedule', criteria: { rule: 'nightly' }, handler: 'Nights.run', via: { sns: 'nights' } },
  ] as const;
  const { events, notes, missing } = samEvents(
    subscriptionsOf(consumers, [
      { source: 'sqs', name: 'api' },
      { source: 'sqs', name: 'api-*' },
    ]),
    template,
    new Set(),
  );
  expect(events.map(({ name, type }) => [name, type])).toEqual([
    ['UploadsQueue', 'SQS'],
    ['NightsTopic', 'SNS'],
    ['ApiQueue', 'SQS'],
  ]);
  expect([notes, missing]).toEqual([
    [expect.stringContaining('requestsVia (sqs, queue "api-*"): the decorator does not name one resource')],
    [],
  ]);
});

const declared = (rule: string, schedule: Partial<Schedule>) => {
  const template = new SamTemplate('template.yaml', '');
  const whole = { expression: 'rate(1 hour)', timezone: undefined, input: undefined, ...schedule };
  const consumers = [{ source: 'schedule', criteria: { rule }, handler: 'Job.run', schedule: whole }];
  const { events, notes, missing } = samEvents(subscriptionsOf(consumers), template, new Set());
  expect([notes, missing]).toEqual([[], []]);
  return events;
};

describe('a schedule that a decorator declares', () => {
  test('is one of EventBridge Scheduler, and needs nothing of the template', () => {
    expect(declared('nightly', { expression: 'cron(0 3 * * ? *)', timezone: 'Europe/Berlin' })).toEqual([
      {
        name: 'NightlySchedule',
        type: 'ScheduleV2',
        properties: {
          Name: 'nightly',
          ScheduleExpression: 'cron(0 3 * * ? *)',
          ScheduleExpressionTimezone: 'Europe/Berlin',
        },
      },
    ]);
  });

  test('has the name of its method, or that of the stack at its end', () => {
    expect(declared('ReportJob.run', {})).toMatchObject([{ name: 'ReportJobRunSchedule' }]);
    expect(declared('hourly-*', {})).toMatchObject([
      { name: 'HourlySchedule', properties: { Name: { 'Fn::Sub': 'hourly-${AWS::StackName}' } } },
    ]);
  });

  test('sends an event with its input, which comes to its method', async () => {
    const input = { month: 'last', '${AWS::Region}': ['"'] };
    const [event] = declared('nightly', { input });
    const seen: unknown[] = [];
    const app = consumerApp(OnSchedule({ rate: '1 hour', name: 'nightly', input }), (body) => seen.push(body));
    await invoke(app, JSON.parse(sentBy('nightly', event!.properties['Input'] as string)));
    expect(seen).toEqual([input]);
  });
});

/** Puts in what Scheduler does. */
function sentBy(name: string, input: string): string {
  return input
    .replace('<aws.scheduler.schedule-arn>', `arn:aws:scheduler:eu-west-1:123456789012:schedule/default/${name}`)
    .replace('<aws.scheduler.scheduled-time>', '2027-01-01T03:00:00Z')
    .replace('<aws.scheduler.execution-id>', 'd32c5ea2-2ea6-4c9b-b8a1-3f0c4ee2c9e1');
}

describe('the stream of a table', () => {
  const consumers: Told[] = [['dynamodb', { table: 'orders' }]];

  test.each([
    ['Resources:\n  OrdersTable:\n    Type: AWS::DynamoDB::Table\n', { 'Fn::GetAtt': 'OrdersTable.StreamArn' }],
    ['Parameters:\n  OrdersTableStreamArn:\n    Type: String\n', { Ref: 'OrdersTableStreamArn' }],
  ])('is that of the template: %j', (template, Stream) => {
    const { events, missing } = told(consumers, template);
    expect(events).toEqual({
      OrdersTable: { type: 'DynamoDB', properties: { Stream, StartingPosition: 'TRIM_HORIZON', ...REPORTS } },
    });
    expect(missing).toEqual([]);
  });

  test('is asked for where the template has neither', () => {
    expect(told(consumers, 'Outputs:\n  OrdersTableStreamArn:\n    Value: 1\n').missing).toHaveLength(1);
    expect(told(consumers, 'Resources:\n  Orders:\n').missing).toEqual([
      expect.stringMatching(/^Shop\.take \(dynamodb, table "orders"\): the table.*OrdersTableStreamArn$/),
    ]);
  });
});

test('what no name tells is a parameter, which the template has to have', () => {
  const consumers: Told[] = [
    ['kafka', { topic: 'clicks' }],
    ['mq', { queue: 'letters' }],
    ['schedule', { rule: 'nightly-report' }],
  ];
  const parameters = ['KafkaClusterArn', 'BrokerArn', 'BrokerSecretArn', 'NightlyReportSchedule'];
  const { events, missing } = told(
    consumers,
    ['Parameters:\n', ...parameters.map((name) => `  ${name}:\n    Type: String\n`)].join(''),
  );
  expect(missing).toEqual([]);
  expect(events).toEqual({
    ClicksKafkaTopic: {
      type: 'MSK',
      properties: expect.objectContaining({ Stream: { Ref: 'KafkaClusterArn' }, Topics: ['clicks'], ...REPORTS }),
    },
    LettersMqQueue: {
      type: 'MQ',
      properties: expect.objectContaining({ Broker: { Ref: 'BrokerArn' }, Queues: ['letters'] }),
    },
    NightlyReportSchedule: {
      type: 'Schedule',
      properties: { Schedule: { Ref: 'NightlyReportSchedule' }, Name: 'nightly-report' },
    },
  });
  expect(events['LettersMqQueue']!.properties).not.toHaveProperty('FunctionResponseTypes');
  expect(told(consumers).missing.map((what) => /parameter (\w+)/.exec(what)?.[1])).toEqual(parameters);
});

test('a bucket has to be in the template, and one rule brings all events of the bus', () => {
  const consumers: Told[] = [
    ['s3', { bucket: 'up.loads', event: 'ObjectCreated:*' }],
    ['eventbridge', { source: 'a' }],
    ['eventbridge', { source: 'b' }],
  ];
  const { events, missing } = told(consumers);
  expect(events).toEqual({
    UpLoadsBucket: { type: 'S3', properties: { Bucket: { Ref: 'UpLoadsBucket' }, Events: ['s3:ObjectCreated:*'] } },
    BusEvents: { type: 'EventBridgeRule', properties: { Pattern: { $or: [{ source: ['a'] }, { source: ['b'] }] } } },
  });
  expect(missing).toEqual([
    'Shop.take (s3, bucket "up.loads"): the bucket as the resource UpLoadsBucket, with BucketName: up.loads',
  ]);
});

test('names that would be the same are told apart', () => {
  const { events } = told([
    ['sqs', { queue: 'a-b' }],
    ['sqs', { queue: 'a_b' }],
  ]);
  expect(Object.keys(events)).toEqual(['ABQueue', 'ABQueue2']);
});

test("an event of that name that the function has by itself is the user's, and asks for nothing", () => {
  const { events, missing } = told(
    [
      ['schedule', { rule: 'nightly' }],
      ['sqs', { queue: 'orders' }],
    ],
    '',
    ['NightlySchedule'],
  );
  expect(Object.keys(events)).toEqual(['OrdersQueue']);
  expect(missing).toEqual([]);
});

test('what has no event is left to the user, with a word; what needs none is not mentioned', () => {
  const { events, notes } = told([
    ['sqs'],
    ['sqs', { queue: 'a-*' }],
    ['websocket', { route: 'say' }],
    ['firehose', { stream: 'clicks' }],
    ['alarm'],
    ['authorizer'],
    ['event'],
  ]);
  expect(events).toEqual({});
  expect(notes).toEqual([
    'Shop.take (sqs): the decorator does not name one resource. Add the event yourself.',
    'Shop.take (sqs, queue "a-*"): the decorator does not name one resource. Add the event yourself.',
    'Shop.take (websocket, route "say"): SAM has no event for WebSocket APIs. Declare the route as a resource.',
    'Shop.take (firehose, stream "clicks"): SAM has no event for Firehose. Name the function in the stream\'s ' +
      "ProcessingConfiguration, and allow the stream's role to invoke it.",
    "Shop.take (alarm): SAM has no event for alarms. Name the function in the alarm's AlarmActions, and allow " +
      'lambda.alarms.cloudwatch.amazonaws.com to invoke it with an AWS::Lambda::Permission.',
  ]);
});
