import type { SourceRecord } from '../../contracts/event-adapter.js';
import { lastOfArn } from '../../events/reading/arn.js';
import { kindOf } from '../../events/reading/malformed-event.js';
import { isSnsEnvelope } from '../../events/sns.js';
import { labelOfVia, type Via } from '../../shared/event-types.js';
import type { DeclaredConsumer, Opening } from './consumer-registry.js';

/** Says of an event that no source is known for it and no `@OnEvent` took it. */
export function unknownEvent(event: unknown, labels: readonly string[]): Error {
  return new Error(
    `No consumer takes this event: ${shapeOf(event)}. It has the shape of no source that is known; ` +
      `a method with @OnEvent((event) => …) takes any event that its predicate says yes to. ${thereAre(labels)}`,
  );
}

/** Says of a record that no consumer is there for it, and what there is. */
export function unknownRecord(source: string, { attributes, via }: SourceRecord, labels: readonly string[]): Error {
  const named = Object.entries(attributes).map(([name, value]) => `${name} "${value.slice(0, MAX_NAME * 4)}"`);
  const which = `${named.length > 0 ? ` of ${named.join(', ')}` : ''}${via ? ` that came via ${labelOfVia(via)}` : ''}`;
  return new Error(
    `No consumer takes this ${source} record${which}. ${thereAre(labels)} ` +
      `Add a method with the decorator for ${source} to a controller or a provider, or correct what one of them names.`,
  );
}

/** Says of a message that it is not what the declaration of its queue or topic says. */
export function unexpectedMessage(value: unknown, via: Via, { opens }: Opening<DeclaredConsumer>): Error {
  const [declared, mend] = opens === 'requests' ? NO_REQUEST : [NOTHING_DECLARED, thereAre(opens.labels())];
  const carries = `This message of ${labelOfVia(via)} carries ${declared}: it is ${shapeOf(value)}.`;
  return new Error(`${carries} ${mend}${adviceOn(value)}`);
}

const NOTHING_DECLARED = 'nothing that is declared to come in it';
const NO_REQUEST = [
  'no request of API Gateway, a load balancer, a Function URL or VPC Lattice',
  'The option requestsVia says that it would.',
] as const;

/** The commonest mistake: a queue between a topic and a function. */
function adviceOn(value: unknown): string {
  if (!isSnsEnvelope(value)) return '';
  const topic = JSON.stringify(lastOfArn(value.TopicArn).slice(0, MAX_NAME * 4));
  return (
    ` It is a notification of the topic ${topic}: name that in "via" beside the queue, ` +
    `as in { sns: ${topic}, … }, or let the subscription deliver raw messages.`
  );
}

/** Many would make a line of the log that nobody reads. */
function thereAre(labels: readonly string[]): string {
  if (labels.length === 0) return 'There are no consumers.';
  const more = labels.length > MOST_LABELS ? ` and ${labels.length - MOST_LABELS} more` : '';
  return `There ${labels.length === 1 ? 'is' : 'are'} ${labels.slice(0, MOST_LABELS).join(', ')}${more}.`;
}

const MOST_LABELS = 20;

/** By the kinds of its members, without their values: an event may be long, and hold what belongs in no log. */
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

/** What a value is, by its members, for messages. */
export function membersOf(value: unknown): string {
  if (typeof value === 'string') return `text of ${value.length} characters`;
  if (Array.isArray(value)) return 'a list';
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value);
  if (entries.length === 0) return 'an object with no members';
  const told = entries
    .slice(0, MAX_MEMBERS)
    .map(([name, member]) => `${name.slice(0, MAX_NAME)} (${toldOf(name, member)})`);
  return `an object with ${told.join(', ')}${entries.length > MAX_MEMBERS ? ` and ${entries.length - MAX_MEMBERS} more` : ''}`;
}

/** The name of a service is no secret, and says what the event was taken for. */
function toldOf(name: string, member: unknown): string {
  return /^eventSource$/i.test(name) && typeof member === 'string'
    ? JSON.stringify(member.slice(0, MAX_NAME))
    : kindOf(member);
}
