import type { ConsumerDescription } from '../contracts/application-description.js';

/** What the deployment has to know of a consumer. */
export type DeployedConsumer = Pick<ConsumerDescription, 'source' | 'criteria' | 'handler'>;

/** One thing that AWS has to be told, so that consumers get their events. */
export interface Demand {
  /** As in `sqs`. */
  readonly source: string;
  /** Of the queue, the table and so on, as the decorator has it: it may end in `*`, and is absent where any will do. */
  readonly name: string | undefined;
  readonly consumers: readonly DeployedConsumer[];
}

/** The attribute by which records of a source are told apart; an event bus has one rule for all. */
const NAMED_BY: Readonly<Record<string, string | undefined>> = {
  sqs: 'queue',
  sns: 'topic',
  mq: 'queue',
  dynamodb: 'table',
  kinesis: 'stream',
  kafka: 'topic',
  s3: 'bucket',
  schedule: 'rule',
  websocket: 'route',
  eventbridge: undefined,
};

/**
 * What consumers ask of AWS, in the order of their decorators. Methods with `@OnEvent` and `@OnAuthorize` ask nothing: whoever calls them names
 * the function.
 */
export function demandsOf(consumers: readonly DeployedConsumer[]): Demand[] {
  const groups = new Map<string, DeployedConsumer[]>();
  for (const consumer of consumers.filter(({ source }) => Object.hasOwn(NAMED_BY, source))) {
    const key = JSON.stringify([consumer.source, nameOf(consumer)]);
    groups.set(key, [...(groups.get(key) ?? []), consumer]);
  }
  return Array.from(groups.values(), (group) => ({ source: group[0]!.source, name: nameOf(group[0]!), consumers: group }));
}

function nameOf({ source, criteria }: DeployedConsumer): string | undefined {
  return criteria[NAMED_BY[source] ?? ''];
}

/** For messages, as in `OrdersConsumer.ship (sqs, queue "orders")`. */
export function labelOf({ source, name, consumers }: Demand): string {
  const which = name === undefined ? '' : `, ${NAMED_BY[source]} "${name}"`;
  return `${consumers.map(({ handler }) => handler).join(', ')} (${source}${which})`;
}

/** Whether it is one name, and not a pattern or any. */
export function isExact(name: string | undefined): name is string {
  return name !== undefined && !name.endsWith('*');
}
