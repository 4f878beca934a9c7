import { plainHeaders } from '../errors/option-names.js';
import type { Request } from '../http/request/request.js';
import { type AnyRenderedResponse, renderJson } from '../http/response/rendered-response.js';
import type { ResponseOptions } from '../http/response/response.js';
import { isBranded } from '../shared/brand.js';
import { onDemand } from '../shared/on-demand.js';
import { chain, isPromiseLike } from '../shared/promise.js';
import type { MaybePromise } from '../shared/types.js';
import type { ResultContext, ResultOptions } from './render-any-result.js';

const rendering = onDemand(() => import('./render-any-result.js'));
// Apart, because it needs no streams: errors and JSON with headers load nothing else.
const heads = onDemand(() => import('../http/response/response-head.js'));

/**
 * Renders what a method, an interceptor or a filter returned: data becomes JSON, a `Response` (or a web `Response`) is
 * used as it is, bytes and blobs are sent, streams are streamed, and nothing is 204 unless a status was set.
 *
 * Only JSON is rendered here, with a status and headers. The code for everything else is loaded by the first result
 * that needs it.
 */
export function renderResult(
  result: unknown,
  context: ResultContext,
  options: ResultOptions,
): MaybePromise<AnyRenderedResponse> {
  const { status, headers, redirect, json } = options;
  if (redirect !== undefined || isSpecial(result)) return renderOther(result, context, options);
  if (context.injected === undefined && headers === undefined) {
    const isNothing = result === undefined || result === null;
    const text = isNothing ? undefined : (json.stringify(result) as string | undefined);
    if (text !== undefined) return renderJson(text, status ?? 200);
    if (status === undefined) return renderJson('', 204);
  } else if (typeof result === 'object' && result !== null) {
    const text = json.stringify(result) as string | undefined;
    if (text !== undefined) return renderHeaded(text, context, options);
  }
  return renderOther(result, context, options);
}

/** Renders JSON under the headers of the route and of the injected response. */
function renderHeaded(
  text: string,
  { request, injected }: ResultContext,
  { status, headers: routeHeaders }: ResultOptions,
): MaybePromise<AnyRenderedResponse> {
  // Only a default: the route or the injected response may set a `content-type` for another kind of JSON.
  const defaults = { status, routeHeaders, injected, mediaType: 'application/json' };
  const loaded = heads();
  if (isPromiseLike(loaded)) return loaded.then(({ renderJsonText }) => renderJsonText(text, request, defaults));
  return loaded.renderJsonText(text, request, defaults);
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
  { statusCode, headers = {} }: ResponseOptions,
  request: Request,
): MaybePromise<AnyRenderedResponse> {
  const routeHeaders = Object.entries(plainHeaders(headers, 'of a Response') ?? {});
  const defaults = { status: statusCode, routeHeaders, mediaType: 'application/json' };
  return chain(heads(), ({ renderJsonText }) => renderJsonText(text, request, defaults));
}

/** Whether a result may be a `Response`, a value of the platform (bytes, a blob or a stream), or an Observable. */
function isSpecial(result: unknown): boolean {
  if (typeof result !== 'object' || result === null) return false;
  if (Symbol.toStringTag in result || Symbol.asyncIterator in result) return true;
  if (typeof (result as { readonly subscribe?: unknown }).subscribe === 'function') return true;
  return Object.getPrototypeOf(result) !== Object.prototype && isBranded(result, 'Response');
}
