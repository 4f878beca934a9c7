import { REPORTING_SOURCES } from '../../application/options/batch-options.js';
import { bucketEvents, eventPattern } from '../../deployment/event-filters.js';
import { type Subscription, isExact, labelOf } from '../../deployment/subscription.js';
import type { SamTemplate } from './sam-template.js';

/** An event of `AWS::Serverless::Function`, by its logical name. */
export interface SamEvent {
  readonly name: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** What is to be written in a template, and what can't be. */
export interface SamEvents {
  readonly events: readonly SamEvent[];
  /** For the user, a sentence each. */
  readonly notes: readonly string[];
}

type Properties = SamEvent['properties'];

interface Writer {
  readonly type: string;
  /** What the name of the event ends in. */
  readonly suffix: string;
  properties(subscription: NamedSubscription, template: SamTemplate): Properties;
}

type NamedSubscription = Subscription & { readonly name: string };

/**
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-eventsource.html
 */
const WRITERS: Readonly<Record<string, Writer>> = {
  sqs: { type: 'SQS', suffix: 'Queue', properties: ({ name }) => ({ Queue: arn('sqs', name) }) },
  sns: { type: 'SNS', suffix: 'Topic', properties: ({ name }) => ({ Topic: arn('sns', name) }) },
  kinesis: {
    type: 'Kinesis',
    suffix: 'Stream',
    properties: ({ name }) => ({ Stream: arn('kinesis', `stream/${name}`), ...FROM_THE_START }),
  },
  dynamodb: {
    type: 'DynamoDB',
    suffix: 'Table',
    properties: (subscription, template) => ({ Stream: tableStream(subscription, template), ...FROM_THE_START }),
  },
  kafka: { type: 'MSK', suffix: 'KafkaTopic', properties: kafka },
  mq: { type: 'MQ', suffix: 'MqQueue', properties: mq },
  s3: { type: 'S3', suffix: 'Bucket', properties: bucket },
  schedule: { type: 'Schedule', suffix: 'Schedule', properties: schedule },
  eventbridge: {
    type: 'EventBridgeRule',
    suffix: 'BusEvents',
    properties: ({ consumers }) => ({ Pattern: eventPattern(consumers) }),
  },
};

const FROM_THE_START = { StartingPosition: 'TRIM_HORIZON' };
const REPORTS = { FunctionResponseTypes: ['ReportBatchItemFailures'] };

/**
 * The events of a function, as its consumers ask for them. What the template lacks for them is noted in it.
 *
 * @param ownEvents names of those that somebody has outside of the marks: they are theirs.
 */
export function samEvents(
  subscriptions: readonly Subscription[],
  template: SamTemplate,
  ownEvents: ReadonlySet<string>,
): SamEvents {
  const told = subscriptions.filter(isTold);
  const names = namesApart(told.map(eventName));
  const written = told.flatMap((subscription, index) =>
    ownEvents.has(names[index]!) ? [] : [eventOf(subscription, names[index]!, template)],
  );
  return { events: written, notes: subscriptions.filter((subscription) => !isTold(subscription)).map(noteOf) };
}

/** `orders-eu` and `orders_eu` would be the same. */
function namesApart(names: readonly string[]): string[] {
  return names.map((name, index) => {
    const before = names.slice(0, index).filter((other) => other === name).length;
    return before === 0 ? name : `${name}${before + 1}`;
  });
}

/** A pattern, or any name, is of no resource in particular; a bus has one rule for all. */
function isTold(subscription: Subscription): subscription is NamedSubscription {
  return subscription.source in WRITERS && (subscription.source === 'eventbridge' || isExact(subscription.name));
}

function noteOf(subscription: Subscription): string {
  if (subscription.source === 'websocket')
    return `${labelOf(subscription)}: routes of a WebSocket API are resources of their own, which SAM has no event for.`;
  return `${labelOf(subscription)}: there is no telling which one from that name; add its event yourself.`;
}

function eventName({ source, name = '' }: Subscription): string {
  return pascal(name) + WRITERS[source]!.suffix;
}

function eventOf(subscription: NamedSubscription, name: string, template: SamTemplate): SamEvent {
  const { type, properties } = WRITERS[subscription.source]!;
  const reports = (REPORTING_SOURCES as readonly string[]).includes(subscription.source) ? REPORTS : {};
  return { name, type, properties: { ...properties(subscription, template), ...reports } };
}

/** Of a resource of the same account and region, whose name is all that its ARN needs. */
function arn(service: string, name: string): object {
  return { 'Fn::Sub': `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${name}` };
}

/** Stream ARNs end in the time of their creation. */
function tableStream(subscription: NamedSubscription, template: SamTemplate): object {
  const table = `${pascal(subscription.name)}Table`;
  if (template.has(`${table}StreamArn`)) return { Ref: `${table}StreamArn` };
  template.expect(
    subscription,
    table,
    `the table, with StreamSpecification, as the resource ${table}, or the parameter ${table}StreamArn`,
  );
  return { 'Fn::GetAtt': `${table}.StreamArn` };
}

/** Lambda reads which records failed in provisioned mode only. */
function kafka(subscription: NamedSubscription, template: SamTemplate): Properties {
  template.expect(subscription, 'KafkaClusterArn', "the cluster's ARN as the parameter KafkaClusterArn");
  const ProvisionedPollerConfig = { MinimumPollers: 1, MaximumPollers: 1 };
  return {
    Stream: { Ref: 'KafkaClusterArn' },
    Topics: [subscription.name],
    ...FROM_THE_START,
    ProvisionedPollerConfig,
  };
}

function mq(subscription: NamedSubscription, template: SamTemplate): Properties {
  template.expect(subscription, 'BrokerArn', "the broker's ARN as the parameter BrokerArn");
  template.expect(
    subscription,
    'BrokerSecretArn',
    'the ARN of the secret with username and password as the parameter BrokerSecretArn',
  );
  const SourceAccessConfigurations = [{ Type: 'BASIC_AUTH', URI: { Ref: 'BrokerSecretArn' } }];
  return {
    Broker: { Ref: 'BrokerArn' },
    Queues: [subscription.name],
    SourceAccessConfigurations,
    DynamicPolicyName: true,
  };
}

/** SAM sets notifications on buckets of the same template alone. */
function bucket(subscription: NamedSubscription, template: SamTemplate): Properties {
  const resource = `${pascal(subscription.name)}Bucket`;
  template.expect(
    subscription,
    resource,
    `the bucket as the resource ${resource}, with BucketName: ${subscription.name}`,
  );
  return { Bucket: { Ref: resource }, Events: bucketEvents(subscription.consumers) };
}

/** When it is due is nothing that a decorator says. */
function schedule(subscription: NamedSubscription, template: SamTemplate): Properties {
  const parameter = `${pascal(subscription.name)}Schedule`;
  template.expect(
    subscription,
    parameter,
    `when it is due as the parameter ${parameter}, as in Default: cron(10 0 * * ? *)`,
  );
  return { Schedule: { Ref: parameter }, Name: subscription.name };
}

/** A logical name has letters and digits only. */
function pascal(name: string): string {
  return name
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean)
    .map((part) => part[0]!.toUpperCase() + part.slice(1))
    .join('');
}
