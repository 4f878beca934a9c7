import { isJsonObject } from '../../shared/json-values.js';
import type { PlainObject } from '../../shared/types.js';

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
  if (!isJsonObject(value)) return `a ${typeof value}`;
  return Object.keys(value).length === 0 ? 'an empty object' : 'an object';
}

/** Where a record stands in its event; written out when something is wrong there. */
export class Place {
  /** @param list Where its list stands, as in `Records`. */
  constructor(
    readonly list: string,
    readonly index: number,
  ) {}

  toString(): string {
    return `${this.list}[${this.index}]`;
  }
}

/** The path of a member whose name is data, cut where it is long: `records["orders-0"]`. */
export function keyed(path: string, key: string): string {
  return `${path}[${JSON.stringify(key.slice(0, 100))}]`;
}

/**
 * The text that a record or an event has to have under a name.
 *
 * @param place Where the record stands; none where `members` are the event's own.
 * @param inside The way from the record to `members`, as in `kinesis`; none where these are the record's.
 * @throws MalformedEventError when there is none, or anything else.
 */
export function textAt(members: PlainObject, name: string, place?: Place | string, inside?: string): string {
  const value = members[name];
  if (typeof value === 'string') return value;
  throw malformed([place, inside, name].filter((part) => part !== undefined).join('.'), value, 'text');
}
