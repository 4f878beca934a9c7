import { httpExceptionOf } from '../../errors/http-exception-of.js';
import type { JsonCodec } from '../../http/message/json.js';
import type { AnyRenderedResponse } from '../../http/response/rendered-response.js';
import type { FilterChain } from '../../pipeline/filters.js';
import { renderResult } from '../../pipeline/render-result.js';
import { chain } from '../../shared/promise.js';
import type { MaybePromise } from '../../shared/types.js';
import type { HttpContext } from './http-context.js';

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
