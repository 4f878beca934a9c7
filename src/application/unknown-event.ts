import type { SourceRecord } from '../contracts/record-adapter.js';

/** Says of an event that no source is known for it and no `@OnEvent` took it. */
export function unknownEvent(event: unknown): Error {
  const members = typeof event === 'object' && event !== null ? `an object with ${Object.keys(event).join(', ') || 'no members'}` : String(event);
  return new Error(
    `No consumer takes this event: ${members}. It has the shape of no source that is known; ` +
      'a method with @OnEvent((event) => …) takes any event that its predicate says yes to.',
  );
}

/** Says of a record that no consumer is there for it. */
export function unknownRecord(source: string, { attributes }: SourceRecord): Error {
  const named = Object.entries(attributes).map(([name, value]) => `${name} "${value}"`);
  return new Error(
    `No consumer takes this ${source} record${named.length > 0 ? ` of ${named.join(', ')}` : ''}. ` +
      `Add a method with the decorator for ${source} to a controller or a provider, or correct what the existing one names.`,
  );
}
