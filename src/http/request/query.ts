import { decodeComponent } from '../../errors/decode-component.js';
import { MAX_QUERY_PARAMETERS } from '../../shared/input-limits.js';
import { PlainRecord } from '../../shared/plain-record.js';
import { percentEncode } from '../message/percent-encode.js';

/** Decoded values by name, an array for a repeated name, without inherited members. */
export type Query = Readonly<Record<string, string | readonly string[]>>;

export type QueryPair = readonly [name: string, value: string];

/**
 * Decodes one `application/x-www-form-urlencoded` component: `+` as a space, then percent-encoding.
 *
 * @throws BadRequestException for malformed percent-encoding.
 */
export function decodeFormComponent(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  return spaced.includes('%') ? decodeComponent(spaced) : spaced;
}

/**
 * Parses a query string or a form into decoded pairs, in order.
 *
 * @param most The maximum number of pairs. If there are more, one more is returned, so that the caller can refuse them;
 *   the others are not decoded.
 */
export function parseFormPairs(text: string, most = Infinity, decode = decodeFormComponent): QueryPair[] {
  const pairs: QueryPair[] = [];
  let start = 0;
  while (start < text.length && pairs.length <= most) {
    const next = text.indexOf('&', start);
    const end = next === -1 ? text.length : next;
    if (end > start) pairs.push(pairOf(text.slice(start, end), decode));
    start = end + 1;
  }
  return pairs;
}

function pairOf(text: string, decode: typeof decodeFormComponent): QueryPair {
  const equals = text.indexOf('=');
  if (equals === -1) return [decode(text), ''];
  return [decode(text.slice(0, equals)), decode(text.slice(equals + 1))];
}

/**
 * Makes a record of pairs, without inherited members, so that `?constructor=1` is nothing special. `ids[]` is the list
 * `ids`, as axios and PHP write it. `__proto__` is left out, because copying it would set a prototype.
 */
export function recordOf<T = string>(
  pairs: Iterable<readonly [name: string, value: T]>,
): Readonly<Record<string, T | T[]>> {
  const record = new PlainRecord<T | T[]>();
  for (const [given, value] of pairs) {
    const name = listName(given);
    if (name !== '__proto__') record[name] = withValue(record[name], value, name !== given);
  }
  return record;
}

/** Removes the brackets of a list's name, such as `ids[]`. */
export function listName(name: string): string {
  const isList =
    name.length > 2 && name.charCodeAt(name.length - 1) === CLOSING_BRACKET && name.indexOf('[') === name.length - 2;
  return isList ? name.slice(0, -2) : name;
}

const CLOSING_BRACKET = 93;

/** Returns one member of {@link recordOf} without making the record. */
export function valueOf(pairs: Iterable<QueryPair>, name: string): Query[string] | undefined {
  if (name === '__proto__') return undefined;
  let found: string | string[] | undefined;
  for (const pair of pairs) {
    const isList = pair[0].length === name.length + 2 && listName(pair[0]) === name;
    if (isList || pair[0] === name) found = withValue(found, pair[1], isList);
  }
  return found;
}

/** Whether a query has nothing to decode, no brackets, and not too many parameters, as most have. */
export function isPlainQuery(text: string): boolean {
  return text.length <= MAX_QUERY_PARAMETERS && !/[%+[]/.test(text);
}

/** Returns what {@link valueOf} does, for a query that {@link isPlainQuery}, without making pairs. */
export function plainValueOf(text: string, name: string): Query[string] | undefined {
  // A name ends at the first `=`.
  if (name === '__proto__' || name.includes('=')) return undefined;
  let found: string | string[] | undefined;
  for (let start = 0; start < text.length;) {
    const next = text.indexOf('&', start);
    const end = next === -1 ? text.length : next;
    const at = start + name.length;
    if (end > start && at <= end && text.startsWith(name, start)) {
      if (at === end) found = withValue(found, '', false);
      else if (text.charCodeAt(at) === EQUALS) {
        const value = text.slice(at + 1, end);
        found = found === undefined ? value : withValue(found, value, false);
      }
    }
    start = end + 1;
  }
  return found;
}

const EQUALS = 61;

/** Adds a value to a member: the first is the value itself, more make a list. */
function withValue<T>(before: T | T[] | undefined, value: T, isList: boolean): T | T[] {
  if (before === undefined) return isList ? [value] : value;
  if (!Array.isArray(before)) return [before, value];
  before.push(value);
  return before;
}

/**
 * Splits the value of a name at unencoded separators; a percent-encoded one is part of its item. Returns `undefined` if
 * there is no unencoded separator.
 */
export function splitUnencoded(queryString: string, name: string, separator: string): string[] | undefined {
  for (const part of queryString.split('&')) {
    const equals = part.indexOf('=');
    if (equals === -1 || listName(decodeFormComponent(part.slice(0, equals))) !== name) continue;
    const items = part.slice(equals + 1).split(separator);
    return items.length > 1 ? items.map(decodeFormComponent) : undefined;
  }
  return undefined;
}

/** Formats pairs as a query string, for sources whose values are decoded. */
export function formatQuery(pairs: Iterable<QueryPair>): string {
  return Array.from(pairs, ([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`).join('&');
}
