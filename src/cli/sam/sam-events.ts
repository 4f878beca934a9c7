import { arnOf } from '../../deployment/arn.js';
import { eventPattern } from '../../deployment/event-filters.js';
import { scheduleInput, scheduleOf } from '../../deployment/schedules.js';
import { sourceSettings } from '../../deployment/source-settings.js';
import { isExact, labelOf, type Subscription } from '../../deployment/subscription.js';
import { pascalCase } from '../../shared/pascal-case.js';
import type { Schedule } from '../../shared/schedule.js';
import { ownArn } from './logical-names.js';
import { ownName } from './logical-names.js';
import type { SamTemplate } from './sam-template.js';
import { stackArn } from './stack-arn.js';

/** An event of `AWS::Serverless::Function`. */
export interface SamEvent {
  /** Its key below `Events`. */
  readonly name: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** The events to write, and notes on what cannot be written. */
export interface SamEvents {
  readonly events: readonly SamEvent[];
  /** One sentence each, for the user. */
  readonly notes: readonly string[];
}

type Properties = SamEvent['properties'];

interface Writer {
  readonly type: string;
  /** The suffix of the event's name. */
  readonly suffix: string;
  properties(subscription: NamedSubscription, template: SamTemplate): Properties;
}

type NamedSubscription = Subscription & { readonly name: string };

/**
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-eventsource.html
 */
const WRITERS: Readonly<Record<string, Writer>> = {
  sqs: {
    type: 'SQS',
    suffix: 'Queue',
    properties: (subscription, template) => ({
      Queue: ownArn('queue', subscription.name, template) ?? stackArn(arnOf('sqs', subscription.name)),
      ...sourceSettings(subscription),
    }),
  },
  sns: {
    type: 'SNS',
    suffix: 'Topic',
    properties: ({ name }, template) => ({ Topic: ownArn('topic', name, template) ?? stackArn(arnOf('sns', name)) }),
  },
  kinesis: {
    type: 'Kinesis',
    suffix: 'Stream',
    properties: (subscription, template) => ({
      Stream:
        ownArn('stream', subscription.name, template) ?? stackArn(arnOf('kinesis', `stream/${subscription.name}`)),
      ...sourceSettings(subscription),
    }),
  },
  dynamodb: {
    type: 'DynamoDB',
    suffix: 'Table',
    properties: (subscription, template) => ({
      Stream: tableStream(subscription, template),
      ...sourceSettings(subscription),
    }),
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

/**
 * Returns the events for what consumers subscribe to. Notes in the template what they need and it does not have.
 *
 * @param ownEvents names of events that the user wrote outside of the marks, which are left to the user.
 */
export function samEvents(
  subscriptions: readonly Subscription[],
  template: SamTemplate,
  ownEvents: ReadonlySet<string>,
): SamEvents {
  const writable = subscriptions.filter(isWritable);
  const names = uniqueNames(writable.map(eventName));
  const events = writable.flatMap((subscription, index) =>
    ownEvents.has(names[index]!) ? [] : [eventOf(subscription, names[index]!, template)],
  );
  return { events, notes: subscriptions.filter((subscription) => !isWritable(subscription)).map(noteOf) };
}

/** Numbers equal names: `orders-eu` and `orders_eu` make the same. */
function uniqueNames(names: readonly string[]): string[] {
  return names.map((name, index) => {
    const before = names.slice(0, index).filter((other) => other === name).length;
    return before === 0 ? name : `${name}${before + 1}`;
  });
}

/** A pattern, or no name at all, means no particular resource; an event bus has one rule for all its consumers. */
function isWritable(subscription: Subscription): subscription is NamedSubscription {
  const { source, name } = subscription;
  return source in WRITERS && (source === 'eventbridge' || isExact(name) || scheduleOf(subscription) !== undefined);
}

/** What to do for sources that SAM has no event for. */
const WITHOUT_EVENT: Readonly<Record<string, string | undefined>> = {
  websocket: 'WebSocket APIs. Declare the route as a resource.',
  firehose:
    "Firehose. Name the function in the stream's ProcessingConfiguration, and allow the stream's role to invoke it.",
  alarm:
    "alarms. Name the function in the alarm's AlarmActions, and allow lambda.alarms.cloudwatch.amazonaws.com to " +
    'invoke it with an AWS::Lambda::Permission.',
};

function noteOf(subscription: Subscription): string {
  const advice = WITHOUT_EVENT[subscription.source];
  if (advice !== undefined) return `${labelOf(subscription)}: SAM has no event for ${advice}`;
  return `${labelOf(subscription)}: the decorator does not name one resource. Add the event yourself.`;
}

function eventName({ source, name = '' }: Subscription): string {
  return pascalCase(name) + WRITERS[source]!.suffix;
}

function eventOf(subscription: NamedSubscription, name: string, template: SamTemplate): SamEvent {
  const declared = scheduleOf(subscription);
  if (declared) return { name, type: 'ScheduleV2', properties: declaredSchedule(subscription.name, declared) };
  const { type, properties } = WRITERS[subscription.source]!;
  return { name, type, properties: properties(subscription, template) };
}

/** Stream ARNs end in their creation time, so a name is not enough. */
function tableStream(subscription: NamedSubscription, template: SamTemplate): object {
  const table = ownName('table', subscription.name);
  if (template.has(`${table}StreamArn`)) return { Ref: `${table}StreamArn` };
  template.expect(
    subscription,
    table,
    `the table as the resource ${table} with a StreamSpecification, or the parameter ${table}StreamArn`,
  );
  return { 'Fn::GetAtt': `${table}.StreamArn` };
}

/** Lambda supports partial batch responses only in provisioned mode. */
function kafka(subscription: NamedSubscription, template: SamTemplate): Properties {
  template.expect(subscription, 'KafkaClusterArn', 'the ARN of the cluster as the parameter KafkaClusterArn');
  return {
    Stream: { Ref: 'KafkaClusterArn' },
    ...sourceSettings(subscription),
    ProvisionedPollerConfig: { MinimumPollers: 1, MaximumPollers: 1 },
  };
}

function mq(subscription: NamedSubscription, template: SamTemplate): Properties {
  template.expect(subscription, 'BrokerArn', 'the ARN of the broker as the parameter BrokerArn');
  template.expect(
    subscription,
    'BrokerSecretArn',
    'the ARN of the secret with username and password as the parameter BrokerSecretArn',
  );
  return {
    Broker: { Ref: 'BrokerArn' },
    ...sourceSettings(subscription),
    SourceAccessConfigurations: [{ Type: 'BASIC_AUTH', URI: { Ref: 'BrokerSecretArn' } }],
    DynamicPolicyName: true,
  };
}

/** SAM configures notifications only on buckets of the same template. */
function bucket(subscription: NamedSubscription, template: SamTemplate): Properties {
  const resource = ownName('bucket', subscription.name);
  template.expect(
    subscription,
    resource,
    `the bucket as the resource ${resource}, with BucketName: ${subscription.name}`,
  );
  return { Bucket: { Ref: resource }, ...sourceSettings(subscription) };
}

/** Scheduler invokes the function with a role that SAM creates. A name that ends in `*` has the stack's at its end. */
function declaredSchedule(name: string, declared: Schedule): Properties {
  const input = scheduleInput(declared);
  return {
    Name: name.endsWith('*') ? { 'Fn::Sub': name.replace('*', '${AWS::StackName}') } : name,
    ScheduleExpression: declared.expression,
    ...(declared.timezone !== undefined && { ScheduleExpressionTimezone: declared.timezone }),
    ...(input !== undefined && { Input: input }),
  };
}

/** The decorator only names the rule, and the parameter says when it is due. */
function schedule(subscription: NamedSubscription, template: SamTemplate): Properties {
  const parameter = `${pascalCase(subscription.name)}Schedule`;
  template.expect(
    subscription,
    parameter,
    `the schedule expression as the parameter ${parameter}, as in Default: cron(10 0 * * ? *)`,
  );
  return { Schedule: { Ref: parameter }, Name: subscription.name };
}
