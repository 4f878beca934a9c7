import type { HttpEventAdapter } from '../../contracts/event-adapter.js';
import { InternalServerErrorException } from '../../errors/exceptions.js';
import {
  type AnyRenderedResponse,
  isStreamed,
  type RenderedResponse,
  type StreamedResponse,
} from '../../http/response/rendered-response.js';
import { onDemand } from '../../shared/on-demand.js';
import { chain } from '../../shared/promise.js';
import type { MaybePromise } from '../../shared/types.js';
import type { HttpContext, SendResponse } from './http-context.js';
import type { ResponsePolicies } from './make-policies.js';

const collecting = onDemand(() => import('../../http/response/collect-stream.js'));

/**
 * Encodes a response into the result that the event's gateway expects; a stream is collected first.
 *
 * @throws InternalServerErrorException for a response over the gateway's limit, which would otherwise become a 502 that
 *   explains nothing.
 */
export const sendBuffered: SendResponse = (rendered, context) => {
  // Most bodies are text, which needs no second look.
  if (typeof rendered.body !== 'string' && isStreamed(rendered)) return sendCollected(rendered, context);
  const whole = rendered as RenderedResponse;
  const { statusCode, body } = whole;
  const { adapter } = context;
  const result = adapter.encode(whole, context.event);
  // A UTF-16 code unit is at most 3 bytes of UTF-8 and 6 of escaped JSON: only a long body is worth counting exactly.
  if (body !== null && body.length * 6 > adapter.responseLimit) checkLength(result, adapter);
  context.sentStatus = statusCode;
  return result;
};

function sendCollected(streamed: StreamedResponse, context: HttpContext): MaybePromise<unknown> {
  const whole = chain(collecting(), ({ collectStream }) => collectStream(streamed, context.adapter.responseLimit));
  return chain(context.deadline.race(whole), (collected) => sendBuffered(collected, context));
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
  { request, cors }: HttpContext,
  { securityHeaders, transform }: ResponsePolicies,
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
