import { decodeFormComponent, type QueryPair } from '../../http/request/query.js';
import type { HeaderPair } from '../../http/request/request-source.js';

/** Names and values as they stand in a query string, still encoded. */
export function rawQueryPairs(queryString: string): QueryPair[] {
  const parts = queryString.split('&').filter((part) => part !== '');
  return parts.map((part) => {
    const equals = part.indexOf('=');
    return equals === -1 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)];
  });
}

/** Names and values as API Gateway decodes them. */
export function decodedQueryPairs(queryString: string): QueryPair[] {
  return rawQueryPairs(queryString).map(([name, value]) => [decode(name), decode(value)]);
}

function decode(text: string): string {
  return decodeWhereValid(text, decodeFormComponent);
}

type Pair = readonly [name: string, value: string];

// `Object.fromEntries` makes own members of names such as `__proto__` too; an assignment would not.

/** The last value by name, which is what a gateway with single-value maps hands over. */
export function lastValues(pairs: readonly Pair[]): Record<string, string> {
  return Object.fromEntries(pairs);
}

/** Every value by name. */
export function allValues(pairs: readonly Pair[]): Record<string, string[]> {
  const values = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    const before = values.get(name);
    if (before) before.push(value);
    else values.set(name, [value]);
  }
  return Object.fromEntries(values);
}

/** Every value by name, joined with commas, as payload 2.0 has them. */
export function joinedValues(pairs: readonly Pair[]): Record<string, string> {
  return Object.fromEntries(Object.entries(allValues(pairs)).map(([name, values]) => [name, values.join(',')]));
}

export function lowerCaseNames(headers: readonly HeaderPair[]): HeaderPair[] {
  return headers.map(([name, value]) => [name.toLowerCase(), value]);
}

/** Decodes with `decoder`, and leaves the text as it is where its percent-encoding is malformed. */
function decodeWhereValid(text: string, decoder: (text: string) => string = decodeURIComponent): string {
  try {
    return decoder(text);
  } catch {
    return text;
  }
}

/** Decodes a path as HTTP APIs do: each run of escapes for itself, so that a bare `%` stays where it is. */
export function decodePath(path: string): string {
  return path.replace(/(?:%[\da-f]{2})+/gi, (run) => decodeWhereValid(run));
}
