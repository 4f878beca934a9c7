import type { PlainObject } from '../shared/types.js';
import { malformed } from './malformed-event.js';

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
