import { Duration, type Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { WebSocketApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { AttributeType, StreamViewType, Table, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus, Schedule } from 'aws-cdk-lib/aws-events';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { SubscriptionFilter, Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { matchSources } from '../../src/cdk/match-sources.js';
import type { EventSources } from '../../src/cdk/source-options.js';
import { sourceSettings } from '../../src/deployment/source-settings.js';
import type { DeployedConsumer } from '../../src/deployment/subscription.js';
import type { Schedule as DeclaredSchedule } from '../../src/shared/schedule.js';
import { newStack, plainFunction, propertiesOf } from './shop.js';

let stack: Stack;

beforeEach(() => {
  stack = newStack();
});

type Told = readonly [source: string, criteria?: Readonly<Record<string, string>>];

function connect(consumers: readonly Told[], sources: EventSources): void {
  const described = consumers.map(([source, criteria = {}], index): DeployedConsumer => ({
    source,
    criteria,
    handler: `Shop.take${index}`,
  }));
  matchSources(plainFunction(stack), sources, described);
}

const mappings = (): Record<string, unknown>[] => propertiesOf(stack, 'AWS::Lambda::EventSourceMapping');
const actions = (): string => JSON.stringify(propertiesOf(stack, 'AWS::IAM::Policy'));
const warnings = (): string => JSON.stringify(Annotations.fromStack(stack).findWarning('*', Match.anyValue()));
const queue = (name?: string): Queue =>
  new Queue(stack, name ?? 'Unnamed', name === undefined ? {} : { queueName: name });
const REPORTS = { FunctionResponseTypes: ['ReportBatchItemFailures'] };

describe('a queue', () => {
  test('has its mapping, which reports single failures, and the function may read it', () => {
    connect([['sqs', { queue: 'orders' }]], { queues: { orders: queue('orders') } });
    expect(mappings()).toEqual([expect.objectContaining(REPORTS)]);
    expect(actions()).toContain('sqs:DeleteMessage');
    expect(warnings()).toBe('[]');
  });

  test('may bring settings of its mapping', () => {
    connect([['sqs', { queue: 'orders' }]], {
      queues: { orders: { from: queue('orders'), batchSize: 5, maxConcurrency: 3 } },
    });
    expect(mappings()).toEqual([
      expect.objectContaining({ ...REPORTS, BatchSize: 5, ScalingConfig: { MaximumConcurrency: 3 } }),
    ]);
  });

  test('is consumed by a pattern, as others of the kind are', () => {
    const queues = { 'returns-eu': queue('returns-eu'), 'returns-us': queue('returns-us') };
    connect([['sqs', { queue: 'returns-*' }]], { queues });
    expect(mappings()).toHaveLength(2);
  });

  test('may have any name where the decorator has none', () => {
    connect([['sqs']], { queues: { whichever: queue() } });
    expect(mappings()).toHaveLength(1);
    expect(warnings()).toBe('[]');
  });

  test('that two consumers match has one mapping', () => {
    connect([['sqs', { queue: 'orders' }], ['sqs']], { queues: { orders: queue('orders') } });
    expect(mappings()).toHaveLength(1);
  });

  test('of another stack is known by its ARN', () => {
    const imported = Queue.fromQueueArn(stack, 'Imported', 'arn:aws:sqs:eu-west-1:123456789012:orders');
    connect([['sqs', { queue: 'orders' }]], { queues: { orders: imported } });
    expect(mappings()).toEqual([
      expect.objectContaining({ EventSourceArn: 'arn:aws:sqs:eu-west-1:123456789012:orders' }),
    ]);
    expect(warnings()).toBe('[]');
  });

  test('that is mapped elsewhere is left out', () => {
    connect([['sqs', { queue: 'orders' }]], { queues: { orders: false } });
    expect(mappings()).toEqual([]);
  });
});

describe('what carries events and requests', () => {
  const consumers: DeployedConsumer[] = [
    { source: 's3', criteria: { bucket: 'uploads' }, handler: 'Uploads.take', via: { sqs: 'uploads' } },
    { source: 's3', criteria: { bucket: 'uploads' }, handler: 'Uploads.look', via: { sns: 'uploads' } },
    { source: 'sns', criteria: { topic: 'placed' }, handler: 'Mails.send', via: { sqs: 'mails' } },
    { source: 'eventbridge', criteria: { source: 'shop' }, handler: 'Shop.take', via: { sqs: 'mails' } },
  ];

  test('has the mapping or the subscription, and what it carries has none', () => {
    const sources = {
      queues: { uploads: queue('uploads'), mails: queue('mails'), api: queue('api') },
      topics: { uploads: new Topic(stack, 'T', { topicName: 'uploads' }) },
    };
    matchSources(plainFunction(stack), sources, consumers, [{ source: 'sqs', name: 'api' }]);
    expect(mappings()).toEqual([
      expect.objectContaining(REPORTS),
      expect.objectContaining(REPORTS),
      expect.objectContaining(REPORTS),
    ]);
    expect(propertiesOf(stack, 'AWS::SNS::Subscription')).toHaveLength(1);
    expect([
      propertiesOf(stack, 'AWS::Events::Rule'),
      propertiesOf(stack, 'Custom::S3BucketNotifications'),
      warnings(),
    ]).toEqual([[], [], '[]']);
  });

  test('has to be passed', () => {
    expect(() => matchSources(plainFunction(stack), {}, consumers, [{ source: 'mq', name: 'api' }])).toThrow(
      /Uploads\.take \(sqs, queue "uploads"\): \{ queues: \{ "uploads": … \} \}[^]*Uploads\.look \(sns, topic "uploads"\)[^]*requestsVia \(mq, queue "api"\)/,
    );
  });
});

describe('streams', () => {
  test('are read from the oldest record on, and told of single failures', () => {
    const table = new Table(stack, 'Table', {
      tableName: 'orders',
      partitionKey: { name: 'id', type: AttributeType.STRING },
      stream: StreamViewType.NEW_IMAGE,
    });
    const streams = { clicks: new Stream(stack, 'Clicks', { streamName: 'clicks' }) };
    connect(
      [
        ['kinesis', { stream: 'clicks' }],
        ['dynamodb', { table: 'orders' }],
      ],
      { streams, tables: { orders: table } },
    );
    expect(mappings()).toHaveLength(2);
    for (const mapping of mappings())
      expect(mapping).toMatchObject({ ...REPORTS, StartingPosition: 'TRIM_HORIZON', BatchSize: 100 });
    expect(actions()).toContain('kinesis:GetRecords');
    expect(actions()).toContain('dynamodb:GetRecords');
  });

  test('take other settings, also of a table of the second version', () => {
    const table = new TableV2(stack, 'Table', {
      tableName: 'orders',
      partitionKey: { name: 'id', type: AttributeType.STRING },
      dynamoStream: StreamViewType.NEW_IMAGE,
    });
    const settings = { startingPosition: StartingPosition.LATEST, retryAttempts: 3, filters: [{ pattern: '{}' }] };
    connect([['dynamodb', { table: 'orders' }]], { tables: { orders: { from: table, ...settings } } });
    expect(mappings()).toEqual([
      expect.objectContaining({ ...REPORTS, StartingPosition: 'LATEST', MaximumRetryAttempts: 3 }),
    ]);
  });
});

describe('Kafka', () => {
  const clusterArn = 'arn:aws:kafka:eu-west-1:123456789012:cluster/a/b-1';

  test('tells of failures in provisioned mode', () => {
    connect([['kafka', { topic: 'clicks' }]], {
      kafkaTopics: { clicks: { clusterArn, provisionedPollerConfig: { minimumPollers: 1, maximumPollers: 2 } } },
    });
    expect(mappings()).toEqual([
      expect.objectContaining({ ...REPORTS, Topics: ['clicks'], EventSourceArn: clusterArn }),
    ]);
    expect(warnings()).toBe('[]');
  });

  test('without it is warned of, for Lambda would not read the answer', () => {
    connect([['kafka', { topic: 'clicks' }]], { kafkaTopics: { clicks: { clusterArn } } });
    expect(mappings()[0]).not.toHaveProperty('FunctionResponseTypes');
    expect(warnings()).toContain("rejectWhole: ['kafka']");
  });

  test("may be a cluster of one's own", () => {
    const secret = new Secret(stack, 'Secret');
    connect([['kafka']], { kafkaTopics: { clicks: { bootstrapServers: ['kafka.example:9092'], secret } } });
    expect(mappings()[0]).toMatchObject({
      SelfManagedEventSource: { Endpoints: { KafkaBootstrapServers: ['kafka.example:9092'] } },
      StartingPosition: 'TRIM_HORIZON',
    });
  });
});

const tableOf = () => ({
  partitionKey: { name: 'id', type: AttributeType.STRING },
  stream: StreamViewType.NEW_IMAGE,
});

test.each<readonly [source: string, criterion: string, sources: () => EventSources]>([
  ['sqs', 'queue', () => ({ queues: { it: queue() } })],
  ['kinesis', 'stream', () => ({ streams: { it: new Stream(stack, 'It') } })],
  ['dynamodb', 'table', () => ({ tables: { it: new Table(stack, 'It', tableOf()) } })],
  [
    'kafka',
    'topic',
    () => ({
      kafkaTopics: {
        it: {
          clusterArn: 'arn:aws:kafka:eu-west-1:123456789012:cluster/a/b-1',
          provisionedPollerConfig: { minimumPollers: 1, maximumPollers: 1 },
        },
      },
    }),
  ],
  [
    'mq',
    'queue',
    () => ({
      mqQueues: {
        it: { brokerArn: 'arn:aws:mq:eu-west-1:123456789012:broker:it:b-1', secret: new Secret(stack, 'Secret') },
      },
    }),
  ],
])('a mapping has the settings that SAM and Terraform get: %s', (source, criterion, sources) => {
  connect([[source, { [criterion]: 'it' }]], sources());
  const settings = sourceSettings({ source, name: 'it', consumers: [] });
  expect(mappings()).toEqual([expect.objectContaining(settings)]);
});

test('a queue of a broker has its mapping, and the function may read the secret', () => {
  const brokerArn = 'arn:aws:mq:eu-west-1:123456789012:broker:letters:b-1';
  connect([['mq', { queue: 'letters' }]], {
    mqQueues: { letters: { brokerArn, secret: new Secret(stack, 'Secret'), virtualHost: '/' } },
  });
  expect(mappings()).toEqual([
    {
      EventSourceArn: brokerArn,
      FunctionName: expect.anything(),
      Queues: ['letters'],
      SourceAccessConfigurations: [
        { Type: 'BASIC_AUTH', URI: expect.anything() },
        { Type: 'VIRTUAL_HOST', URI: '/' },
      ],
    },
  ]);
  for (const action of ['mq:DescribeBroker', 'secretsmanager:GetSecretValue', 'ec2:CreateNetworkInterface'])
    expect(actions()).toContain(action);
});

test('a topic has a subscription, with its filter', () => {
  const topic = new Topic(stack, 'Alerts', { topicName: 'alerts' });
  const filterPolicy = { level: SubscriptionFilter.stringFilter({ allowlist: ['high'] }) };
  connect([['sns', { topic: 'alerts' }]], { topics: { alerts: { from: topic, filterPolicy } } });
  expect(propertiesOf(stack, 'AWS::SNS::Subscription')).toEqual([
    expect.objectContaining({ Protocol: 'lambda', FilterPolicy: { level: ['high'] } }),
  ]);
});

test('a bucket notifies of what its consumers want, once', () => {
  const consumers: Told[] = ['ObjectCreated:*', 'ObjectCreated:Put', 'ObjectRemoved:Delete'].map((event) => [
    's3',
    { bucket: 'uploads', event },
  ]);
  connect(consumers, {
    buckets: {
      uploads: { from: new Bucket(stack, 'Uploads', { bucketName: 'uploads' }), filters: [{ prefix: 'in/' }] },
    },
  });
  const [
    {
      NotificationConfiguration: { LambdaFunctionConfigurations: told },
    },
  ] = propertiesOf(stack, 'Custom::S3BucketNotifications') as [
    { NotificationConfiguration: { LambdaFunctionConfigurations: { Events: string[] }[] } },
  ];
  expect(told.map(({ Events }) => Events)).toEqual([['s3:ObjectCreated:*'], ['s3:ObjectRemoved:Delete']]);
});

describe('a schedule', () => {
  test('is a rule of the name that the decorator has', () => {
    connect([['schedule', { rule: 'nightly' }]], {
      schedules: { nightly: Schedule.cron({ hour: '0', minute: '10' }) },
    });
    expect(propertiesOf(stack, 'AWS::Events::Rule')).toEqual([
      expect.objectContaining({ Name: 'nightly', ScheduleExpression: 'cron(10 0 * * ? *)' }),
    ]);
  });

  test('takes settings of the rule', () => {
    connect([['schedule']], { schedules: { hourly: { from: Schedule.rate(Duration.hours(1)), enabled: false } } });
    expect(propertiesOf(stack, 'AWS::Events::Rule')).toEqual([
      expect.objectContaining({ Name: 'hourly', State: 'DISABLED' }),
    ]);
  });

  test('that the decorator does not declare needs one', () => {
    expect(() => connect([['schedule', { rule: 'nightly' }]], { schedules: { nightly: {} } })).toThrow(
      'The decorator of Shop.take0 (schedule, rule "nightly") does not say when it runs. Pass a schedule',
    );
  });
});

const declared = (rule: string, sources: EventSources = {}, schedule: Partial<DeclaredSchedule> = {}) =>
  matchSources(plainFunction(stack), sources, [
    {
      source: 'schedule',
      criteria: { rule },
      handler: 'Job.run',
      schedule: { expression: 'cron(0 3 * * ? *)', timezone: undefined, input: undefined, ...schedule },
    },
  ]);
const schedules = (): Record<string, unknown>[] => propertiesOf(stack, 'AWS::Scheduler::Schedule');

describe('a schedule that a decorator declares', () => {
  test('is created, and may invoke the function', () => {
    declared('Job.run', {}, { timezone: 'Europe/Berlin' });
    expect(schedules()).toEqual([
      expect.objectContaining({
        Name: 'Job.run',
        ScheduleExpression: 'cron(0 3 * * ? *)',
        ScheduleExpressionTimezone: 'Europe/Berlin',
        FlexibleTimeWindow: { Mode: 'OFF' },
      }),
    ]);
    expect(actions()).toContain('lambda:InvokeFunction');
  });

  test('has the name of the stack where its own ends in a *', () => {
    declared('nightly-*');
    expect(schedules()).toEqual([expect.objectContaining({ Name: `nightly-${stack.stackName}` })]);
  });

  test('takes settings, and a name that its pattern matches', () => {
    declared('nightly-*', { schedules: { 'nightly-eu': { enabled: false, retryAttempts: 3 } } });
    expect(schedules()).toEqual([
      expect.objectContaining({
        Name: 'nightly-eu',
        State: 'DISABLED',
        Target: expect.objectContaining({ RetryPolicy: expect.objectContaining({ MaximumRetryAttempts: 3 }) }),
      }),
    ]);
  });

  test('sends its input as the detail of an event', () => {
    declared('nightly', {}, { input: { month: 'last' } });
    const [{ Target: target }] = schedules() as [{ Target: { Input: string } }];
    expect(JSON.parse(target.Input)).toMatchObject({
      source: 'aws.scheduler',
      'detail-type': 'Scheduled Event',
      resources: ['<aws.scheduler.schedule-arn>'],
      detail: { month: 'last' },
    });
  });

  test('is left out where it is defined elsewhere', () => {
    declared('nightly', { schedules: { nightly: false } });
    expect(schedules()).toEqual([]);
  });

  test('says when it runs, so the stack must not', () => {
    expect(() => declared('nightly', { schedules: { nightly: Schedule.rate(Duration.hours(1)) } })).toThrow(
      'The decorator of Job.run (schedule, rule "nightly") says when it runs. Remove the schedule from the sources',
    );
  });

  test('has a name that AWS takes with that of the stack', () => {
    expect(() => declared(`${'n'.repeat(62)}-*`)).toThrow('longer than the 64 characters that AWS allows');
  });
});

describe('a rule', () => {
  const delivery = { retryAttempts: 2, maxEventAge: Duration.minutes(5) };
  const target = {
    RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 300 },
    DeadLetterConfig: { Arn: expect.anything() },
  };

  test.each<[Told, (deadLetterQueue: Queue) => EventSources]>([
    [
      ['schedule', { rule: 'hourly' }],
      (deadLetterQueue) => ({
        schedules: { hourly: { from: Schedule.rate(Duration.hours(1)), ...delivery, deadLetterQueue } },
      }),
    ],
    [
      ['eventbridge'],
      (deadLetterQueue) => ({ eventBus: { from: new EventBus(stack, 'Bus'), ...delivery, deadLetterQueue } }),
    ],
  ])('of %j says how often an event is tried, and where it goes then', (told, sources) => {
    connect([told], sources(queue('dead')));
    const [{ Targets: targets }] = propertiesOf(stack, 'AWS::Events::Rule') as [{ Targets: object[] }];
    expect(targets).toEqual([expect.objectContaining(target)]);
  });
});

describe('events of a bus', () => {
  const consumers: Told[] = [
    ['eventbridge', { source: 'shop.*' }],
    ['eventbridge', { detailType: 'Paid' }],
  ];
  const pattern = { $or: [{ source: [{ prefix: 'shop.' }] }, { 'detail-type': ['Paid'] }] };

  test('come by one rule, of the own bus unless another is passed', () => {
    connect(consumers, {});
    expect(propertiesOf(stack, 'AWS::Events::Rule')).toEqual([expect.objectContaining({ EventPattern: pattern })]);
    expect(propertiesOf(stack, 'AWS::Events::Rule')[0]).not.toHaveProperty('EventBusName');
  });

  test('come from the bus that is passed', () => {
    connect(consumers, { eventBus: { from: new EventBus(stack, 'Bus'), description: 'of the shop' } });
    expect(propertiesOf(stack, 'AWS::Events::Rule')[0]).toMatchObject({
      EventBusName: expect.anything(),
      Description: 'of the shop',
      EventPattern: pattern,
    });
  });

  test('may be routed elsewhere', () => {
    connect(consumers, { eventBus: false });
    expect(propertiesOf(stack, 'AWS::Events::Rule')).toEqual([]);
  });
});

test('a WebSocket API has the routes, and the function may answer its connections', () => {
  const consumers: Told[] = ['$connect', 'say', '$disconnect'].map((route) => ['websocket', { route }]);
  connect(consumers, { webSocketApi: new WebSocketApi(stack, 'Chat') });
  const routes = propertiesOf(stack, 'AWS::ApiGatewayV2::Route');
  expect(
    routes.map(({ RouteKey, RouteResponseSelectionExpression }) => [RouteKey, RouteResponseSelectionExpression]),
  ).toEqual([
    ['$connect', undefined],
    ['say', '$default'],
    ['$disconnect', undefined],
  ]);
  expect(propertiesOf(stack, 'AWS::ApiGatewayV2::Integration')).toHaveLength(1);
  expect(actions()).toContain('execute-api:ManageConnections');
});

test('what is called by the name of the function needs nothing', () => {
  connect([['event'], ['authorizer']], {});
  expect(mappings()).toEqual([]);
});

describe('a mistake', () => {
  test('consumers whose resources were not passed are told together', () => {
    expect(() =>
      connect([['sqs', { queue: 'orders' }], ['sns'], ['websocket', { route: 'say' }]], { queues: { order: false } }),
    ).toThrow(
      [
        'The sources of these consumers of Shop/Orders are missing. Pass each resource in "sources", or false if it is connected elsewhere:',
        '  Shop.take0 (sqs, queue "orders"): { queues: { "orders": … } }',
        '  Shop.take1 (sns): { topics: { "name": … } }',
        '  Shop.take2 (websocket, route "say"): { webSocketApi: … }',
      ].join('\n'),
    );
  });

  test('a resource that nobody consumes is told, with what is consumed', () => {
    const queues = { orders: queue('orders'), ordes: queue('ordes') };
    expect(() => connect([['sqs', { queue: 'orders' }]], { queues })).toThrow(
      'Nothing in Shop/Orders consumes queues "ordes": Shop.take0 (sqs, queue "orders"). A consumer needs a decorator with that name',
    );
  });

  test.each<[EventSources, string]>([
    [{ eventBus: false }, 'consumes eventBus: it has no consumer of that kind'],
    [{ schedules: { nightly: false } }, 'consumes schedules "nightly": it has no consumer of that kind'],
    [{ queue: {} } as EventSources, 'Unknown in the option sources of Shop/Orders: queue. It takes queues, topics,'],
  ])('%j is no source', (sources, message) => {
    expect(() => connect([], sources)).toThrow(message);
  });

  test('a resource of another name is told, for its records would reach nobody', () => {
    expect(() => connect([['sqs', { queue: 'orders' }]], { queues: { orders: queue('others') } })).toThrow(
      'queues "orders" of Shop/Orders has the name "others" in AWS',
    );
  });

  test('a name that CloudFormation makes up is warned of', () => {
    connect([['sqs', { queue: 'orders' }]], { queues: { orders: queue() } });
    expect(mappings()).toHaveLength(1);
    expect(warnings()).toContain('has no name of its own');
  });
});
