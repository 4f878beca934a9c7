import type { DeployedConsumer } from './demand.js';

/** A pattern of EventBridge. @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html */
export type EventPattern = Readonly<Record<string, readonly unknown[]>>;

const ANYTHING: EventPattern = { source: [{ prefix: '' }] };

/**
 * The one pattern of all events that consumers take. One, because an event that two rules match comes twice, and each time to the same method: the most
 * specific one.
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
