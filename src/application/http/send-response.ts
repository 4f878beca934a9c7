import type { HttpEventAdapter } from '../../contracts/event-adapter.js';
import { InternalServerErrorException } from '../../errors/exceptions.js';
import { addVary } from '../../http/message/headers.js';
import { compress, type CompressionOptions } from '../../http/policies/compression.js';
import type { CorsPolicy } from '../../http/policies/cors.js';
import type { Request } from '../../http/request/request.js';
import { collectStream } from '../../http/response/collect-stream.js';
import { notModified, withEtag } from '../../http/response/not-modified.js';
import { type AnyRenderedResponse, isStreamed, type RenderedResponse } from '../../http/response/rendered-response.js';
import { chain } from '../../shared/promise.js';
import type { MaybePromise } from '../../shared/types.js';
import type { FinishOptions } from '../options/config.js';
import type { HttpContext, SendResponse, SentResponse } from './http-context.js';

/**
 * Encodes a response into the result that the event's gateway expects; a stream is collected first.
 *
 * @throws InternalServerErrorException for a response over the gateway's limit, which would otherwise become a 502 that
 *   explains nothing.
 */
export const sendBuffered: SendResponse = (rendered, context) => {
  if (!isStreamed(rendered)) return encode(rendered, context);
  return chain(context.deadline.race(collectStream(rendered, context.adapter.responseLimit)), (whole) =>
    encode(whole, context),
  );
};

function encode(rendered: RenderedResponse, { adapter, event }: HttpContext): SentResponse {
  const result = adapter.encode(rendered, event);
  const { body } = rendered;
  // A UTF-16 code unit is at most 3 bytes of UTF-8 and 6 of escaped JSON: only a long body is worth counting exactly.
  if (body !== null && body.length * 6 > adapter.responseLimit) checkLength(result, adapter);
  return { head: rendered, result };
}

function checkLength(result: unknown, { responseLimit, source }: HttpEventAdapter): void {
  const bytes = Buffer.byteLength(JSON.stringify(result));
  if (bytes <= responseLimit) return;
  throw new InternalServerErrorException(undefined, {
    errorDetail:
      `The response is ${bytes} bytes as JSON; the limit of ${source} is ${responseLimit}. ` +
      'Return pages, a presigned S3 URL, or use streamingHandler.',
  });
}

/** Adds the headers that every response carries, and removes the body of a response to HEAD. */
export function finishResponse(
  rendered: AnyRenderedResponse,
  { request }: HttpContext,
  { etag, compression, securityHeaders }: FinishOptions,
  cors: CorsPolicy | undefined,
): MaybePromise<AnyRenderedResponse> {
  rendered.headers['x-request-id'] ??= request.id;
  cors?.apply(request, rendered.headers);
  securityHeaders?.(rendered.headers);
  if (!etag && !compression && request.method !== 'HEAD') return rendered;
  const validated = etag ? chain(withEtag(request, rendered), (tagged) => notModified(request, tagged)) : rendered;
  const compressed = compression
    ? chain(validated, (response) => compressResponse(response, request, compression))
    : validated;
  return request.method === 'HEAD' ? chain(compressed, withoutBody) : compressed;
}

function compressResponse(
  response: AnyRenderedResponse,
  request: Request,
  options: CompressionOptions,
): MaybePromise<AnyRenderedResponse> {
  // A 304 must carry the `vary` header that the 200 would have (RFC 9110, 15.4.5).
  if (response.statusCode === 304) addVary(response.headers, 'accept-encoding');
  return compress(response, request.header('accept-encoding'), options);
}

/** HEAD has the headers of GET, `content-length` included, without the body (RFC 9110, 9.3.2). */
function withoutBody(rendered: AnyRenderedResponse): AnyRenderedResponse {
  if (rendered.body === null) return rendered;
  if (isStreamed(rendered)) rendered.body.destroy();
  else rendered.headers['content-length'] ??= String(Buffer.byteLength(rendered.body));
  return { statusCode: rendered.statusCode, headers: rendered.headers, cookies: rendered.cookies, body: null };
}
