import type { ConsumerDescription } from '../contracts/application-description.js';
import { type Carriage, CARRIERS, wayOf } from '../shared/event-types.js';

/** The part of a consumer's description that a deployment needs. */
export type DeployedConsumer = Pick<ConsumerDescription, 'source' | 'criteria' | 'handler'> &
  Partial<Pick<ConsumerDescription, 'via' | 'returns' | 'schedule'>>;

/** One resource, or one kind of event, that AWS must connect to the function. */
export interface Subscription {
  /** Such as `sqs`. */
  readonly source: string;
  /**
   * The name of the queue, table and so on, as the decorator has it. It may end in `*`, and is absent when any resource
   * will do.
   */
  readonly name: string | undefined;
  /** The consumers of its records, or of what its messages carry. */
  readonly consumers: readonly DeployedConsumer[];
}

/** The criterion that names the resource of each source. An event bus has one rule for all its consumers. */
const NAMED_BY: Readonly<Record<string, string | undefined>> = {
  sqs: 'queue',
  sns: 'topic',
  mq: 'queue',
  dynamodb: 'table',
  kinesis: 'stream',
  firehose: 'stream',
  alarm: 'alarm',
  kafka: 'topic',
  s3: 'bucket',
  schedule: 'rule',
  websocket: 'route',
  eventbridge: undefined,
};

/**
 * Returns what consumers need from AWS, in the order of their decorators.
 *
 * An event inside a message needs a subscription to the queue or topic that delivers the message. Connecting the
 * event's source to it is up to you. `@OnEvent` and `@OnAuthorize` need no subscription: their callers invoke the
 * function by name.
 *
 * @param requestsVia The queues and topics whose messages carry requests.
 */
export function subscriptionsOf(
  consumers: readonly DeployedConsumer[],
  requestsVia: readonly Carriage[] = [],
): Subscription[] {
  const groups = new Map<string, Subscription & { readonly consumers: DeployedConsumer[] }>();
  for (const consumer of [...consumers, ...requestsVia.map(requestsConsumer)]) {
    if (!Object.hasOwn(NAMED_BY, consumer.source)) continue;
    const resource = resourceOf(consumer);
    const key = JSON.stringify(resource);
    const group = groups.get(key) ?? { ...resource, consumers: [] };
    group.consumers.push(consumer);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Stands for the routes of the application, which take every request that messages carry. */
function requestsConsumer({ source, name }: Carriage): DeployedConsumer {
  return { source, criteria: { [CARRIERS[source]]: name }, handler: 'requestsVia' };
}

/**
 * Returns the resource that invokes Lambda. For an event inside messages it is the outermost carrier: for an S3 event
 * in an SNS notification in a queue, the queue.
 */
function resourceOf({ source, criteria, via }: DeployedConsumer): Pick<Subscription, 'source' | 'name'> {
  const [outermost] = wayOf(via);
  return outermost ?? { source, name: criteria[NAMED_BY[source] ?? ''] };
}

/** Describes a subscription in messages, as in `OrdersConsumer.ship (sqs, queue "orders")`. */
export function labelOf({ source, name, consumers }: Subscription): string {
  const which = name === undefined ? '' : `, ${NAMED_BY[source]} "${name}"`;
  return `${consumers.map(({ handler }) => handler).join(', ')} (${source}${which})`;
}

/** Whether the name is one resource's, rather than a pattern or absent. */
export function isExact(name: string | undefined): name is string {
  return name !== undefined && !name.endsWith('*');
}
