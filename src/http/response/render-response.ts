import { addAbortSignal, finished, type Readable } from 'node:stream';
import { describeValue } from '../../errors/describe-value.js';
import { chain } from '../../shared/promise.js';
import type { MaybePromise } from '../../shared/types.js';
import { checkedHeaders, type RenderedHeaders } from '../message/headers.js';
import type { JsonCodec } from '../message/json.js';
import { mediaTypeOf } from '../message/media-type.js';
import type { Request } from '../request/request.js';
import { notModified } from './not-modified.js';
import { type AnyRenderedResponse, isBodyless, isStreamed, type ResponseHead } from './rendered-response.js';
import { dropRepresentation, type ResponseDefaults, responseHead, withBody } from './response-head.js';
import type { Response } from './response.js';
import { type OpenedBody, StreamResponse } from './stream-response.js';

interface RenderOptions extends ResponseDefaults {
  json?: JsonCodec;
}

/**
 * Renders any response into its final form, synchronously unless its body has to be opened.
 *
 * A streamed response with validators, which every file has, becomes a 304 if the client has it already. Otherwise its
 * first chunk is awaited, except for event streams, so that an earlier error is thrown here like any other.
 *
 * @throws RangeError and TypeError for a status, a header or a cookie that can't be sent.
 */
export function renderResponse(
  response: Response,
  request: Request,
  options: RenderOptions = {},
): MaybePromise<AnyRenderedResponse> {
  const head = responseHead(response, options);
  if (response instanceof StreamResponse) {
    return chain(response.open(request, options.json), (opened) =>
      awaitStart(notModified(request, streamedResponse(head, opened, request))),
    );
  }
  const body = isBodyless(head.statusCode) ? null : renderedBody(response, options.json);
  return withBody(head, body, request);
}

/**
 * Awaits the first chunk of a stream. The head of an event stream is sent before: it tells the client that it is
 * connected, and the first event may be far away.
 */
function awaitStart(rendered: AnyRenderedResponse): MaybePromise<AnyRenderedResponse> {
  if (!isStreamed(rendered) || isEventStream(rendered.headers)) return rendered;
  return firstChunk(rendered.body).then(() => rendered);
}

function isEventStream(headers: RenderedHeaders): boolean {
  return mediaTypeOf(String(headers['content-type'])).essence === 'text/event-stream';
}

/** Renders the body and refuses anything else, such as the promise of an async `render`. */
function renderedBody(response: Response, json: JsonCodec | undefined): string | Uint8Array | null {
  const body = response.render(response.content, json);
  if (typeof body === 'string' || body === null || body instanceof Uint8Array) return body;
  throw new TypeError(
    `${response.constructor.name}.render returned ${describeValue(body)}: it must return a string, bytes or null.`,
  );
}

function streamedResponse(before: ResponseHead, opened: OpenedBody, request: Request): AnyRenderedResponse {
  const { statusCode = before.statusCode, body } = opened;
  // Only the opened stream knows its length.
  const { 'content-length': _, ...headers } = before.headers;
  const head = { statusCode, headers: { ...headersOf(opened), ...headers }, cookies: before.cookies };
  if (isBodyless(statusCode)) {
    body?.destroy();
    return { ...dropRepresentation(head), body: null };
  }
  return body === null ? { ...head, body } : { ...head, body: watched(body, request.signal) };
}

/** Checks the headers, and destroys the body of a response that can't be sent. */
function headersOf({ headers = {}, body }: OpenedBody): RenderedHeaders {
  try {
    return checkedHeaders(headers);
  } catch (error) {
    body?.destroy();
    throw error;
  }
}

function watched(body: Readable, signal: AbortSignal): Readable {
  // Without a listener, an error before anyone reads would end the process. A later reader still gets it.
  return addAbortSignal(signal, body.on('error', ignore));
}

function ignore(): void {}

/**
 * Waits until a stream has data or has ended, so that it can no longer become an error response.
 *
 * @throws The error with which it fails before that.
 */
export function firstChunk(stream: Readable): Promise<void> {
  return new Promise((resolve, reject) => {
    // An earlier listener may have received the event already.
    if (stream.readableLength > 0) return resolve();
    const settle = (error?: Error | null): void => {
      stream.off('readable', settle);
      stop();
      if (error === undefined || error === null) resolve();
      else reject(error);
    };
    const stop = finished(stream, { writable: false }, settle);
    stream.on('readable', settle);
  });
}
