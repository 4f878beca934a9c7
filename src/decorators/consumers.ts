import { asyncProblem } from '../errors/boolean-result.js';
import { flag, mistakeInOptions, refuseUnknownOptions, wholeNumber } from '../errors/check-options.js';
import { describeValue } from '../errors/describe-value.js';
import { isOptions } from '../errors/option-names.js';
import { type ConsumerMetadata, ownMethodMetadata } from '../metadata/class-metadata.js';
import { noteMistake, noteUncalled } from '../metadata/mistakes.js';
import type { Via, ViaQueue } from '../shared/event-types.js';
import type { ScheduleOptions } from '../shared/schedule.js';
import { checkVia, mistakeInNames, mistakeInType } from './check-consumer.js';

/** Options of consumer decorators. */
export interface ConsumerOptions {
  /** Passes all records of an event at once, as lists. Default: one record at a time. */
  batch?: boolean;
  /**
   * The number of records that are handled concurrently, if their order allows it. Default: the option
   * `batch.concurrency` of `create`.
   */
  concurrency?: number;
}

/** Options of `@OnSqs`. */
export interface SqsOptions extends ConsumerOptions {
  /**
   * Takes only messages whose message attribute `type` is this text, compared as it is. Messages of other types go to
   * other consumers of the queue, and those that none takes fail.
   */
  type?: string;
}

/** Options of a consumer whose events may be carried in messages of another source. */
export interface ViaOptions<Way = Via> extends ConsumerOptions {
  /**
   * The queue or topic whose messages carry the events. The method then handles only those; without it, it handles only
   * events that come directly from Lambda.
   */
  via?: Way;
}

/** Selects EventBridge events. An omitted criterion matches anything, and so does a `*` at the end of a value. */
export interface EventBridgeCriteria {
  source?: string;
  detailType?: string;
  /** The queue or topic whose messages carry the events, if the rule's target is one. */
  via?: Via;
}

/**
 * Selects S3 notifications, as in `{ bucket: 'uploads', event: 'ObjectCreated:*' }`. The event may begin with `s3:`, as
 * in the configuration of the bucket.
 */
export interface S3Criteria {
  bucket?: string;
  event?: string;
  /** The queue or topic whose messages carry the notifications of the bucket or of an EventBridge rule. */
  via?: Via;
}

type Criteria = Readonly<Record<string, string | undefined>>;

/** A decorator and its event source, by the name of its adapter. */
interface Kind {
  readonly decorator: string;
  readonly source: string;
  /** An option that is a criterion. */
  readonly criterion?: string;
}

/** @param criteria The given criteria; one that is `undefined` is a mistake. */
function consumer(
  { decorator, source, criterion }: Kind,
  criteria: Criteria,
  options: ConsumerOptions,
  via?: Via,
): MethodDecorator {
  const known = [...(criterion === undefined ? [] : [criterion]), 'batch', 'concurrency'];
  refuseUnknownOptions(options, known, `the options of ${decorator}`);
  if (via !== undefined) checkVia(via, decorator);
  const metadata = { source, criteria: definedOf(criteria), ...options, ...(via !== undefined && { via }) };
  return consumes(
    metadata,
    mistakeInNames(decorator, criteria) ??
      mistakeInType(decorator, criteria) ??
      mistakeInOptions(
        { batch: options.batch, concurrency: options.concurrency },
        { batch: flag, concurrency: wholeNumber(1) },
        decorator,
      ),
  );
}

function consumes(metadata: ConsumerMetadata, mistake?: string): MethodDecorator {
  return (prototype, key) => {
    const method = ownMethodMetadata(prototype, key);
    method.consumers.push(metadata);
    noteMistake(method, mistake);
  };
}

