import { REPORTING_SOURCES } from '../../application/options/batch-options.js';
import { type Demand, isExact, labelOf } from '../../deployment/demand.js';
import { bucketEvents, eventPattern } from '../../deployment/event-filters.js';
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
  properties(demand: NamedDemand, template: SamTemplate): Properties;
}

type NamedDemand = Demand & { readonly name: string };

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
    properties: (demand, template) => ({ Stream: tableStream(demand, template), ...FROM_THE_START }),
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
  demands: readonly Demand[],
  template: SamTemplate,
  ownEvents: ReadonlySet<string>,
): SamEvents {
  const told = demands.filter(isTold);
  const names = namesApart(told.map(eventName));
  const written = told.flatMap((demand, index) =>
    ownEvents.has(names[index]!) ? [] : [eventOf(demand, names[index]!, template)],
  );
  return { events: written, notes: demands.filter((demand) => !isTold(demand)).map(noteOf) };
}

/** `orders-eu` and `orders_eu` would be the same. */
function namesApart(names: readonly string[]): string[] {
  return names.map((name, index) => {
    const before = names.slice(0, index).filter((other) => other === name).length;
    return before === 0 ? name : `${name}${before + 1}`;
  });
}

/** A pattern, or any name, is of no resource in particular; a bus has one rule for all. */
function isTold(demand: Demand): demand is NamedDemand {
  return demand.source in WRITERS && (demand.source === 'eventbridge' || isExact(demand.name));
}

function noteOf(demand: Demand): string {
  if (demand.source === 'websocket')
    return `${labelOf(demand)}: routes of a WebSocket API are resources of their own, which SAM has no event for.`;
  return `${labelOf(demand)}: there is no telling which one from that name; add its event yourself.`;
}

function eventName({ source, name = '' }: Demand): string {
  return pascal(name) + WRITERS[source]!.suffix;
}

function eventOf(demand: NamedDemand, name: string, template: SamTemplate): SamEvent {
  const { type, properties } = WRITERS[demand.source]!;
  const reports = (REPORTING_SOURCES as readonly string[]).includes(demand.source) ? REPORTS : {};
  return { name, type, properties: { ...properties(demand, template), ...reports } };
}

/** Of a resource of the same account and region, whose name is all that its ARN needs. */
function arn(service: string, name: string): object {
  return { 'Fn::Sub': `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${name}` };
}

/** Stream ARNs end in the time of their creation. */
function tableStream(demand: NamedDemand, template: SamTemplate): object {
  const table = `${pascal(demand.name)}Table`;
  if (template.has(`${table}StreamArn`)) return { Ref: `${table}StreamArn` };
  template.expect(
    demand,
    table,
    `the table, with StreamSpecification, as the resource ${table}, or the parameter ${table}StreamArn`,
  );
  return { 'Fn::GetAtt': `${table}.StreamArn` };
}

/** Lambda reads which records failed in provisioned mode only. */
function kafka(demand: NamedDemand, template: SamTemplate): Properties {
  template.expect(demand, 'KafkaClusterArn', "the cluster's ARN as the parameter KafkaClusterArn");
  const ProvisionedPollerConfig = { MinimumPollers: 1, MaximumPollers: 1 };
  return { Stream: { Ref: 'KafkaClusterArn' }, Topics: [demand.name], ...FROM_THE_START, ProvisionedPollerConfig };
}

function mq(demand: NamedDemand, template: SamTemplate): Properties {
  template.expect(demand, 'BrokerArn', "the broker's ARN as the parameter BrokerArn");
  template.expect(
    demand,
    'BrokerSecretArn',
    'the ARN of the secret with username and password as the parameter BrokerSecretArn',
  );
  const SourceAccessConfigurations = [{ Type: 'BASIC_AUTH', URI: { Ref: 'BrokerSecretArn' } }];
  return { Broker: { Ref: 'BrokerArn' }, Queues: [demand.name], SourceAccessConfigurations, DynamicPolicyName: true };
}

/** SAM sets notifications on buckets of the same template alone. */
function bucket(demand: NamedDemand, template: SamTemplate): Properties {
  const resource = `${pascal(demand.name)}Bucket`;
  template.expect(demand, resource, `the bucket as the resource ${resource}, with BucketName: ${demand.name}`);
  return { Bucket: { Ref: resource }, Events: bucketEvents(demand.consumers) };
}

/** When it is due is nothing that a decorator says. */
function schedule(demand: NamedDemand, template: SamTemplate): Properties {
  const parameter = `${pascal(demand.name)}Schedule`;
  template.expect(demand, parameter, `when it is due as the parameter ${parameter}, as in Default: cron(10 0 * * ? *)`);
  return { Schedule: { Ref: parameter }, Name: demand.name };
}

/** A logical name has letters and digits only. */
function pascal(name: string): string {
  return name
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean)
    .map((part) => part[0]!.toUpperCase() + part.slice(1))
    .join('');
}
