import { Readable } from 'node:stream';
import type { JsonCodec } from '../http/json.js';
import { renderResponse } from '../http/render-response.js';
import type { AnyRenderedResponse } from '../http/rendered-response.js';
import { Response } from '../http/response.js';
import { StreamResponse } from '../http/stream-response.js';
import { RedirectResponse } from '../http/redirect-response.js';
import { errorStatusText } from '../errors/http-statuses.js';
import type { RedirectMetadata } from '../metadata/class-metadata.js';
import type { MaybePromise } from '../shared/types.js';
import type { Request } from '../http/request.js';

/** What a result is rendered with: the route's word, and what was set on the injected response. */
export interface ResultOptions {
  readonly status?: number | undefined;
  readonly headers?: readonly (readonly [name: string, value: string])[] | undefined;
  readonly redirect?: RedirectMetadata | undefined;
  /** The response the method was given, if it asked for one. */
  readonly injected?: Response | undefined;
  /** Serialises instances by their class' metadata, too. */
  readonly json: JsonCodec;
}

/**
 * Makes an answer of what a method, an interceptor or a filter returned: data becomes JSON, a `Response` is taken
 * as it is, a stream is streamed, nothing is 204 unless a status was set.
 */
export function renderResult(result: unknown, request: Request, options: ResultOptions): MaybePromise<AnyRenderedResponse> {
  const response = responseOf(result, options);
  const { status, headers: routeHeaders, injected, json } = options;
  // A default only: a `content-type` of the route or of the injected response says what kind of JSON it is.
  const mediaType = response !== result && typeof response.content === 'string' ? 'application/json' : undefined;
  return renderResponse(response, request, { status, routeHeaders, injected, json, mediaType });
}

function responseOf(result: unknown, options: ResultOptions): Response {
  if (result instanceof Response) return result;
  if (options.redirect) return redirectOf(result, options.redirect);
  if (isStream(result)) return new StreamResponse(result);
  if (result instanceof Uint8Array) return new Response(result);
  const text = result === undefined || result === null ? undefined : (options.json.stringify(result) as string | undefined);
  return text === undefined ? nothing(options) : new Response(text);
}

/** `undefined`, `null`, and what JSON has no word for. */
function nothing({ status, injected, json }: ResultOptions): Response {
  const asked = injected?.explicitStatus ?? status;
  if (asked === undefined) return new Response(null, { statusCode: 204 });
  if (asked < 400) return new Response(null);
  return new Response(json.stringify({ detail: errorStatusText(asked) }));
}

function redirectOf(result: unknown, redirect: RedirectMetadata): Response {
  const { url, statusCode } = (result ?? {}) as { url?: string; statusCode?: number };
  return new RedirectResponse(url ?? redirect.location, { statusCode: statusCode ?? redirect.statusCode });
}

function isStream(value: unknown): value is Readable {
  return (
    typeof value === 'object' &&
    value !== null &&
    (value instanceof Readable || value instanceof ReadableStream || Symbol.asyncIterator in value)
  );
}
