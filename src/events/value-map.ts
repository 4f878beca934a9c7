import type { HeaderPair } from '../http/request-source.js';
import { asText } from './as-text.js';
import { isRecord } from './is-record.js';

/** Headers or query parameters as an event has them: a value or a list by name, whatever else may stand there. */
export type ValueMap = Readonly<Record<string, unknown>>;

const none: ValueMap = Object.freeze({});

/**
 * The multi-value map where it holds something, else the single-value map.
 * An empty one beside a full single-value map is what people write to satisfy the types of an event.
 */
export function preferMulti(multi: unknown, single: unknown): ValueMap {
  if (isRecord(multi)) for (const _ in multi) return multi;
  return isRecord(single) ? single : none;
}

/** A pair a value, in order, names as they are. What is no text is left out. */
export function pairsOf(map: ValueMap): [name: string, value: string][] {
  const pairs: [string, string][] = [];
  for (const name in map) {
    const value = map[name];
    if (typeof value === 'string') pairs.push([name, value]);
    else for (const text of textsOf(value)) pairs.push([name, text]);
  }
  return pairs;
}

function textsOf(value: unknown): string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.map(asText).filter((text) => text !== undefined);
}

/** The pairs of a header map, with lower-case names. */
export function headerPairsOf(map: ValueMap): HeaderPair[] {
  const pairs = pairsOf(map);
  for (const pair of pairs) pair[0] = pair[0].toLowerCase();
  return pairs;
}

/**
 * One header by its lower-case name, repeats joined, without reading the others. The lengths are compared
 * first: most names need no conversion then.
 */
export function headerOf(map: ValueMap, name: string): string | undefined {
  const separator = name === 'cookie' ? '; ' : ', ';
  let found: string | undefined;
  for (const key in map) {
    if (key.length !== name.length || key.toLowerCase() !== name) continue;
    const value = joinValues(map[key], separator);
    if (value !== undefined) found = found === undefined ? value : `${found}${separator}${value}`;
  }
  return found;
}

function joinValues(value: unknown, separator: string): string | undefined {
  if (typeof value === 'string') return value;
  const texts = textsOf(value);
  return texts.length === 0 ? undefined : texts.join(separator);
}
