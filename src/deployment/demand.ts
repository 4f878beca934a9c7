import type { ConsumerDescription } from '../contracts/application-description.js';
import { type Carriage, CARRIERS, wayOf } from '../shared/event-types.js';

/** What the deployment has to know of a consumer. */
export type DeployedConsumer = Pick<ConsumerDescription, 'source' | 'criteria' | 'handler'> &
  Partial<Pick<ConsumerDescription, 'via' | 'returns'>>;

/** One thing that AWS has to be told, so that consumers get their events. */
export interface Demand {
  /** As in `sqs`. */
  readonly source: string;
  /** Of the queue, the table and so on, as the decorator has it: it may end in `*`, and is absent where any will do. */
  readonly name: string | undefined;
  /** Who takes what comes from there, or what its messages carry. */
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
 * What consumers ask of AWS, in the order of their decorators. Events that come in messages ask for these; how they get
 * there is between their source and the queue or topic. Methods with `@OnEvent` and `@OnAuthorize` ask nothing: whoever
 * calls them names the function.
 *
 * @param requestsVia Whose messages are requests.
 */
export function demandsOf(consumers: readonly DeployedConsumer[], requestsVia: readonly Carriage[] = []): Demand[] {
  const groups = new Map<string, DemandOfMany>();
  for (const consumer of [...consumers, ...requestsVia.map(requestsTaker)].filter(({ source }) =>
    Object.hasOwn(NAMED_BY, source),
  )) {
    const place = placeOf(consumer);
    const key = JSON.stringify(place);
    const group = groups.get(key) ?? { ...place, consumers: [] };
    group.consumers.push(consumer);
    groups.set(key, group);
  }
  return [...groups.values()];
}

interface DemandOfMany extends Demand {
  readonly consumers: DeployedConsumer[];
}

/** The routes of an application take requests, whatever route that is. */
function requestsTaker({ source, name }: Carriage): DeployedConsumer {
  return { source, criteria: { [CARRIERS[source]]: name }, handler: 'requestsVia' };
}

/**
 * What Lambda has to deliver: of an event in a message the message, of one in a topic's notification in a queue that of
 * the queue.
 */
function placeOf(consumer: DeployedConsumer): Pick<Demand, 'source' | 'name'> {
  const [outermost] = wayOf(consumer.via);
  return outermost ?? { source: consumer.source, name: nameOf(consumer) };
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
