import { BadRequestException } from '../../errors/exceptions.js';
import type { QueryPair } from '../../http/request/query.js';
import type { HeaderPair, RequestSource } from '../../http/request/request-source.js';
import { asJsonObject, asText, isJsonObject } from '../../shared/json-values.js';

/** Headers or query parameters of an event: a value or a list per name. Other values are possible and ignored. */
export type ValueMap = Readonly<Record<string, unknown>>;

const none: ValueMap = Object.freeze({});

/**
 * Returns the multi-value map unless it is empty, else the single-value map. Hand-written events have an empty
 * multi-value map beside a full single-value one to satisfy the event's type.
 */
export function preferMulti(multi: unknown, single: unknown): ValueMap {
  if (isJsonObject(multi)) for (const _ in multi) return multi;
  return isJsonObject(single) ? single : none;
}

/** Returns one pair per value, in order, with names as they are. Values that are not text are left out. */
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

/** Returns the pairs of a header map, with lower-case names. */
export function headerPairsOf(map: ValueMap): HeaderPair[] {
  const pairs = pairsOf(map);
  for (const pair of pairs) pair[0] = pair[0].toLowerCase();
  return pairs;
}

/**
 * Returns one header by its lower-case name, with repeats joined, without reading the others. Comparing the lengths
 * first saves most conversions to lower case.
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

/** Returns the text of a value, or the joined texts of a list; `undefined` if there is none. */
export function joinValues(value: unknown, separator: string): string | undefined {
  if (!Array.isArray(value)) return asText(value);
  const texts = value.map(asText).filter((text) => text !== undefined);
  return texts.length === 0 ? undefined : texts.join(separator);
}

/** The two members that hold the body in the events of every source. */
export interface BodyEvent {
  readonly body?: unknown;
  readonly isBase64Encoded?: unknown;
}

/** A request with its event, and how the body is read from that. The HTTP sources extend this. */
export abstract class BaseSource<E extends BodyEvent> implements Pick<
  RequestSource,
  'method' | 'path' | 'body' | 'isText' | 'text'
> {
  readonly method: string;

  constructor(
    protected readonly event: E,
    method: string,
    readonly path: string,
  ) {
    this.method = method.toUpperCase();
  }

  body(): Buffer | null {
    return readBytes(this.event);
  }

  /** Whether the source has converted the bytes to text itself. */
  isText(): boolean {
    return !isBase64(this.event);
  }

  text(): string | null {
    return readText(this.event);
  }
}

/** Reads the bytes of a body; `null` for none, which ALB sends as `''`. */
export function readBytes(event: BodyEvent): Buffer | null {
  const body = bodyOf(event);
  return body === null ? null : Buffer.from(body, isBase64(event) ? 'base64' : 'utf8');
}

export function readText(event: BodyEvent): string | null {
  const body = bodyOf(event);
  return body !== null && isBase64(event) ? Buffer.from(body, 'base64').toString('utf8') : body;
}

/** AWS sends text only. Hand-written events may hold an object instead: its JSON is the body. */
function bodyOf({ body }: BodyEvent): string | null {
  if (typeof body === 'string') return body === '' ? null : body;
  return isJsonObject(body) || Array.isArray(body) ? jsonOf(body) : null;
}

function jsonOf(body: object): string {
  try {
    return JSON.stringify(body);
  } catch (cause) {
    throw new BadRequestException('The body of the event cannot be written as JSON', {
      cause,
      errorDetail: 'It is nested too deeply, or circular',
    });
  }
}

function isBase64({ body, isBase64Encoded }: BodyEvent): boolean {
  return isBase64Encoded === true && typeof body === 'string';
}

/** The members that payload 1.0 of API Gateway and ALB events have in common. */
interface ValueMapEvent extends BodyEvent {
  readonly headers?: unknown;
  readonly multiValueHeaders?: unknown;
}

/** A request with headers in a multi-value map, a single-value map, or both, spelled as the client sent them. */
export abstract class ValueMapSource<E extends ValueMapEvent> extends BaseSource<E> implements RequestSource {
  abstract get id(): string | undefined;
  abstract get ip(): string | undefined;
  abstract queryString(): string;
  abstract rawQuery(): string | undefined;
  abstract queryPairs(): readonly QueryPair[];

  headerPairs(): Iterable<HeaderPair> {
    return mergedHeaderPairs(asJsonObject(this.event.multiValueHeaders), asJsonObject(this.event.headers));
  }

  header(name: string): string | undefined {
    const multi = headerOf(asJsonObject(this.event.multiValueHeaders), name);
    return multi ?? headerOf(asJsonObject(this.event.headers), name);
  }
}

/** Merges both header maps; for a name in both, the multi-value one wins. AWS puts the same names into both. */
function mergedHeaderPairs(multi: ValueMap, single: ValueMap): HeaderPair[] {
  const pairs = headerPairsOf(multi);
  if (Object.keys(single).every((name) => Object.hasOwn(multi, name))) return pairs;
  const known = new Set(pairs.map(([name]) => name));
  return [...pairs, ...headerPairsOf(single).filter(([name]) => !known.has(name))];
}
