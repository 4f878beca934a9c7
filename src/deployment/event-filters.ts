import { matches } from '../application/records/consumer-registry.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import type { DeployedConsumer } from './demand.js';

/**
 * All that a bucket tells of. @see
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html
 */
const KINDS = [
  ...kindsOf('ObjectCreated', ['Put', 'Post', 'Copy', 'CompleteMultipartUpload']),
  ...kindsOf('ObjectRemoved', ['Delete', 'DeleteMarkerCreated']),
  ...kindsOf('ObjectRestore', ['Post', 'Completed', 'Delete']),
  ...kindsOf('ObjectTagging', ['Put', 'Delete']),
  'ObjectAcl:Put',
  ...kindsOf('LifecycleExpiration', ['Delete', 'DeleteMarkerCreated']),
  'LifecycleTransition',
  'IntelligentTiering',
  ...kindsOf('Replication', [
    'OperationFailedReplication',
    'OperationMissedThreshold',
    'OperationReplicatedAfterThreshold',
    'OperationNotTracked',
  ]),
  'ReducedRedundancyLostObject',
];

function kindsOf(group: string, members: readonly string[]): string[] {
  return ['*', ...members].map((member) => `${group}:${member}`);
}

/**
 * The kinds of events that a bucket has to send for consumers, as in `s3:ObjectCreated:*`; none twice, which S3 would
 * refuse, and none that no consumer takes, which would fail.
 *
 * @throws BootstrapError for a pattern that no kind fits.
 */
export function bucketEvents(consumers: readonly DeployedConsumer[]): string[] {
  const names = new Set(consumers.flatMap(eventsOf));
  const covered = (name: string): boolean => [...names].some((other) => other !== name && matches(other, name));
  return [...names].filter((name) => !covered(name)).map((name) => `s3:${name}`);
}

/** S3 takes a `*` after a colon alone, and not of every group. */
function eventsOf({ criteria, handler }: DeployedConsumer): string[] {
  const wanted = criteria['event'] ?? '*';
  if (!wanted.endsWith('*')) return [wanted];
  const fitting = KINDS.filter((kind) => matches(wanted, kind));
  if (fitting.length > 0) return fitting;
  throw new BootstrapError(
    `${handler} wants the event "${wanted}" of the bucket "${criteria['bucket'] ?? '*'}", which none of S3's kinds fits: ${KINDS.join(', ')}.`,
  );
}

/**
 * A pattern of EventBridge. @see
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
type EventPattern = Readonly<Record<string, readonly unknown[]>>;

const ANYTHING: EventPattern = { source: [{ prefix: '' }] };

/**
 * The one pattern of all events that consumers take. One, because an event that two rules match comes twice, and each
 * time to the same method: the most specific one.
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
