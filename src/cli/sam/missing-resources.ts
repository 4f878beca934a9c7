import type { ApplicationDescription } from '../../contracts/application-description.js';
import { bucketsOf } from '../../deployment/permissions.js';
import { isExact, type Subscription } from '../../deployment/subscription.js';
import { isDefaultBus } from '../../shared/destination.js';
import { pascalCase } from '../../shared/pascal-case.js';
import { type OwnKind, ownName } from './logical-names.js';
import type { SamTemplate } from './sam-template.js';

/** Resources of CloudFormation by their logical names. */
type Resources = Record<string, { readonly Type: string; readonly Properties: Readonly<Record<string, unknown>> }>;

/**
 * Returns the queues, topics, streams, buses, buckets and tables that an application uses and a template does not have.
 * A queue with a consumer gets a queue for its dead letters.
 */
export function samResources(
  { sends, uses }: Pick<ApplicationDescription, 'sends' | 'uses'>,
  subscriptions: readonly Subscription[],
  template: SamTemplate,
): Resources {
  const found: Resources = {};
  const add = (logicalName: string, type: string, properties: object): void => {
    if (!template.has(logicalName)) found[logicalName] ??= { Type: type, Properties: { ...properties } };
  };
  for (const { source, name } of subscriptions) {
    const kind = KINDS[source];
    if (!kind || !isExact(name)) continue;
    if (kind === 'queue' && !template.has(ownName(kind, name))) addConsumedQueue(name, add);
    else add(ownName(kind, name), ...RESOURCES[kind](name));
  }
  for (const destination of sends.filter((one) => !isDefaultBus(one)))
    add(ownName(destination.kind, destination.name), ...RESOURCES[destination.kind](destination.name));
  for (const use of uses)
    if (use.kind === 'table') add(`${pascalCase(use.purpose)}Table`, 'AWS::DynamoDB::Table', TABLE);
  for (const { name } of bucketsOf(uses)) add(ownName('bucket', name), ...RESOURCES.bucket(name));
  return found;
}

const KINDS: Readonly<Record<string, OwnKind>> = { sqs: 'queue', sns: 'topic', kinesis: 'stream' };

const RESOURCES: Readonly<Record<OwnKind, (name: string) => [type: string, properties: object]>> = {
  queue: (name) => ['AWS::SQS::Queue', { QueueName: name, ...fifo(name) }],
  topic: (name) => [
    'AWS::SNS::Topic',
    { TopicName: name, ...(name.endsWith('.fifo') && { FifoTopic: true, ContentBasedDeduplication: true }) },
  ],
  stream: (name) => ['AWS::Kinesis::Stream', { Name: name, StreamModeDetails: { StreamMode: 'ON_DEMAND' } }],
  bus: (name) => ['AWS::Events::EventBus', { Name: name }],
  // Without a name, which would have to be unlike that of every bucket in the world.
  bucket: () => ['AWS::S3::Bucket', PAYLOADS],
};

/** Six times a function's timeout of 30 seconds, as the guide of Lambda says. */
const VISIBILITY_TIMEOUT = 180;

/** How often a message is tried before it becomes a dead letter. */
const TRIES = 5;

/** In seconds, 14 days: the longest that SQS keeps a message. */
const RETENTION = 1_209_600;

type Add = (logicalName: string, type: string, properties: object) => void;

function addConsumedQueue(name: string, add: Add): void {
  const deadLetters = `${ownName('queue', name)}DeadLetters`;
  const RedrivePolicy = { deadLetterTargetArn: { 'Fn::GetAtt': `${deadLetters}.Arn` }, maxReceiveCount: TRIES };
  add(ownName('queue', name), 'AWS::SQS::Queue', {
    QueueName: name,
    ...fifo(name),
    VisibilityTimeout: VISIBILITY_TIMEOUT,
    RedrivePolicy,
  });
  add(deadLetters, 'AWS::SQS::Queue', { ...fifo(name), MessageRetentionPeriod: RETENTION });
}

function fifo(name: string): object {
  return name.endsWith('.fifo') ? { FifoQueue: true, ContentBasedDeduplication: true } : {};
}

/** Longer than a message can be in a queue and then in that of its dead letters, 14 days each. */
const DAYS = 30;

/** What large payloads are kept in. */
const PAYLOADS = {
  PublicAccessBlockConfiguration: {
    BlockPublicAcls: true,
    BlockPublicPolicy: true,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true,
  },
  LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ExpirationInDays: DAYS }] },
};

/** What idempotency and rate limits write to. */
const TABLE = {
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  TimeToLiveSpecification: { AttributeName: 'expiration', Enabled: true },
};
