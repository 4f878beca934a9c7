import type { Request } from '../http/request/request.js';
import { type AnyRenderedResponse, renderJson } from '../http/response/rendered-response.js';
import type { ResponseOptions } from '../http/response/response.js';
import { isBranded } from '../shared/brand.js';
import { onDemand } from '../shared/on-demand.js';
import { chain } from '../shared/promise.js';
import type { MaybePromise } from '../shared/types.js';
import type { ResultContext, ResultOptions } from './render-any-result.js';

const rendering = onDemand(() => import('./render-any-result.js'));

/**
 * Renders what a method, an interceptor or a filter returned: data becomes JSON, a `Response` (or a web `Response`) is
 * used as it is, bytes and blobs are sent, streams are streamed, and nothing is 204 unless a status was set.
 *
 * Only JSON with a status is rendered here. The code for everything else is loaded by the first result that needs it.
 */
export function renderResult(
  result: unknown,
  context: ResultContext,
  options: ResultOptions,
): MaybePromise<AnyRenderedResponse> {
  const { status, headers, redirect, json } = options;
  if (context.injected === undefined && headers === undefined && redirect === undefined && !isSpecial(result)) {
    const isNothing = result === undefined || result === null;
    const text = isNothing ? undefined : (json.stringify(result) as string | undefined);
    if (text !== undefined) return renderJson(text, status ?? 200);
    if (status === undefined) return renderJson('', 204);
  }
  return renderOther(result, context, options);
}

function renderOther(
  result: unknown,
  context: ResultContext,
  options: ResultOptions,
): MaybePromise<AnyRenderedResponse> {
  return chain(rendering(), ({ renderAnyResult }) => renderAnyResult(result, context, options));
}

/** Renders JSON text, or nothing, with headers: for responses that the application makes itself. */
export function renderText(
  text: string | null,
  head: ResponseOptions,
  request: Request,
): MaybePromise<AnyRenderedResponse> {
  return chain(rendering(), ({ renderWithHeaders }) => renderWithHeaders(text, head, request));
}

/** Whether a result may be a `Response`, a value of the platform (bytes, a blob or a stream), or an Observable. */
function isSpecial(result: unknown): boolean {
  if (typeof result !== 'object' || result === null) return false;
  if (Symbol.toStringTag in result || Symbol.asyncIterator in result) return true;
  if (typeof (result as { readonly subscribe?: unknown }).subscribe === 'function') return true;
  return Object.getPrototypeOf(result) !== Object.prototype && isBranded(result, 'Response');
}
