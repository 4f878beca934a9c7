import { matches } from '../application/consumer.js';
import type { DeployedConsumer } from './demand.js';

/** All that a bucket tells of. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html */
const EVENTS = [
  'ObjectCreated:*',
  'ObjectRemoved:*',
  'ObjectRestore:*',
  'ObjectTagging:*',
  'ObjectAcl:Put',
  'LifecycleExpiration:*',
  'LifecycleTransition',
  'IntelligentTiering',
  'Replication:*',
  'ReducedRedundancyLostObject',
];

/** The kinds of events that a bucket has to send for consumers, as in `s3:ObjectCreated:*`; none twice, which S3 would refuse. */
export function bucketEvents(consumers: readonly DeployedConsumer[]): string[] {
  const names = new Set(consumers.flatMap(({ criteria }) => eventsOf(criteria['event'] ?? '*')));
  const covered = (name: string): boolean => [...names].some((other) => other !== name && matches(other, name));
  return [...names].filter((name) => !covered(name)).map((name) => `s3:${name}`);
}

/** S3 takes a `*` after a colon alone. */
function eventsOf(wanted: string): string[] {
  return wanted.endsWith('*') && !wanted.endsWith(':*') ? EVENTS.filter((name) => matches(wanted, name)) : [wanted];
}