function definedOf(criteria: Criteria): Record<string, string> {
  return Object.fromEntries(
    Object.entries(criteria).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** A decorator for a source whose records are matched by one name. Without a name, it takes all of them. */
type NamedConsumer<Options = ConsumerOptions> = (name?: string, options?: Options) => MethodDecorator;

function namedConsumer(kind: Kind, attribute: string): NamedConsumer {
  return (...given) => {
    const [, options = {}] = given;
    return consumer(kind, nameIn(given, attribute), options);
  };
}

/** Returns the name as a criterion. A lone `undefined` counts as one: it was meant to be a name. */
function nameIn(given: readonly [name?: string, options?: unknown], attribute: string): Criteria {
  return given.length === 1 || given[0] !== undefined ? { [attribute]: given[0] } : {};
}

/** Like {@link namedConsumer}, for a source whose events may be carried in messages of another one. */
function carriedConsumer<Way extends Via>(kind: Kind, attribute: string): NamedConsumer<ViaOptions<Way>> {
  return (...given) => {
    const [, all = {}] = given;
    // Anything but options is passed on, to be refused.
    if (!isOptions(all)) return consumer(kind, {}, all);
    const { via, ...options } = all as ViaOptions<Way>;
    return consumer(kind, nameIn(given, attribute), options, via);
  };
}

const SQS: Kind = { decorator: '@OnSqs', source: 'sqs', criterion: 'type' };

/** Handles messages of an SQS queue, by its name; with the option `type`, only those of one type. */
export const OnSqs: NamedConsumer<SqsOptions> = (...given) => {
  const [, all = {}] = given;
  // Anything but options is passed on, to be refused.
  if (!isOptions(all)) return consumer(SQS, {}, all);
  const { type, ...options } = all as SqsOptions;
  return consumer(SQS, { ...nameIn(given, 'queue'), ...('type' in all && { type }) }, options);
};

/** Handles notifications of an SNS topic, by its name. */
export const OnSns = carriedConsumer<ViaQueue>({ decorator: '@OnSns', source: 'sns' }, 'topic');
/** Handles messages of an ActiveMQ or RabbitMQ queue, by its name. */
export const OnMq = namedConsumer({ decorator: '@OnMq', source: 'mq' }, 'queue');
/** Handles changes of the items of a DynamoDB table, by its name. */
export const OnDynamoDb = namedConsumer({ decorator: '@OnDynamoDb', source: 'dynamodb' }, 'table');
/** Handles records of a Kinesis stream, by its name. */
export const OnKinesis = namedConsumer({ decorator: '@OnKinesis', source: 'kinesis' }, 'stream');
/**
 * Transforms records of a Firehose delivery stream, by its name. What the method returns goes to the destination; an
 * error fails the record.
 */
export const OnFirehose: NamedConsumer<Omit<ConsumerOptions, 'batch'>> = (...given) => {
  const [, options = {}] = given;
  refuseUnknownOptions(options, ['concurrency'], 'the options of @OnFirehose');
  return consumer({ decorator: '@OnFirehose', source: 'firehose' }, nameIn(given, 'stream'), options);
};
/** Handles records of a Kafka topic, on MSK or a self-managed cluster. */
export const OnKafka = namedConsumer({ decorator: '@OnKafka', source: 'kafka' }, 'topic');

/** Handles invocations by a schedule: one that the decorator declares, or an existing rule or schedule, by its name. */
export interface ScheduleConsumer {
  /** @param schedule When the method runs. Deployments create the schedule. */
  (schedule: ScheduleOptions): MethodDecorator;
  /** @param name The name of a rule or a schedule that is defined elsewhere. Without it, the method takes all. */
  (name?: string, options?: ViaOptions): MethodDecorator;
}

const existingSchedule = carriedConsumer<Via>({ decorator: '@OnSchedule', source: 'schedule' }, 'rule');

/**
 * Runs a method on a schedule: `@OnSchedule({ cron: '0 3 * * ? *', timezone: 'Europe/Berlin' })`, `@OnSchedule({ rate:
 * '10 minutes' })`, or `@OnSchedule('nightly')` for a rule or a schedule of that name.
 */
export const OnSchedule: ScheduleConsumer = (...given: [(ScheduleOptions | string)?, ViaOptions?]) => {
  const [first, options] = given;
  if (!isOptions(first)) return existingSchedule(...(given as [string?, ViaOptions?]));
  const { name } = first as ScheduleOptions;
  // The rest is checked where the application is planned, so that bundles contain no grammar of cron.
  return consumes(
    { source: 'schedule', criteria: definedOf({ rule: name }), schedule: first },
    options && "@OnSchedule({ … }) takes no other options. With via, name the rule: @OnSchedule('nightly', { via }).",
  );
};

/** Handles the actions of a CloudWatch alarm, by its name, when its state changes. */
export const OnAlarm = namedConsumer({ decorator: '@OnAlarm', source: 'alarm' }, 'alarm');

/** Handles events of an EventBridge bus, by source and detail type. */
export function OnEventBridge(criteria: EventBridgeCriteria = {}, options: ConsumerOptions = {}): MethodDecorator {
  refuseUnknownOptions(criteria, ['source', 'detailType', 'via'], 'what @OnEventBridge takes');
  const { via, ...names } = criteria;
  return consumer({ decorator: '@OnEventBridge', source: 'eventbridge' }, names, options, via);
}

/** Handles S3 notifications, sent directly or through EventBridge; with `via`, those carried in messages. */
export function OnS3(criteria: S3Criteria = {}, options: ConsumerOptions = {}): MethodDecorator {
  refuseUnknownOptions(criteria, ['bucket', 'event', 'via'], 'what @OnS3 takes');
  const { via, ...names } = criteria;
  if (typeof names.event === 'string') names.event = names.event.replace(/^s3:/, '');
  return consumer({ decorator: '@OnS3', source: 's3' }, names, options, via);
}

/** Handles WebSocket messages by route: `$connect`, `$disconnect`, `$default`, or a route selection key. */
export function OnWebSocket(route: string): MethodDecorator {
  noteUncalled(arguments, '@OnWebSocket');
  return consumer({ decorator: '@OnWebSocket', source: 'websocket' }, { route }, {});
}

/** Handles the events of a Lambda authorizer, whose result allows or denies the request. */
export function OnAuthorize(...given: []): MethodDecorator {
  noteUncalled(given, '@OnAuthorize');
  return consumer({ decorator: '@OnAuthorize', source: 'authorizer' }, {}, {});
}

/**
 * Handles any event that `predicate` accepts, without decoding it: direct invocations, Step Functions tasks, Cognito
 * triggers, and all others.
 */
export function OnEvent(predicate: (event: unknown) => boolean): MethodDecorator {
  noteUncalled(arguments, '@OnEvent');
  return consumes({ source: 'event', criteria: {}, predicate }, mistakeInPredicate(predicate));
}

function mistakeInPredicate(predicate: unknown): string | undefined {
  const takes = 'it takes a synchronous function that returns true or false';
  const late = asyncProblem(predicate);
  if (late !== undefined) return `@OnEvent: the predicate ${late}: ${takes}.`;
  return typeof predicate === 'function' ? undefined : `@OnEvent was given ${describeValue(predicate)}: ${takes}.`;
}
