import type { HttpEventAdapter } from '../../contracts/event-adapter.js';
import { InternalServerErrorException } from '../../errors/exceptions.js';
import type { CorsPolicy } from '../../http/policies/cors.js';
import { type AnyRenderedResponse, isStreamed, type RenderedResponse } from '../../http/response/rendered-response.js';
import { onDemand } from '../../shared/on-demand.js';
import { chain } from '../../shared/promise.js';
import type { MaybePromise } from '../../shared/types.js';
import type { HttpContext, SendResponse, SentResponse } from './http-context.js';
import type { ResponsePolicies } from './make-policies.js';

const collecting = onDemand(() => import('../../http/response/collect-stream.js'));

/**
 * Encodes a response into the result that the event's gateway expects; a stream is collected first.
 *
 * @throws InternalServerErrorException for a response over the gateway's limit, which would otherwise become a 502 that
 *   explains nothing.
 */
export const sendBuffered: SendResponse = (rendered, context) => {
  if (!isStreamed(rendered)) return encode(rendered, context);
  const whole = chain(collecting(), ({ collectStream }) => collectStream(rendered, context.adapter.responseLimit));
  return chain(context.deadline.race(whole), (collected) => encode(collected, context));
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
  { securityHeaders, transform }: ResponsePolicies,
  cors: CorsPolicy | undefined,
): MaybePromise<AnyRenderedResponse> {
  rendered.headers['x-request-id'] ??= request.id;
  cors?.apply(request, rendered.headers);
  securityHeaders?.(rendered.headers);
  const transformed = transform ? transform(rendered, request) : rendered;
  return request.method === 'HEAD' ? chain(transformed, withoutBody) : transformed;
}

/** HEAD has the headers of GET, `content-length` included, without the body (RFC 9110, 9.3.2). */
function withoutBody(rendered: AnyRenderedResponse): AnyRenderedResponse {
  if (rendered.body === null) return rendered;
  if (isStreamed(rendered)) rendered.body.destroy();
  else rendered.headers['content-length'] ??= String(Buffer.byteLength(rendered.body));
  return { statusCode: rendered.statusCode, headers: rendered.headers, cookies: rendered.cookies, body: null };
}
