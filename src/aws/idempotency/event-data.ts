import type { SourceRecord } from '../../contracts/event-adapter.js';
import type { ExecutionContext } from '../../contracts/pipeline.js';
import { contentOf, inflated } from '../../contracts/record-content.js';
import { type JsonCodec, parseJson } from '../../http/message/json.js';
import { isJson, mediaTypeOf } from '../../http/message/media-type.js';
import { isUtf8 } from '../../http/request/decode-body.js';
import type { Request } from '../../http/request/request.js';
import type { PlainObject } from '../../shared/types.js';

/** Returns what `@Idempotent` can select from an event. A body is only parsed when it is read. */
export function eventData(context: ExecutionContext, json: JsonCodec): PlainObject {
  return context.getType() === 'http' ? requestData(context.request) : recordData(context.record, json);
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
      return essence === '' || isJson(essence) ? request.json() : textIn(request);
    },
  };
}

function textIn(request: Request): string {
  const bytes = request.body();
  return bytes === null || isUtf8(bytes) ? request.text() : bytes.toString('base64');
}

function recordData(record: SourceRecord, json: JsonCodec): PlainObject {
  const { id, attributes } = record;
  return {
    id,
    attributes,
    get body() {
      const content = contentOf(record);
      return Buffer.isBuffer(content) ? bodyIn(unzipped(content), json) : parsed(content, json);
    },
  };
}

/** Returns bytes that are not UTF-8 as base64: as text, different bytes would look the same. */
function bodyIn(bytes: Buffer, json: JsonCodec): unknown {
  return isUtf8(bytes) ? parsed(bytes.toString('utf8'), json) : bytes.toString('base64');
}

/** Returns bytes that only begin like gzip as they are. */
function unzipped(bytes: Buffer): Buffer {
  try {
    return inflated(bytes);
  } catch {
    return bytes;
  }
}

/** Parses text that is JSON, and returns other content as it is. */
function parsed(content: unknown, json: JsonCodec): unknown {
  if (typeof content !== 'string') return content;
  try {
    return parseJson(content, json);
  } catch {
    return content;
  }
}

/**
 * Returns an object that copies each member when it is first read. Powertools selects the key again after the method
 * has run, and the method may have changed its arguments by then.
 */
export function copiedOnce(data: PlainObject): PlainObject {
  const copies: PlainObject = {};
  for (const name of Object.keys(data)) {
    const keep = (value: unknown) => Object.defineProperty(copies, name, { value, enumerable: true });
    const get = () => keep(asJson(data[name]))[name];
    Object.defineProperty(copies, name, { get, enumerable: true, configurable: true });
  }
  return copies;
}

/** Returns a copy with what JSON has of a value, `null` for nothing, and big integers as text. */
export function asJson(value: unknown): unknown {
  const text = JSON.stringify(value, (_, member: unknown) => (typeof member === 'bigint' ? String(member) : member));
  return JSON.parse((text as string | undefined) ?? 'null') as unknown;
}
