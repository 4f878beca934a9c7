import { httpExceptionOf } from '../../errors/http-exception-of.js';
import { HttpException } from '../../errors/http-exception.js';
import { errorStatusText } from '../../errors/http-status.js';
import type { JsonCodec } from '../../http/message/json.js';
import type { Request } from '../../http/request/request.js';
import { type AnyRenderedResponse, renderJson } from '../../http/response/rendered-response.js';
import type { FilterChain } from '../../pipeline/filters.js';
import { renderResult, renderText } from '../../pipeline/render-result.js';
import { chain } from '../../shared/promise.js';
import type { MaybePromise } from '../../shared/types.js';
import type { HttpContext } from './http-context.js';

/**
 * Returns the response to an error that no filter handled: the detail of an `HttpException`, and a bare 500 for any
 * other error.
 */
export function errorResponse(error: unknown, request: Request, json: JsonCodec): MaybePromise<AnyRenderedResponse> {
  if (!(error instanceof HttpException)) return renderJson(json.stringify({ detail: errorStatusText(500) }), 500);
  const { statusCode, detail, headers } = error;
  const text = json.stringify({ detail });
  // The status stays where the detail is too long to send, or not serializable; the log has the detail.
  const body =
    text.length > MAX_ERROR_LENGTH || text === '{}' ? json.stringify({ detail: errorStatusText(statusCode) }) : text;
  for (const _ in headers) return renderText(body, { statusCode, headers }, request);
  return renderJson(body, statusCode);
}

/** In characters: three times as many bytes fit every gateway's limit. A detail may repeat what a client sent. */
const MAX_ERROR_LENGTH = 300_000;

/**
 * Returns the response of a filter to an error, with the error's status unless the filter sets one.
 *
 * @throws The error if no filter takes it.
 */
export function filteredResponse(
  filter: FilterChain,
  error: unknown,
  context: HttpContext,
  json: JsonCodec,
): MaybePromise<AnyRenderedResponse> {
  // Status and headers that were set for the result don't apply to an error; filters set their own.
  context.injected = undefined;
  return chain(filter(error, context), (result) =>
    chain(httpExceptionOf(error), (known) => {
      if (known) context.error = known;
      return renderResult(result, context, { status: known?.statusCode ?? 500, json });
    }),
  );
}
