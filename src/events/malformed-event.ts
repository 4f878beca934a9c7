import { isRecord } from './is-record.js';

/** A member of an event that is not what its source sends: what it is, where it stands, and what it should be. */
export class MalformedEventError extends Error {
  override readonly name = 'MalformedEventError';
}

/**
 * @param path Where the value stands in the event, as in `Records[2].body`.
 * @param wanted What should stand there, as in `text`.
 */
export function malformed(path: string, value: unknown, wanted: string): MalformedEventError {
  return new MalformedEventError(`${path} is ${kindOf(value)}: it should be ${wanted}`);
}

/** What a value is, in words that never hold the value: an event may be long, and hold what belongs in no log. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (typeof value === 'string') return value === '' ? 'empty text' : 'text';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (!isRecord(value)) return `a ${typeof value}`;
  return Object.keys(value).length === 0 ? 'an empty object' : 'an object';
}
