import { addVary } from '../../http/message/headers.js';
import { compress, type CompressionOptions } from '../../http/policies/compression.js';
import type { CorsPolicy } from '../../http/policies/cors.js';
import type { Request } from '../../http/request/request.js';
import { notModified, withEtag } from '../../http/response/not-modified.js';
import { type AnyRenderedResponse, isStreamed } from '../../http/response/rendered-response.js';
import { chain } from '../../shared/promise.js';
import type { MaybePromise } from '../../shared/types.js';
import type { FinishOptions } from '../options/config.js';
import type { HttpContext } from './http-context.js';

/** Adds what every answer carries, and takes the body off an answer to HEAD. */
export function finishResponse(
  rendered: AnyRenderedResponse,
  context: HttpContext,
  options: FinishOptions,
  cors: CorsPolicy | undefined,
): MaybePromise<AnyRenderedResponse> {
  const { request } = context;
  rendered.headers['x-request-id'] ??= request.id;
  cors?.apply(request, rendered.headers);
  options.securityHeaders?.(rendered.headers);
  const { etag, compression } = options;
  if (!etag && !compression && request.method !== 'HEAD') return rendered;
  const validated = etag ? chain(withEtag(request, rendered), (tagged) => notModified(request, tagged)) : rendered;
  const compressed = compression
    ? chain(validated, (answer) => compressAnswer(answer, request, compression))
    : validated;
  return request.method === 'HEAD' ? chain(compressed, withoutBody) : compressed;
}

function compressAnswer(
  answer: AnyRenderedResponse,
  request: Request,
  options: CompressionOptions,
): MaybePromise<AnyRenderedResponse> {
  // A cache that is told that its copy is good must still know what the copy depends on (RFC 9110, 15.4.5).
  if (answer.statusCode === 304) addVary(answer.headers, 'accept-encoding');
  return compress(answer, request.header('accept-encoding'), options);
}

/** HEAD is answered as GET is, `content-length` included, without the bytes (RFC 9110, 9.3.2). */
function withoutBody(rendered: AnyRenderedResponse): AnyRenderedResponse {
  if (rendered.body === null) return rendered;
  if (isStreamed(rendered)) rendered.body.destroy();
  else rendered.headers['content-length'] ??= String(Buffer.byteLength(rendered.body));
  return { statusCode: rendered.statusCode, headers: rendered.headers, cookies: rendered.cookies, body: null };
}
