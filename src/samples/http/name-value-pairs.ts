import { decodeFormComponent, type QueryPair } from '../../http/request/query.js';
import type { HeaderPair } from '../../http/request/request-source.js';

/** Splits a query string into names and values, still encoded. */
export function rawQueryPairs(queryString: string): QueryPair[] {
  const parts = queryString.split('&').filter((part) => part !== '');
  return parts.map((part) => {
    const equals = part.indexOf('=');
    return equals === -1 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)];
  });
}

/** Splits a query string into names and values, decoded as API Gateway does. */
export function decodedQueryPairs(queryString: string): QueryPair[] {
  return rawQueryPairs(queryString).map(([name, value]) => [
    decodeIfValid(name, decodeFormComponent),
    decodeIfValid(value, decodeFormComponent),
  ]);
}

type Pair = readonly [name: string, value: string];

// Unlike an assignment, `Object.fromEntries` creates own members for names such as `__proto__`, too.

/** Returns the last value per name, as gateways with single-value maps send it. */
export function lastValues(pairs: readonly Pair[]): Record<string, string> {
  return Object.fromEntries(pairs);
}

/** Returns all values per name. */
export function allValues(pairs: readonly Pair[]): Record<string, string[]> {
  const values = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    const before = values.get(name);
    if (before) before.push(value);
    else values.set(name, [value]);
  }
  return Object.fromEntries(values);
}

/** Returns all values per name, joined with commas as in payload 2.0. */
export function joinedValues(pairs: readonly Pair[]): Record<string, string> {
  return Object.fromEntries(Object.entries(allValues(pairs)).map(([name, values]) => [name, values.join(',')]));
}

export function lowerCaseNames(headers: readonly HeaderPair[]): HeaderPair[] {
  return headers.map(([name, value]) => [name.toLowerCase(), value]);
}

/** Decodes text with `decoder`, or returns it as it is if its percent-encoding is malformed. */
function decodeIfValid(text: string, decoder: (text: string) => string = decodeURIComponent): string {
  try {
    return decoder(text);
  } catch {
    return text;
  }
}

/** Decodes a path as HTTP APIs do: each run of escapes separately, so that a bare `%` stays as it is. */
export function decodePath(path: string): string {
  return path.replace(/(?:%[\da-f]{2})+/gi, (run) => decodeIfValid(run));
}
