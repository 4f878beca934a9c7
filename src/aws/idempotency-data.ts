import type { ExecutionContext } from '../contracts/execution-context.js';
import type { SourceRecord } from '../contracts/record-adapter.js';
import { parseJson } from '../http/json.js';
import { isJson, mediaTypeOf } from '../http/media-type.js';
import type { Request } from '../http/request.js';
import type { PlainObject } from '../shared/types.js';

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
