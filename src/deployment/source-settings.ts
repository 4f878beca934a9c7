import { REPORTING_SOURCES } from '../application/options/record-options.js';
import { matches } from '../application/records/consumer-registry.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import type { DeployedConsumer, Subscription } from './subscription.js';

/**
 * Returns the settings that follow from decorators, by their names in AWS: of the event source mapping, the
 * notification, the rule or the route.
 */
export function sourceSettings(subscription: Subscription): Readonly<Record<string, unknown>> {
  const reports = (REPORTING_SOURCES as readonly string[]).includes(subscription.source);
  return {
    ...SETTINGS[subscription.source]?.(subscription),
    ...(reports && { FunctionResponseTypes: ['ReportBatchItemFailures'] }),
  };
}

const FROM_THE_START = { StartingPosition: 'TRIM_HORIZON' };

const SETTINGS: Readonly<Record<string, ((subscription: Subscription) => object) | undefined>> = {
  kinesis: () => FROM_THE_START,
  dynamodb: () => FROM_THE_START,
  kafka: ({ name }) => ({ ...(name !== undefined && { Topics: [name] }), ...FROM_THE_START }),
  mq: ({ name }) => (name === undefined ? {} : { Queues: [name] }),
  s3: ({ consumers }) => ({ Events: bucketEvents(consumers) }),
  eventbridge: ({ consumers }) => ({ EventPattern: eventPattern(consumers) }),
  websocket: ({ name }) => ({ RouteKey: name }),
};

/**
 * All event types of S3 notifications.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html
 */
const EVENT_TYPES = [
  ...typesOf('ObjectCreated', ['Put', 'Post', 'Copy', 'CompleteMultipartUpload']),
  ...typesOf('ObjectRemoved', ['Delete', 'DeleteMarkerCreated']),
  ...typesOf('ObjectRestore', ['Post', 'Completed', 'Delete']),
  ...typesOf('ObjectTagging', ['Put', 'Delete']),
  'ObjectAcl:Put',
  ...typesOf('LifecycleExpiration', ['Delete', 'DeleteMarkerCreated']),
  'LifecycleTransition',
  'IntelligentTiering',
  ...typesOf('Replication', [
    'OperationFailedReplication',
    'OperationMissedThreshold',
    'OperationReplicatedAfterThreshold',
    'OperationNotTracked',
  ]),
  'ReducedRedundancyLostObject',
];

function typesOf(group: string, members: readonly string[]): string[] {
  return ['*', ...members].map((member) => `${group}:${member}`);
}

/**
 * Returns the event types that a bucket must send to its consumers, such as `s3:ObjectCreated:*`. No two overlap, which
 * S3 refuses, and none lacks a consumer, which would fail its events.
 *
 * @throws BootstrapError for a pattern that matches no event type.
 */
export function bucketEvents(consumers: readonly DeployedConsumer[]): string[] {
  const names = new Set(consumers.flatMap(eventsOf));
  const covered = (name: string): boolean => [...names].some((other) => other !== name && matches(other, name));
  return [...names].filter((name) => !covered(name)).map((name) => `s3:${name}`);
}

/** Expands a pattern: S3 takes a `*` only after a colon, and not for every group. */
function eventsOf({ criteria, handler }: DeployedConsumer): string[] {
  const wanted = criteria['event'] ?? '*';
  if (!wanted.endsWith('*')) return [wanted];
  const fitting = EVENT_TYPES.filter((type) => matches(wanted, type));
  if (fitting.length > 0) return fitting;
  throw new BootstrapError(
    `${handler} consumes the event "${wanted}" of the bucket "${criteria['bucket'] ?? '*'}", but S3 has no such ` +
      `event type. It has ${EVENT_TYPES.join(', ')}.`,
  );
}

/**
 * An event pattern of EventBridge.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
type EventPattern = Readonly<Record<string, readonly unknown[]>>;

const ANYTHING: EventPattern = { source: [{ prefix: '' }] };

/**
 * Returns one pattern for all events that the consumers take. An event that two rules match would arrive twice, each
 * time at the same method, the most specific one.
 */
export function eventPattern(consumers: readonly DeployedConsumer[]): EventPattern {
  const patterns = consumers.map(({ criteria }) => patternOf(criteria));
  if (patterns.includes(ANYTHING)) return ANYTHING;
  const [first, ...others] = patterns;
  return others.length === 0 ? (first ?? ANYTHING) : { $or: patterns };
}

function patternOf({ source, detailType }: DeployedConsumer['criteria']): EventPattern {
  if (source === undefined && detailType === undefined) return ANYTHING;
  return {
    ...(source !== undefined && { source: [valueOf(source)] }),
    ...(detailType !== undefined && { 'detail-type': [valueOf(detailType)] }),
  };
}

function valueOf(wanted: string): unknown {
  return wanted.endsWith('*') ? { prefix: wanted.slice(0, -1) } : wanted;
}
