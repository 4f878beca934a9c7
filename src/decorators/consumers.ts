import { asyncProblem } from '../errors/boolean-result.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import { flag, isOptions, mistakeInOptions, refuseUnknownOptions } from '../errors/check-options.js';
import { describeValue } from '../errors/describe-value.js';
import { type ConsumerMetadata, ownMethodMetadata } from '../metadata/class-metadata.js';
import { noteMistake, noteUncalled } from '../metadata/mistakes.js';
import type { Via, ViaQueue } from '../shared/event-types.js';
import { checkVia, mistakeInNames } from './check-consumer.js';

/** What decorators of consumers take as their last argument. */
export interface ConsumerOptions {
  /** Hands over all records of an event at once, as lists; one record at a time unless given. */
  batch?: boolean;
  /**
   * How many records are handled at the same time, where their order allows it; the option `batch.concurrency` of
   * `create` unless given.
   */
  concurrency?: number;
}

/** Options of a consumer whose events may come in messages of another source. */
export interface ViaOptions<Way = Via> extends ConsumerOptions {
  /**
   * In whose messages they come. The method takes them from there alone; without it, it takes those that Lambda
   * delivers.
   */
  via?: Way;
}

/** Which EventBridge events: what is left out may be anything; a `*` at the end of a value stands for anything. */
export interface EventBridgeCriteria {
  source?: string;
  detailType?: string;
  /** In whose messages they come, where the rule's target is a queue or a topic. */
  via?: Via;
}

/**
 * Which S3 notifications, as in `{ bucket: 'uploads', event: 'ObjectCreated:*' }`; the event may have the `s3:` that it
 * is configured with.
 */
export interface S3Criteria {
  bucket?: string;
  event?: string;
  /** In whose messages they come, where the bucket, or a rule of EventBridge, notifies a queue or a topic. */
  via?: Via;
}

type Criteria = Readonly<Record<string, string | undefined>>;

/** A decorator, and the source of its events as their adapter names it. */
interface Kind {
  readonly decorator: string;
  readonly source: string;
}

/** @param criteria Those that were given: one that is `undefined` is a mistake. */
function consumer(
  { decorator, source }: Kind,
  criteria: Criteria,
  options: ConsumerOptions,
  via?: Via,
): MethodDecorator {
  refuseUnknownOptions(options, ['batch', 'concurrency'], `the options of ${decorator}`);
  checkConcurrency(source, options.concurrency);
  if (via !== undefined) checkVia(via, decorator);
  const metadata = { source, criteria: definedOf(criteria), ...options, ...(via !== undefined && { via }) };
  return consumes(
    metadata,
    mistakeInNames(decorator, criteria) ?? mistakeInOptions({ batch: options.batch }, { batch: flag }, decorator),
  );
}

function consumes(metadata: ConsumerMetadata, mistake?: string): MethodDecorator {
  return (prototype, key) => {
    const method = ownMethodMetadata(prototype, key);
    method.consumers.push(metadata);
    noteMistake(method, mistake);
  };
}

function checkConcurrency(source: string, concurrency: number | undefined): void {
  if (concurrency === undefined || (Number.isInteger(concurrency) && concurrency > 0)) return;
  throw new BootstrapError(
    `The option concurrency of a consumer (${source}) takes a whole number from 1, not ${concurrency}`,
  );
}

