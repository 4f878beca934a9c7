import type { SourceRecord } from '../contracts/record-adapter.js';

/** Says of an event that no source is known for it and no `@OnEvent` took it. */
export function unknownEvent(event: unknown): Error {
  return new Error(
    `No consumer takes this event: ${shapeOf(event)}. It has the shape of no source that is known; ` +
      'a method with @OnEvent((event) => …) takes any event that its predicate says yes to.',
  );
}

/** By its members, without their values: an event may be long, and hold what belongs in no log. */
function shapeOf(event: unknown): string {
  if (Array.isArray(event)) return event.length === 0 ? 'an empty list' : `a list whose first item is ${membersOf(event[0])}`;
  const { Records: records } = Object(event) as { Records?: unknown };
  return Array.isArray(records) && records.length > 0 ? `${membersOf(event)}, the first record being ${membersOf(records[0])}` : membersOf(event);
}

/** What a value is, by its members, for messages. */
export function membersOf(value: unknown): string {
  if (typeof value === 'string') return `text of ${value.length} characters`;
  if (Array.isArray(value)) return 'a list';
  if (typeof value !== 'object' || value === null) return String(value);
  return `an object with ${Object.keys(value).join(', ') || 'no members'}`;
}

/** Says of a record that no consumer is there for it. */
export function unknownRecord(source: string, { attributes }: SourceRecord): Error {
  const named = Object.entries(attributes).map(([name, value]) => `${name} "${value}"`);
  return new Error(
    `No consumer takes this ${source} record${named.length > 0 ? ` of ${named.join(', ')}` : ''}. ` +
      `Add a method with the decorator for ${source} to a controller or a provider, or correct what the existing one names.`,
  );
}
