import type { SourceRecord } from '../../contracts/event-adapter.js';
import type { ExecutionContext } from '../../contracts/pipeline.js';
import { lacksPart } from '../../errors/comparable-key.js';
import { parseJson } from '../../http/message/json.js';
import { isJson, mediaTypeOf } from '../../http/message/media-type.js';
import type { Request } from '../../http/request/request.js';
import type { PlainObject } from '../../shared/types.js';

/**
 * Changes a JMESPath expression so that it selects a list with the key, and an empty list if the key is missing, empty,
 * or lacks one of its parts.
 *
 * Without a rule for parts, all callers without a user would share the key
 * `[headers."x-user", headers."idempotency-key"]`, and one would receive another's result. An expression that selects a
 * single value, such as a whole body, may have any content. The key is in a list because Powertools takes
 * `{ quantity: 0 }` for a missing key.
 */
export function keyExpression(expression: string): string {
  return `[${expression}] | [?@${SELECTS_PARTS.test(expression) ? ` && (${IS_WHOLE})` : ''}]`;
}

/** Changes a JMESPath expression so that it always selects something. Powertools fails to hash what is undefined. */
export function payloadExpression(expression: string): string {
  return `[${expression}]`;
}

/**
 * Matches a list or a hash of parts anywhere in an expression, and nothing like an index, slice, filter or wildcard.
 * Brackets in quotes match, too: a needless rule refuses a key, a missing one gives results to others.
 */
const SELECTS_PARTS = /\{|\[(?!\s*(?:\]|\?|:|-?\d|\*\s*\]))/;
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
  return lacksPart(key) && !isBody(key) ? undefined : key;
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
