import type { SourceRecord } from '../../contracts/event-adapter.js';
import { eventOfPipe } from '../../events/carried/eventbridge-pipe.js';
import { isSnsEnvelope } from '../../events/carried/sns-envelope.js';
import { lastOfArn } from '../../events/reading/arn.js';
import { kindOf } from '../../events/reading/malformed-event.js';
import { labelOfVia, type Via } from '../../shared/event-types.js';
import { suggestion } from '../../shared/suggestion.js';
import { type CarrierDeclaration, type ConsumerRegistry, type DeclaredConsumer, matches } from './consumer-registry.js';

/** Returns the error for an event that has the shape of no source and that no `@OnEvent` method takes. */
export function unknownEvent(event: unknown, labels: readonly string[]): Error {
  return new Error(
    `No consumer takes this event: ${shapeOf(event)}. It has the shape of no known source; ` +
      `a method with @OnEvent((event) => …) takes any event for which its predicate returns true. ` +
      `${thereAre(labels)}${adviceOnPipes(event)}`,
  );
}

function adviceOnPipes(event: unknown): string {
  if (eventOfPipe(event) === event) return '';
  return (
    ' It has the shape of the records that an EventBridge pipe sends: ' +
    'set the option batch: { eventBridgePipes: true }.'
  );
}

/** Returns the error for a record that no consumer takes. It lists the consumers of its source, or else all. */
export function unknownRecord(
  source: string,
  { attributes, via }: SourceRecord,
  consumers: ConsumerRegistry<DeclaredConsumer>,
): Error {
  const named = Object.entries(attributes).map(([name, value]) => `${name} "${value.slice(0, MAX_NAME * 4)}"`);
  const which = `${named.length > 0 ? ` of ${named.join(', ')}` : ''}${via ? ` that came via ${labelOfVia(via)}` : ''}`;
  const near = Object.entries(attributes).map(([name, value]) => nearTo(value, consumers.wantedOf(source, name)));
  const own = consumers.labels(source);
  const advice = own.length > 0 ? ', or correct a name in one of these' : '';
  return new Error(
    `No consumer takes this ${source} record${which}.${near.join('')} ` +
      `${thereAre(own.length > 0 ? own : consumers.labels())} ${onlyCarried(consumers.carriedLabels(source))}` +
      `Add a method with the decorator for ${source} to a controller or a provider${advice}.`,
  );
}

/** A consumer with `via` is easily taken for one of the records that Lambda delivers. */
function onlyCarried(labels: readonly string[]): string {
  return labels.length > 0 ? `Only what comes in messages goes to ${labels.slice(0, MOST_LABELS).join(', ')}. ` : '';
}

function nearTo(value: string, wanted: readonly string[]): string {
  if (wanted.some((each) => matches(each, value))) return '';
  const quoted = wanted.map((each) => JSON.stringify(each));
  return suggestion(value.slice(0, MAX_NAME * 4), quoted);
}

/** Returns the error for a message that is not what its queue or topic is declared to carry. */
export function unexpectedMessage(value: unknown, via: Via, { carries }: CarrierDeclaration<DeclaredConsumer>): Error {
  const [missing, help] =
    carries === 'requests' ? NO_REQUEST : ['none of the events that "via" declares', thereAre(carries.labels())];
  return new Error(
    `This message of ${labelOfVia(via)} carries ${missing}: it is ${shapeOf(value)}. ${help}${adviceOn(value)}`,
  );
}

const NO_REQUEST = [
  'no request of API Gateway, a load balancer, a Function URL or VPC Lattice',
  'The option requestsVia declares that it would.',
] as const;

/** The most common error: a queue between a topic and a function. */
function adviceOn(value: unknown): string {
  if (!isSnsEnvelope(value)) return '';
  const topic = JSON.stringify(lastOfArn(value.TopicArn).slice(0, MAX_NAME * 4));
  return (
    ` It is a notification of the topic ${topic}: add that to "via" beside the queue, ` +
    `as in { sns: ${topic}, … }, or enable raw message delivery for the subscription.`
  );
}

/** Lists the consumers, up to a number: a longer line of the log is not read. */
function thereAre(labels: readonly string[]): string {
  if (labels.length === 0) return 'There are no consumers.';
  const more = labels.length > MOST_LABELS ? ` and ${labels.length - MOST_LABELS} more` : '';
  return `There ${labels.length === 1 ? 'is' : 'are'} ${labels.slice(0, MOST_LABELS).join(', ')}${more}.`;
}

const MOST_LABELS = 20;

/** Describes an event by the kinds of its members, not by their values, which may be long or secret. */
function shapeOf(event: unknown): string {
  if (Array.isArray(event))
    return event.length === 0 ? 'an empty list' : `a list whose first item is ${membersOf(event[0])}`;
  const { Records: records } = Object(event) as { Records?: unknown };
  return Array.isArray(records) && records.length > 0
    ? `${membersOf(event)}, the first record being ${membersOf(records[0])}`
    : membersOf(event);
}

const MAX_MEMBERS = 30;
const MAX_NAME = 60;

/** Describes a value by its members, for messages. */
export function membersOf(value: unknown): string {
  if (typeof value === 'string') return `text of ${value.length} characters`;
  if (Array.isArray(value)) return 'a list';
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value);
  if (entries.length === 0) return 'an object with no members';
  const members = entries
    .slice(0, MAX_MEMBERS)
    .map(([name, member]) => `${name.slice(0, MAX_NAME)} (${kindOfMember(name, member)})`);
  const more = entries.length > MAX_MEMBERS ? ` and ${entries.length - MAX_MEMBERS} more` : '';
  return `an object with ${members.join(', ')}${more}`;
}

/** The name of a service is not secret, and says what the event was taken for. */
function kindOfMember(name: string, member: unknown): string {
  return /^eventSource$/i.test(name) && typeof member === 'string'
    ? JSON.stringify(member.slice(0, MAX_NAME))
    : kindOf(member);
}
