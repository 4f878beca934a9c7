import { isAnyArrayBuffer, isUint8Array } from 'node:util/types';
import { hasMethod, isBlob, isReadableStream, type StreamChunk, type StreamContent, stringTag } from './byte-stream.js';
import { Response, type ResponseHeaders } from './response.js';
import { BlobResponse, StreamResponse } from './stream-response.js';

/**
 * Converts a value of the platform into a response: bytes, a blob, a stream, or the web's `Response`. Returns
 * `undefined` for data.
 *
 * @throws TypeError for a `Response` whose body has been read.
 */
export function platformResponse(value: unknown): Response | undefined {
  // Most results have neither member, so two look-ups are enough.
  if (typeof value !== 'object' || value === null || !(Symbol.toStringTag in value || Symbol.asyncIterator in value))
    return undefined;
  if (isUint8Array(value)) return new Response(value);
  if (isAnyArrayBuffer(value)) return new Response(new Uint8Array(value));
  if (isBlob(value)) return new BlobResponse(value);
  if (isWebResponse(value)) return webResponse(value);
  // Node's streams are async iterables.
  return isReadableStream(value) || Symbol.asyncIterator in value
    ? new StreamResponse(value as StreamContent)
    : undefined;
}

function webResponse(web: WebResponse): Response {
  if (web.bodyUsed)
    throw new TypeError(
      'The result is a Response whose body has already been read: return what you read, or a clone() made before.',
    );
  const options = { statusCode: web.status, headers: headersOf(web) };
  return web.body === null ? new Response(null, options) : new StreamResponse(web.body, options);
}

function headersOf({ headers, url, body }: WebResponse): ResponseHeaders {
  const kept: ResponseHeaders = { 'set-cookie': headers.getSetCookie() };
  for (const [name, value] of headers) if (name !== 'set-cookie') kept[name] = value;
  return url === '' ? kept : ofUpstream(kept, body !== null);
}

/** The codings that `fetch` decodes without removing the header. */
const DECODED = /^(?:(?:x-)?gzip|deflate|br)(?:\s*,\s*(?:(?:x-)?gzip|deflate|br))*$/i;

/** Adapts the headers of a fetched response: its body is decoded, and its CORS headers are not this application's. */
function ofUpstream(headers: ResponseHeaders, hasBody: boolean): ResponseHeaders {
  if (hasBody && DECODED.test(String(headers['content-encoding']).trim())) delete headers['content-encoding'];
  for (const name of Object.keys(headers)) if (name.startsWith('access-control-')) delete headers[name];
  return headers;
}

/** The members of the web's `Response` that are used. */
interface WebResponse {
  readonly status: number;
  /** The URL that it was fetched from; `''` if the program created it. */
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
