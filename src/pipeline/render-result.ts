import { describeValue } from '../errors/describe-value.js';
import { errorStatusText } from '../errors/http-status.js';
import type { JsonCodec } from '../http/message/json.js';
import { isJson, mediaTypeOf } from '../http/message/media-type.js';
import type { Request } from '../http/request/request.js';
import { platformResponse } from '../http/response/platform-response.js';
import { RedirectResponse } from '../http/response/redirect-response.js';
import { declaredType, renderJson, renderResponse } from '../http/response/render-response.js';
import type { AnyRenderedResponse } from '../http/response/rendered-response.js';
import { Response } from '../http/response/response.js';
import { BlobResponse } from '../http/response/stream-response.js';
import type { RedirectMetadata } from '../metadata/class-metadata.js';
import { refuseObservable } from '../shared/observable.js';
import type { MaybePromise } from '../shared/types.js';

/** What results are rendered with whatever the event: the route's word. */
export interface ResultOptions {
  readonly status?: number | undefined;
  readonly headers?: readonly (readonly [name: string, value: string])[] | undefined;
  readonly redirect?: RedirectMetadata | undefined;
  /** Serialises instances by their class' metadata, too. */
  readonly json: JsonCodec;
}

/** The event that is answered. */
export interface Answering {
  readonly request: Request;
  /** The response that the method was given, if it asked for one. */
  readonly injected: Response | undefined;
}

/**
 * Makes an answer of what a method, an interceptor or a filter returned: data becomes JSON, a `Response`, the
 * web's too, is taken as it is, bytes and blobs are sent, a stream is streamed, nothing is 204 unless a status was set.
 */
export function renderResult(
  result: unknown,
  answering: Answering,
  options: ResultOptions,
): MaybePromise<AnyRenderedResponse> {
  if (result instanceof Response) return render(result, answering, options);
  const sent = platformResponse(result);
  // What a method with @Redirect returns says where to go on, unless it is an answer with a status of its own.
  if (options.redirect && sent?.explicitStatus === undefined) {
    return render(redirectOf(refuseObservable(result), options.redirect), answering, options);
  }
  if (sent === undefined) return renderData(result, answering, options);
  return render(sent, answering, options, sent instanceof BlobResponse ? sent.type : undefined);
}

function renderData(data: unknown, answering: Answering, options: ResultOptions): MaybePromise<AnyRenderedResponse> {
  if (typeof data === 'string' && !isJsonDeclared(answering, options))
    return render(new Response(data), answering, options);
  const text =
    data === undefined || data === null
      ? undefined
      : (options.json.stringify(refuseObservable(data)) as string | undefined);
  if (text === undefined) return renderNothing(answering, options);
  if (answering.injected === undefined && options.headers === undefined) return renderJson(text, options.status ?? 200);
  // A default only: a `content-type` of the route or of the injected response says what kind of JSON it is.
  return render(new Response(text), answering, options, 'application/json');
}

/** `undefined`, `null`, and what JSON has no word for. */
function renderNothing(answering: Answering, options: ResultOptions): MaybePromise<AnyRenderedResponse> {
  const asked = answering.injected?.explicitStatus ?? options.status;
  if (asked === undefined) return render(new Response(null, { statusCode: 204 }), answering, options);
  if (asked < 400) return render(new Response(null), answering, options);
  const response = new Response(options.json.stringify({ detail: errorStatusText(asked) }));
  // Of an error the route's content type says nothing, unless it is a kind of JSON.
  if (!isJsonDeclared(answering, options)) response.mediaType = 'application/json';
  return render(response, answering, options, 'application/json');
}

/** Without a declared content type it is JSON. */
function isJsonDeclared({ injected }: Answering, { headers: routeHeaders }: ResultOptions): boolean {
  if (injected === undefined && routeHeaders === undefined) return true;
  const type = declaredType({ injected, routeHeaders });
  return type === undefined || isJson(mediaTypeOf(type).essence);
}

function render(
  response: Response,
  { request, injected }: Answering,
  { status, headers: routeHeaders, json }: ResultOptions,
  mediaType?: string,
): MaybePromise<AnyRenderedResponse> {
  return renderResponse(response, request, { status, routeHeaders, injected, json, mediaType });
}

/** @throws TypeError for a `url` that is none: the client must not be sent to what it happens to be as text. */
function redirectOf(result: unknown, redirect: RedirectMetadata): Response {
  const { url, statusCode } = (result ?? {}) as { url?: string | URL | null; statusCode?: number };
  if (typeof (url ?? '') !== 'string' && !(url instanceof URL)) {
    throw new TypeError(`A method with @Redirect gave ${describeValue(url)} as its url: it takes text or a URL`);
  }
  return new RedirectResponse(url ?? redirect.location, { statusCode: statusCode ?? redirect.statusCode });
}
