import type { SourceRecord } from '../../contracts/event-adapter.js';
import type { ExecutionContext } from '../../contracts/pipeline.js';
import { describeValue } from '../../errors/describe-value.js';
import { parseJson } from '../../http/message/json.js';
import { isJson, mediaTypeOf } from '../../http/message/media-type.js';
import type { Request } from '../../http/request/request.js';
import type { PlainObject } from '../../shared/types.js';

/**
 * An expression that has nothing where a part of the key has nothing: `[headers."x-user", headers."idempotency-key"]`
 * of callers who are not known would otherwise be the same, and one would be given another's result. What names a
 * single thing, a whole body say, may have anything in it.
 */
export function wholeKeyExpression(expression: string): string {
  return SELECTS.test(expression) ? `[${expression}] | [?${IS_WHOLE}] | [0]` : expression;
}

/**
 * A list or a record of parts, also of something: `headers.[authorization, "idempotency-key"]`. No index, slice or
 * filter.
 */
const SELECTS = /(?:^|[.|])\s*(?:\{|\[(?!\s*[\d*?\]:-]))/;
const IS_WHOLE = `type(@) == 'array' && ${hasAll('@')} || type(@) == 'object' && ${hasAll('values(@)')} || type(@) != 'array' && type(@) != 'object'`;

/** A projection leaves out what is null by itself. */
function hasAll(parts: string): string {
  return `length(${parts}[?@ != '']) == length(${parts})`;
}

/**
 * The same of a key that a function gives: nothing that is missing, at any depth, and no part that is `null` or empty.
 *
 * @param isBody Whether it is the whole body, which may have anything for a member.
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
 * A value that two events are told apart by: text, numbers, booleans, and lists and records of them. It is compared as
 * JSON, and what JSON has no form for would look the same whatever it holds: one caller would be given another's
 * result.
 *
 * @param where What the value is, for messages.
 * @throws TypeError
 */
export function comparable<T>(value: T, where: string): T {
  const lost = lostIn(value, '');
  if (lost === undefined) return value;
  throw new TypeError(
    `${where} ${lost}: it is compared as JSON, so give text, numbers, booleans, or lists and plain objects of them.`,
  );
}

/** What can't be compared, and where in the value it stands. */
function lostIn(value: unknown, path: string): string | undefined {
  if (isScalar(value)) return undefined;
  if (!Array.isArray(value) && !isPlain(value)) return `is ${describeValue(value)}${path && ` at ${path.slice(1)}`}`;
  for (const [name, member] of Object.entries(value as object)) {
    const lost = lostIn(member, `${path}.${name}`);
    if (lost !== undefined) return lost;
  }
  return undefined;
}

/** `undefined` among them: that a key or a part of it is missing is no mistake of the program. */
function isScalar(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    Number.isFinite(value)
  );
}

/** A class' instance may hold what it compares by in private members, and is no plain object. */
function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}

/** What the JMESPath expressions of `@Idempotent` look at; bodies are parsed when one does. */
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

/** Text that is JSON as its data. */
function bodyOf(content: unknown): unknown {
  const text = Buffer.isBuffer(content) ? content.toString('utf8') : content;
  if (typeof text !== 'string') return content;
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}
