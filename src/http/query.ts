import { decodeComponent } from '../errors/decode-component.js';
import { PlainRecord } from '../shared/plain-record.js';
import { percentEncode } from '../shared/percent-encode.js';

/** Decoded values by name; a repeated name has an array. Without inherited members. */
export type Query = Readonly<Record<string, string | readonly string[]>>;

export type QueryPair = readonly [name: string, value: string];

/**
 * Decodes one `application/x-www-form-urlencoded` component: `+` is a space, then percent-encoding.
 *
 * @throws BadRequestException when the percent-encoding is malformed.
 */
export function decodeFormComponent(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  return spaced.includes('%') ? decodeComponent(spaced) : spaced;
}

/**
 * The decoded pairs of a query string or a form, in order.
 *
 * @param most So many, and one more where there are more: whoever asks says that there are too many, and nothing of them is decoded.
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

/** Pairs as a record without inherited members, so that `?constructor=1` is nothing special. */
export function recordOf(pairs: Iterable<QueryPair>): Query {
  const record = new PlainRecord<string | string[]>();
  for (const [name, value] of pairs) {
    record[name] = withValue(record[name], value);
  }
  return record;
}

/** The member that {@link recordOf} has under a name. */
export function valueOf(pairs: Iterable<QueryPair>, name: string): Query[string] | undefined {
  let found: string | string[] | undefined;
  for (const pair of pairs) {
    if (pair[0] === name) found = withValue(found, pair[1]);
  }
  return found;
}

/** What a name has after one value more: the value itself, then a list, which grows. */
function withValue(before: string | string[] | undefined, value: string): string | string[] {
  if (before === undefined) return value;
  if (typeof before === 'string') return [before, value];
  before.push(value);
  return before;
}

/** Pairs as a query string, for the sources that hand over decoded values. */
export function formatQuery(pairs: Iterable<QueryPair>): string {
  return Array.from(pairs, ([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`).join('&');
}
