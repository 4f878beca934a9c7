import { BootstrapError } from '../errors/bootstrap-error.js';
import { type ConsumerMetadata, ownMethodMetadata } from '../metadata/class-metadata.js';

/** What decorators of consumers take as their last argument. */
export interface ConsumerOptions {
  /** Hands over all records of an event at once, as lists; one record at a time unless given. */
  batch?: boolean;
  /** How many records are handled at the same time, where their order allows it; the option `batch.concurrency` of `create` unless given. */
  concurrency?: number;
}

/** Which EventBridge events: what is left out may be anything; a `*` at the end of a value stands for anything. */
export interface EventBridgeCriteria {
  source?: string;
  detailType?: string;
}

/** Which S3 notifications, as in `{ bucket: 'uploads', event: 'ObjectCreated:*' }`; the event may have the `s3:` that it is configured with. */
export interface S3Criteria {
  bucket?: string;
  event?: string;
}

function consumer(source: string, criteria: Readonly<Record<string, string | undefined>>, options: ConsumerOptions): MethodDecorator {
  checkConcurrency(source, options.concurrency);
  return consumes({ source, criteria: definedOf(criteria), ...options });
}

function consumes(metadata: ConsumerMetadata): MethodDecorator {
  return (prototype, key) => {
    ownMethodMetadata(prototype, key).consumers.push(metadata);
  };
}

function checkConcurrency(source: string, concurrency: number | undefined): void {
  if (concurrency === undefined || (Number.isInteger(concurrency) && concurrency > 0)) return;
  throw new BootstrapError(`The option concurrency of a consumer (${source}) takes a whole number from 1, not ${concurrency}`);
}

function definedOf(criteria: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(criteria).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** A decorator for a source whose records are told apart by one name; without a name it takes all of them. */
type NamedConsumer = (name?: string, options?: ConsumerOptions) => MethodDecorator;

function namedConsumer(source: string, attribute: string): NamedConsumer {
  return (name, options = {}) => consumer(source, { [attribute]: name }, options);
}

/** Messages of a queue, by its name. */
export const OnSqs = namedConsumer('sqs', 'queue');
/** Notifications of a topic, by its name. */
export const OnSns = namedConsumer('sns', 'topic');
/** Messages of an ActiveMQ or RabbitMQ queue. */
export const OnMq = namedConsumer('mq', 'queue');
/** Changes of a table's items. */
export const OnDynamoDb = namedConsumer('dynamodb', 'table');
/** Records of a Kinesis stream, by its name. */
export const OnKinesis = namedConsumer('kinesis', 'stream');
/** Records of a topic, on MSK or a cluster of one's own. */
export const OnKafka = namedConsumer('kafka', 'topic');
/** A schedule's invocations, by the name of the rule or of the schedule. */
export const OnSchedule = namedConsumer('schedule', 'rule');

/** Events of an EventBridge bus, by source and detail type. */
export function OnEventBridge(criteria: EventBridgeCriteria = {}, options: ConsumerOptions = {}): MethodDecorator {
  return consumer('eventbridge', { source: criteria.source, detailType: criteria.detailType }, options);
}

/** Notifications of S3, whether they come directly, through EventBridge or through a queue. */
export function OnS3(criteria: S3Criteria = {}, options: ConsumerOptions = {}): MethodDecorator {
  return consumer('s3', { bucket: criteria.bucket, event: criteria.event?.replace(/^s3:/, '') }, options);
}

/** Messages of a WebSocket API by their route: `$connect`, `$disconnect`, `$default`, or a key of route selection. */
export function OnWebSocket(route: string): MethodDecorator {
  return consumer('websocket', { route }, {});
}

/** Answers a Lambda authorizer's question. */
export function OnAuthorize(): MethodDecorator {
  return consumer('authorizer', {}, {});
}

/** Any event that `predicate` says yes to, as it is: direct invocations, Step Functions tasks, Cognito triggers, and all the rest. */
export function OnEvent(predicate: (event: unknown) => boolean): MethodDecorator {
  return consumes({ source: 'event', criteria: {}, predicate });
}
