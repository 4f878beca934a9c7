import type { ApplicationDescription } from '../../contracts/application-description.js';
import { type TableFacts, tableFacts } from '../../deployment/deployment-facts.js';
import { bucketsOf, tablesOf } from '../../deployment/permissions.js';
import { isExact, type Subscription } from '../../deployment/subscription.js';
import { isDefaultBus } from '../../shared/destination.js';
import { type OwnKind, ownName, ownType } from './logical-names.js';
import type { SamTemplate } from './sam-template.js';

type Properties = Readonly<Record<string, unknown>>;

/** Resources of CloudFormation by their logical names. */
type Resources = Record<string, { readonly Type: string; readonly Properties: Properties }>;

/**
 * Returns the queues, topics, streams, buses, buckets and tables that an application uses and a template does not have.
 * A queue with a consumer gets a dead-letter queue.
 */
export function samResources(
  { sends, uses }: Pick<ApplicationDescription, 'sends' | 'uses'>,
  subscriptions: readonly Subscription[],
  template: SamTemplate,
): Resources {
  const found: Resources = {};
  const add: Add = (kind, logicalName, properties) => {
    if (!template.has(logicalName)) found[logicalName] ??= { Type: ownType(kind), Properties: properties };
  };
  for (const { source, name } of subscriptions) {
    const kind = CONSUMED[source];
    // The dead letters of a queue in the template are up to its author.
    if (kind === undefined || !isExact(name) || template.has(ownName(kind, name))) continue;
    if (kind === 'queue') addConsumedQueue(name, add);
    else add(kind, ownName(kind, name), PROPERTIES[kind](name));
  }
  for (const { kind, name } of sends.filter((one) => !isDefaultBus(one)))
    add(kind, ownName(kind, name), PROPERTIES[kind](name));
  for (const table of tablesOf(uses)) add('table', ownName('table', table.purpose), moduleTable(tableFacts(table)));
  for (const { name } of bucketsOf(uses)) add('bucket', ownName('bucket', name), PAYLOADS);
  return found;
}

/**
 * The kinds of resources that are created for consumers, by source. Tables with a stream and buckets with notifications
 * are left to you: they need more settings than a name.
 */
const CONSUMED: Readonly<Record<string, keyof typeof PROPERTIES | undefined>> = {
  sqs: 'queue',
  sns: 'topic',
  kinesis: 'stream',
};

const PROPERTIES = {
  queue: (name: string) => ({ QueueName: name, ...fifo(name, 'FifoQueue') }),
  topic: (name: string) => ({ TopicName: name, ...fifo(name, 'FifoTopic') }),
  stream: (name: string) => ({ Name: name, StreamModeDetails: { StreamMode: 'ON_DEMAND' } }),
  bus: (name: string) => ({ Name: name }),
} satisfies Partial<Record<OwnKind, (name: string) => Properties>>;

function fifo(name: string, property: 'FifoQueue' | 'FifoTopic'): Properties {
  return name.endsWith('.fifo') ? { [property]: true, ContentBasedDeduplication: true } : {};
}

/** Six times a function's timeout of 30 seconds, as the guide of Lambda says. */
const VISIBILITY_TIMEOUT = 180;

/** The number of attempts before a message becomes a dead letter. */
const TRIES = 5;

/** In seconds, 14 days: the longest that SQS keeps a message. */
const RETENTION = 1_209_600;

type Add = (kind: OwnKind, logicalName: string, properties: Properties) => void;

function addConsumedQueue(name: string, add: Add): void {
  const logicalName = ownName('queue', name);
  const deadLetters = `${logicalName}DeadLetters`;
  add('queue', logicalName, {
    ...PROPERTIES.queue(name),
    VisibilityTimeout: VISIBILITY_TIMEOUT,
    RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': `${deadLetters}.Arn` }, maxReceiveCount: TRIES },
  });
  add('queue', deadLetters, { ...fifo(name, 'FifoQueue'), MessageRetentionPeriod: RETENTION });
}

/** Longer than a message can be in a queue and then in its dead-letter queue, 14 days each. */
const DAYS = 30;

/** A bucket for large payloads. It gets no name, because that would have to differ from every bucket in the world. */
const PAYLOADS = {
  PublicAccessBlockConfiguration: {
    BlockPublicAcls: true,
    BlockPublicPolicy: true,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true,
  },
  LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ExpirationInDays: DAYS }] },
};

/** Returns the properties of a module's table, which needs the name that the module asks for. */
function moduleTable({ name, key, sortKey, timeToLive }: TableFacts): Properties {
  const keys = [
    { AttributeName: key, KeyType: 'HASH' },
    ...(sortKey === null ? [] : [{ AttributeName: sortKey, KeyType: 'RANGE' }]),
  ];
  return {
    ...(name !== null && { TableName: name }),
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: keys.map(({ AttributeName }) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: keys,
    TimeToLiveSpecification: { AttributeName: timeToLive, Enabled: true },
  };
}
