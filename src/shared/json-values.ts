import type { PlainObject } from '../../shared/types.js';

/** Events are JSON that anyone may have written: a member that should be an object may be anything. */
export function isRecord(value: unknown): value is PlainObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of an event's member when it is the object that it should be, else an empty one. */
export function asRecord(value: unknown): PlainObject {
  return isRecord(value) ? value : {};
}

/** The value of an event's member when it is the string that it should be. */
export function asString(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Text, or the text of a number or a boolean: people who write events by hand put `10` where AWS sends `"10"`. */
export function asText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
