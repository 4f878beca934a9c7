import { MalformedEventError } from '../../errors/malformed-event-error.js';
import { isJsonObject } from '../../shared/json-values.js';
import type { PlainObject } from '../../shared/types.js';

/**
 * @param path The place of the value in the event, as in `Records[2].body`.
 * @param wanted What it should be, as in `text`.
 */
export function malformed(path: string, value: unknown, wanted: string): MalformedEventError {
  return new MalformedEventError(`${path} is ${kindOf(value)}: it should be ${wanted}`);
}

/** Describes a value without showing it, because an event may be long and hold data that belongs in no log. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (typeof value === 'string') return value === '' ? 'empty text' : 'text';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (!isJsonObject(value)) return `a ${typeof value}`;
  return Object.keys(value).length === 0 ? 'an empty object' : 'an object';
}

/** The place of a record in its event. Formatted only for an error message. */
export class Place {
  /** @param list The path of its list, as in `Records`. */
  constructor(
    readonly list: string,
    readonly index: number,
  ) {}

  toString(): string {
    return `${this.list}[${this.index}]`;
  }
}

/** Returns the path of a member whose name is data, as in `records["orders-0"]`. Long names are cut. */
export function keyed(path: string, key: string): string {
  return `${path}[${JSON.stringify(key.slice(0, 100))}]`;
}

/**
 * Returns a member that has to be text.
 *
 * @param place The place of the record; omit it if `members` are the event's own.
 * @param inside The path from the record to `members`, as in `kinesis`; omit it if they are the record's own.
 * @throws MalformedEventError if it is missing, or not text.
 */
export function textAt(members: PlainObject, name: string, place?: Place | string, inside?: string): string {
  const value = members[name];
  if (typeof value === 'string') return value;
  throw malformed([place, inside, name].filter((part) => part !== undefined).join('.'), value, 'text');
}
