import type { QueryPair } from '../../http/request/query.js';
import type { HeaderPair, RequestSource } from '../../http/request/request-source.js';
import { asJsonObject, asText, isJsonObject } from '../../shared/json-values.js';
import { type BodyEvent, isTextBody, readBytes, readText } from './body.js';

/** Headers or query parameters as an event has them: a value or a list by name, whatever else may stand there. */
export type ValueMap = Readonly<Record<string, unknown>>;

const none: ValueMap = Object.freeze({});

/**
 * The multi-value map where it holds something, else the single-value map.
 * An empty one beside a full single-value map is what people write to satisfy the types of an event.
 */
export function preferMulti(multi: unknown, single: unknown): ValueMap {
  if (isJsonObject(multi)) for (const _ in multi) return multi;
  return isJsonObject(single) ? single : none;
}

/** A pair a value, in order, names as they are. What is no text is left out. */
export function pairsOf(map: ValueMap): [name: string, value: string][] {
  const pairs: [string, string][] = [];
  for (const name in map) {
    const value = map[name];
    if (Array.isArray(value)) for (const one of value) addText(pairs, name, one);
    else addText(pairs, name, value);
  }
  return pairs;
}

function addText(pairs: [string, string][], name: string, value: unknown): void {
  const text = asText(value);
  if (text !== undefined) pairs.push([name, text]);
}

/** The pairs of a header map, with lower-case names. */
export function headerPairsOf(map: ValueMap): HeaderPair[] {
  const pairs = pairsOf(map);
  for (const pair of pairs) pair[0] = pair[0].toLowerCase();
  return pairs;
}

/**
 * The headers of both maps; of a name that both have, the values of the multi-value one. AWS puts the same names into
 * both.
 */
function mergedHeaderPairs(multi: ValueMap, single: ValueMap): HeaderPair[] {
  const pairs = headerPairsOf(multi);
  if (Object.keys(single).every((name) => Object.hasOwn(multi, name))) return pairs;
  const known = new Set(pairs.map(([name]) => name));
  return [...pairs, ...headerPairsOf(single).filter(([name]) => !known.has(name))];
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

/** The text of a value, or of a list what is text in it, joined; `undefined` where there is none. */
export function joinValues(value: unknown, separator: string): string | undefined {
  if (!Array.isArray(value)) return asText(value);
  const texts = value.map(asText).filter((text) => text !== undefined);
  return texts.length === 0 ? undefined : texts.join(separator);
}

/** What payload 1.0 of API Gateway and the events of ALB have in common. */
interface ValueMapEvent extends BodyEvent {
  readonly httpMethod: string;
  readonly headers?: unknown;
  readonly multiValueHeaders?: unknown;
}

/**
 * A request whose headers stand in a multi-value map, in a single-value one, or in both, in the case the client used.
 */
export abstract class ValueMapSource<E extends ValueMapEvent> implements RequestSource {
  readonly method: string;

  constructor(
    protected readonly event: E,
    readonly path: string,
  ) {
    this.method = event.httpMethod.toUpperCase();
  }

  abstract get id(): string | undefined;
  abstract get ip(): string | undefined;
  abstract queryString(): string;
  abstract rawQuery(): string | undefined;
  abstract queryPairs(): readonly QueryPair[];

  headerPairs(): Iterable<HeaderPair> {
    return mergedHeaderPairs(asJsonObject(this.event.multiValueHeaders), asJsonObject(this.event.headers));
  }

  header(name: string): string | undefined {
    return (
      headerOf(asJsonObject(this.event.multiValueHeaders), name) ?? headerOf(asJsonObject(this.event.headers), name)
    );
  }

  body(): Buffer | null {
    return readBytes(this.event);
  }

  isText(): boolean {
    return isTextBody(this.event);
  }

  text(): string | null {
    return readText(this.event);
  }
}