function definedOf(criteria: Criteria): Record<string, string> {
  return Object.fromEntries(
    Object.entries(criteria).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** A decorator for a source whose records are told apart by one name; without a name it takes all of them. */
type NamedConsumer<Options = ConsumerOptions> = (name?: string, options?: Options) => MethodDecorator;

function namedConsumer(kind: Kind, attribute: string): NamedConsumer {
  return (...given) => {
    const [, options = {}] = given;
    return consumer(kind, nameIn(given, attribute), options);
  };
}

/** Without a name there are options, or nothing: `undefined` alone is one that is not there. */
function nameIn(given: readonly [name?: string, options?: unknown], attribute: string): Criteria {
  return given.length === 1 || given[0] !== undefined ? { [attribute]: given[0] } : {};
}

/** The same for a source whose events may come in messages of another one. */
function carriedConsumer<Way extends Via>(kind: Kind, attribute: string): NamedConsumer<ViaOptions<Way>> {
  return (...given) => {
    const [, all = {}] = given;
    // What are no options is told of as it is.
    if (!isOptions(all)) return consumer(kind, {}, all);
    const { via, ...options } = all as ViaOptions<Way>;
    return consumer(kind, nameIn(given, attribute), options, via);
  };
}

/** Messages of a queue, by its name. */
export const OnSqs = namedConsumer({ decorator: '@OnSqs', source: 'sqs' }, 'queue');
/** Notifications of a topic, by its name. */
export const OnSns = carriedConsumer<ViaQueue>({ decorator: '@OnSns', source: 'sns' }, 'topic');
/** Messages of an ActiveMQ or RabbitMQ queue. */
export const OnMq = namedConsumer({ decorator: '@OnMq', source: 'mq' }, 'queue');
/** Changes of a table's items. */
export const OnDynamoDb = namedConsumer({ decorator: '@OnDynamoDb', source: 'dynamodb' }, 'table');
/** Records of a Kinesis stream, by its name. */
export const OnKinesis = namedConsumer({ decorator: '@OnKinesis', source: 'kinesis' }, 'stream');
/** Records of a topic, on MSK or a cluster of one's own. */
export const OnKafka = namedConsumer({ decorator: '@OnKafka', source: 'kafka' }, 'topic');
/** A schedule's invocations, by the name of the rule or of the schedule. */
export const OnSchedule = carriedConsumer<Via>({ decorator: '@OnSchedule', source: 'schedule' }, 'rule');

/** Events of an EventBridge bus, by source and detail type. */
export function OnEventBridge(criteria: EventBridgeCriteria = {}, options: ConsumerOptions = {}): MethodDecorator {
  refuseUnknownOptions(criteria, ['source', 'detailType', 'via'], 'what @OnEventBridge takes');
  const { via, ...names } = criteria;
  return consumer({ decorator: '@OnEventBridge', source: 'eventbridge' }, names, options, via);
}

/** Notifications of S3, directly or through EventBridge; with `via` those in messages. */
export function OnS3(criteria: S3Criteria = {}, options: ConsumerOptions = {}): MethodDecorator {
  refuseUnknownOptions(criteria, ['bucket', 'event', 'via'], 'what @OnS3 takes');
  const { via, ...names } = criteria;
  if (typeof names.event === 'string') names.event = names.event.replace(/^s3:/, '');
  return consumer({ decorator: '@OnS3', source: 's3' }, names, options, via);
}

/** Messages of a WebSocket API by their route: `$connect`, `$disconnect`, `$default`, or a key of route selection. */
export function OnWebSocket(route: string): MethodDecorator {
  noteUncalled(arguments, '@OnWebSocket');
  return consumer({ decorator: '@OnWebSocket', source: 'websocket' }, { route }, {});
}

/** Answers a Lambda authorizer's question. */
export function OnAuthorize(...given: []): MethodDecorator {
  noteUncalled(given, '@OnAuthorize');
  return consumer({ decorator: '@OnAuthorize', source: 'authorizer' }, {}, {});
}

/**
 * Any event that `predicate` says yes to, as it is: direct invocations, Step Functions tasks, Cognito triggers, and all
 * the rest.
 */
export function OnEvent(predicate: (event: unknown) => boolean): MethodDecorator {
  noteUncalled(arguments, '@OnEvent');
  return consumes({ source: 'event', criteria: {}, predicate }, mistakeInPredicate(predicate));
}

function mistakeInPredicate(predicate: unknown): string | undefined {
  const takes = 'it takes a function that answers true or false at once, for every event';
  const late = asyncProblem(predicate);
  if (late !== undefined) return `@OnEvent: the predicate ${late}: ${takes}.`;
  return typeof predicate === 'function' ? undefined : `@OnEvent was given ${describeValue(predicate)}: ${takes}.`;
}
