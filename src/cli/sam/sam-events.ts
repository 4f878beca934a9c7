import { scheduleOf } from '../../deployment/schedules.js';
import { isExact, labelOf, type Subscription } from '../../deployment/subscription.js';
import { pascalCase } from '../../shared/pascal-case.js';
import { type EventWriter, type NamedSubscription, writerOf } from './event-writers.js';
import type { SamTemplate } from './sam-template.js';

/** An event of `AWS::Serverless::Function`. */
export interface SamEvent {
  /** Its key below `Events`. */
  readonly name: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** The events to write, and what is up to the user. */
export interface SamEvents {
  readonly events: readonly SamEvent[];
  /** The parts that the events need and the template does not have, one phrase each. */
  readonly missing: readonly string[];
  /** The parts that cannot be written, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Returns the events for what consumers subscribe to.
 *
 * @param ownEvents names of events that the user wrote outside of the marks, which are left to the user.
 */
export function samEvents(
  subscriptions: readonly Subscription[],
  template: SamTemplate,
  ownEvents: ReadonlySet<string>,
): SamEvents {
  const writable = subscriptions.filter(isWritable);
  const names = uniqueNames(writable.map(eventName));
  const written = writable
    .map((subscription, index) => ({ subscription, name: names[index]!, writer: writerOf(subscription)! }))
    .filter(({ name }) => !ownEvents.has(name));
  return {
    events: written.map(({ subscription, name, writer }) => ({
      name,
      type: writer.type,
      properties: writer.properties(subscription, template),
    })),
    missing: written.flatMap(({ subscription, writer }) => missingFor(subscription, writer, template)),
    notes: subscriptions.filter((subscription) => !isWritable(subscription)).map(noteOf),
  };
}

/** A pattern, or no name at all, means no particular resource; an event bus has one rule for all its consumers. */
function isWritable(subscription: Subscription): subscription is NamedSubscription {
  const { source, name } = subscription;
  return (
    writerOf(subscription) !== undefined &&
    (source === 'eventbridge' || isExact(name) || scheduleOf(subscription) !== undefined)
  );
}

function eventName(subscription: Subscription): string {
  return pascalCase(subscription.name ?? '') + writerOf(subscription)!.suffix;
}

/** Numbers equal names: `orders-eu` and `orders_eu` make the same. */
function uniqueNames(names: readonly string[]): string[] {
  return names.map((name, index) => {
    const before = names.slice(0, index).filter((other) => other === name).length;
    return before === 0 ? name : `${name}${before + 1}`;
  });
}

function missingFor(subscription: NamedSubscription, { needs }: EventWriter, template: SamTemplate): string[] {
  return (needs?.(subscription.name) ?? [])
    .filter(({ anyOf }) => !anyOf.some((logicalName) => template.has(logicalName)))
    .map(({ what }) => `${labelOf(subscription)}: ${what}`);
}

/** The advice for sources that SAM has no event for. */
const WITHOUT_EVENT: Readonly<Record<string, string | undefined>> = {
  websocket: 'WebSocket APIs. Declare the route as a resource.',
  firehose:
    "Firehose. Name the function in the stream's ProcessingConfiguration, and allow the stream's role to invoke it.",
  alarm:
    "alarms. Name the function in the alarm's AlarmActions, and allow lambda.alarms.cloudwatch.amazonaws.com to " +
    'invoke it with an AWS::Lambda::Permission.',
};

function noteOf(subscription: Subscription): string {
  const advice = WITHOUT_EVENT[subscription.source];
  if (advice !== undefined) return `${labelOf(subscription)}: SAM has no event for ${advice}`;
  return `${labelOf(subscription)}: the decorator does not name one resource. Add the event yourself.`;
}
