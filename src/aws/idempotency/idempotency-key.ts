import type { SourceRecord } from '../../contracts/event-adapter.js';
import type { ExecutionContext } from '../../contracts/pipeline.js';
import { describeValue } from '../../errors/describe-value.js';
import { parseJson } from '../../http/message/json.js';
import { isJson, mediaTypeOf } from '../../http/message/media-type.js';
import type { Request } from '../../http/request/request.js';
import type { PlainObject } from '../../shared/types.js';

/**
 * Changes a JMESPath expression so that a key with a missing part is missing as a whole.
 *
 * Otherwise all callers without a user would share the key `[headers."x-user", headers."idempotency-key"]`, and one
 * would receive another's result. An expression that selects a single value, such as a whole body, may have any
 * content.
 */
export function wholeKeyExpression(expression: string): string {
  return SELECTS.test(expression) ? `[${expression}] | [?${IS_WHOLE}] | [0]` : expression;
}

/**
 * Matches a list or a hash of parts, which may follow a value: `headers.[authorization, "idempotency-key"]`. Does not
 * match an index, slice or filter.
 */
const SELECTS = /(?:^|[.|])\s*(?:\{|\[(?!\s*[\d*?\]:-]))/;
const IS_WHOLE = [
  `type(@) == 'array' && ${hasAll('@')}`,
  `type(@) == 'object' && ${hasAll('values(@)')}`,
  "type(@) != 'array' && type(@) != 'object'",
].join(' || ');

/** Returns an expression that is true when no part is empty or null. Projections drop nulls by themselves. */
function hasAll(parts: string): string {
  return `length(${parts}[?@ != '']) == length(${parts})`;
}

/**
 * Returns the key of a function, or `undefined` when it is incomplete: when it has a missing value at any depth, or a
 * part that is `null` or empty.
 *
 * @param isBody Whether the key is the whole body, which may have any members.
 */
export function wholeKey(key: unknown, isBody: (key: unknown) => boolean): unknown {
  if (typeof key !== 'object' || key === null) return key;
  const lacks = Object.values(key).some((part) => part === null || part === '' || hasMissing(part));
  return lacks && !isBody(key) ? undefined : key;
}

function hasMissing(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value === undefined;
  return Object.values(value).some(hasMissing);
}

/**
 * Returns a value that identifies an event: text, numbers, booleans, and lists and plain objects of them.
 *
 * Values are compared as JSON. Anything that JSON cannot represent would look the same whatever it contains, and one
 * caller would receive another's result.
 *
 * @param where What the value is, for messages.
 * @throws TypeError when the value contains anything else.
 */
export function comparable<T>(value: T, where: string): T {
  const lost = lostIn(value, '');
  if (lost === undefined) return value;
  throw new TypeError(
    `${where} ${lost}: it is compared as JSON, so use text, numbers, booleans, or lists and plain objects of them.`,
  );
}

/** Describes the first part of a value that JSON cannot represent, with its path. */
function lostIn(value: unknown, path: string): string | undefined {
  if (isScalar(value)) return undefined;
  if (!Array.isArray(value) && !isPlain(value)) return `is ${describeValue(value)}${path && ` at ${path.slice(1)}`}`;
  for (const [name, member] of Object.entries(value as object)) {
    const lost = lostIn(member, `${path}.${name}`);
    if (lost !== undefined) return lost;
  }
  return undefined;
}

/** Includes `undefined`: a missing key or part is an error of the caller, not of the program. */
function isScalar(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    Number.isFinite(value)
  );
}

/** Class instances are not plain objects, because their identity may be in private members. */
function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}

/** Returns the data for the JMESPath expressions of `@Idempotent`. Bodies are only parsed when read. */
export function idempotencyData(context: ExecutionContext): PlainObject {
  return context.getType() === 'http' ? requestData(context.request) : recordData(context.record);
}

function requestData(request: Request): PlainObject {
  const { method, path, params } = request;
  return {
    method,
    path,
    params,
    get query() {
      return request.query;
    },
    get headers() {
      return request.headers;
    },
    get body() {
      const { essence } = mediaTypeOf(request.header('content-type'));
      return essence === '' || isJson(essence) ? request.json() : request.text();
    },
  };
}

function recordData(record: SourceRecord): PlainObject {
  const { id, attributes } = record;
  return {
    id,
    attributes,
    get body() {
      return bodyOf(record.content());
    },
  };
}

/** Parses text that is JSON, and returns other content as it is. */
function bodyOf(content: unknown): unknown {
  const text = Buffer.isBuffer(content) ? content.toString('utf8') : content;
  if (typeof text !== 'string') return content;
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}
