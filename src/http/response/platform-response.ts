import { isAnyArrayBuffer, isUint8Array } from 'node:util/types';
import { hasMethod, isBlob, isReadableStream, type StreamChunk, type StreamContent, stringTag } from './byte-stream.js';
import { Response, type ResponseHeaders } from './response.js';
import { BlobResponse, StreamResponse } from './stream-response.js';

/**
 * The answer that a value of the platform's is: bytes, a blob, a stream, or the web's `Response`; `undefined` for data.
 *
 * @throws TypeError for a `Response` whose body somebody has read.
 */
export function platformResponse(value: unknown): Response | undefined {
  // Most results have neither, which two looks tell.
  if (typeof value !== 'object' || value === null || !(Symbol.toStringTag in value || Symbol.asyncIterator in value))
    return undefined;
  if (isUint8Array(value)) return new Response(value);
  if (isAnyArrayBuffer(value)) return new Response(new Uint8Array(value));
  if (isBlob(value)) return new BlobResponse(value);
  if (isWebResponse(value)) return webResponse(value);
  // Node's streams are async iterables, too.
  return isReadableStream(value) || Symbol.asyncIterator in value
    ? new StreamResponse(value as StreamContent)
    : undefined;
}

function webResponse(web: WebResponse): Response {
  if (web.bodyUsed)
    throw new TypeError(
      'The result is a Response whose body has been read already: return what was read, or a clone() that was made before.',
    );
  const options = { statusCode: web.status, headers: headersOf(web) };
  return web.body === null ? new Response(null, options) : new StreamResponse(web.body, options);
}

function headersOf({ headers, url, body }: WebResponse): ResponseHeaders {
  const kept: ResponseHeaders = { 'set-cookie': headers.getSetCookie() };
  for (const [name, value] of headers) if (name !== 'set-cookie') kept[name] = value;
  return url === '' ? kept : ofUpstream(kept, body !== null);
}

/** What `fetch` decodes by itself, and leaves the header as it came. */
const DECODED = /^(?:(?:x-)?gzip|deflate|br)(?:\s*,\s*(?:(?:x-)?gzip|deflate|br))*$/i;

/** An answer of somebody else's, whose body is decoded. Which sites may read it is for this application to say. */
function ofUpstream(headers: ResponseHeaders, hasBody: boolean): ResponseHeaders {
  if (hasBody && DECODED.test(String(headers['content-encoding']).trim())) delete headers['content-encoding'];
  for (const name of Object.keys(headers)) if (name.startsWith('access-control-')) delete headers[name];
  return headers;
}

/** What of the web's `Response` an answer is made of. */
interface WebResponse {
  readonly status: number;
  /** Where `fetch` has it from; `''` of one that a program made. */
  readonly url: string;
  readonly bodyUsed: boolean;
  readonly body: ReadableStream<StreamChunk> | null;
  readonly headers: Iterable<readonly [name: string, value: string]> & { getSetCookie(): string[] };
}

function isWebResponse(value: unknown): value is WebResponse {
  if (stringTag(value) !== 'Response') return false;
  const { status, headers } = value as Partial<WebResponse>;
  return typeof status === 'number' && hasMethod(headers, 'getSetCookie');
}
