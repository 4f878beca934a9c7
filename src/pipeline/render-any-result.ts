import { describeValue } from '../errors/describe-value.js';
import { errorStatusText } from '../errors/http-status.js';
import type { JsonCodec } from '../http/message/json.js';
import { isJson, mediaTypeOf } from '../http/message/media-type.js';
import type { Request } from '../http/request/request.js';
import { platformResponse } from '../http/response/platform-response.js';
import { RedirectResponse } from '../http/response/redirect-response.js';
import { renderResponse } from '../http/response/render-response.js';
import { type AnyRenderedResponse, renderJson } from '../http/response/rendered-response.js';
import { declaredType, renderJsonText } from '../http/response/response-head.js';
import { Response } from '../http/response/response.js';
import { BlobResponse } from '../http/response/stream-response.js';
import type { RedirectMetadata } from '../metadata/class-metadata.js';
import { refuseObservable } from '../shared/observable.js';
import type { MaybePromise } from '../shared/types.js';

/** Options that the decorators of a route fix for every result. */
export interface ResultOptions {
  readonly status?: number | undefined;
  readonly headers?: readonly (readonly [name: string, value: string])[] | undefined;
  readonly redirect?: RedirectMetadata | undefined;
  /** Also serializes instances by the metadata of their class. */
  readonly json: JsonCodec;
}

/** The event whose result is rendered. */
export interface ResultContext {
  readonly request: Request;
  /** The response that was injected into the method, if it asked for one. */
  readonly injected: Response | undefined;
}

/** Renders any result: {@link renderResult} without its shortcut. */
export function renderAnyResult(
  result: unknown,
  context: ResultContext,
  options: ResultOptions,
): MaybePromise<AnyRenderedResponse> {
  if (result instanceof Response) return render(result, context, options);
  const sent = platformResponse(result);
  // The result of a method with @Redirect names the target, unless it is a response with a status of its own.
  if (options.redirect && sent?.explicitStatus === undefined) {
    return render(redirectOf(refuseObservable(result), options.redirect), context, options);
  }
  if (sent === undefined) return renderData(result, context, options);
  return render(sent, context, options, sent instanceof BlobResponse ? sent.type : undefined);
}

function renderData(data: unknown, context: ResultContext, options: ResultOptions): MaybePromise<AnyRenderedResponse> {
  if (typeof data === 'string' && !isJsonDeclared(context, options))
    return render(new Response(data), context, options);
  const text =
    data === undefined || data === null
      ? undefined
      : (options.json.stringify(refuseObservable(data)) as string | undefined);
  if (text === undefined) return renderNothing(context, options);
  if (context.injected === undefined && options.headers === undefined) return renderJson(text, options.status ?? 200);
  const { status, headers: routeHeaders } = options;
  const { request, injected } = context;
  // Only a default: the route or the injected response may set a `content-type` for another kind of JSON.
  return renderJsonText(text, request, { status, routeHeaders, injected, mediaType: 'application/json' });
}

/** Renders `undefined`, `null`, and what JSON cannot express. */
function renderNothing(context: ResultContext, options: ResultOptions): MaybePromise<AnyRenderedResponse> {
  const asked = context.injected?.explicitStatus ?? options.status;
  if (asked === undefined) return render(new Response(null, { statusCode: 204 }), context, options);
  if (asked < 400) return render(new Response(null), context, options);
  const response = new Response(options.json.stringify({ detail: errorStatusText(asked) }));
  // The route's content type doesn't apply to an error, unless it is a kind of JSON.
  if (!isJsonDeclared(context, options)) response.mediaType = 'application/json';
  return render(response, context, options, 'application/json');
}

/** Returns whether the content type is a kind of JSON, which it is unless declared. */
function isJsonDeclared({ injected }: ResultContext, { headers: routeHeaders }: ResultOptions): boolean {
  if (injected === undefined && routeHeaders === undefined) return true;
  const type = declaredType({ injected, routeHeaders });
  return type === undefined || isJson(mediaTypeOf(type).essence);
}

function render(
  response: Response,
  { request, injected }: ResultContext,
  { status, headers: routeHeaders, json }: ResultOptions,
  mediaType?: string,
): MaybePromise<AnyRenderedResponse> {
  return renderResponse(response, request, { status, routeHeaders, injected, json, mediaType });
}

/** @throws TypeError for a `url` that is neither text nor a URL: its text could be any address. */
function redirectOf(result: unknown, redirect: RedirectMetadata): Response {
  const { url, statusCode } = (result ?? {}) as { url?: string | URL | null; statusCode?: number };
  if (typeof (url ?? '') !== 'string' && !(url instanceof URL)) {
    throw new TypeError(`A method with @Redirect returned ${describeValue(url)} as its url: it must be text or a URL`);
  }
  return new RedirectResponse(url ?? redirect.location, { statusCode: statusCode ?? redirect.statusCode });
}
