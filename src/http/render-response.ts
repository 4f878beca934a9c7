import { addAbortSignal, type Readable } from 'node:stream';
import { described } from '../errors/yes-or-no.js';
import { chain } from '../shared/promise.js';
import type { MaybePromise } from '../shared/types.js';
import { checkedHeaders } from './check-header.js';
import { describeBody } from './connection-headers.js';
import { firstChunk } from './first-chunk.js';
import type { JsonCodec } from './json.js';
import { mediaTypeOf } from './media-type.js';
import { notModified } from './not-modified.js';
import { type AnyRenderedResponse, isStreamed, type RenderedHeaders, type ResponseHead } from './rendered-response.js';
import type { Request } from './request.js';
import type { Response } from './response.js';
import { isBodyless, responseHead, type ResponseGaps, withoutBody } from './response-head.js';
import { type OpenedBody, StreamResponse } from './stream-response.js';

export interface RenderOptions extends ResponseGaps {
  json?: JsonCodec;
}

/**
 * Turns any response into an answer with nothing left to decide, at once unless its body has to be opened.
 * A streamed answer with validators, as every file has them, is 304 when the client has it already. Any other one has
 * begun, events apart: what a stream fails with before its first chunk is thrown here, like any other error.
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
    return chain(response.open(request, options.json), (opened) => begun(notModified(request, withOpened(head, opened, request))));
  }
  const body = isBodyless(head.statusCode) ? null : renderedBody(response, options.json);
  describeBody(head.headers, body, request.method);
  return { statusCode: head.statusCode, headers: head.headers, cookies: head.cookies, body };
}

/** A client waits for the head of an event stream, as for the sign that it is connected; its first event may be far away. */
function begun(rendered: AnyRenderedResponse): MaybePromise<AnyRenderedResponse> {
  if (!isStreamed(rendered) || isEventStream(rendered.headers)) return rendered;
  return firstChunk(rendered.body).then(() => rendered);
}

function isEventStream(headers: RenderedHeaders): boolean {
  return mediaTypeOf(String(headers['content-type'])).essence === 'text/event-stream';
}

/** An async `render` gives a promise, of which a body would be made that is none. */
function renderedBody(response: Response, json: JsonCodec | undefined): string | Uint8Array | null {
  const body = response.render(response.content, json);
  if (typeof body === 'string' || body === null || body instanceof Uint8Array) return body;
  throw new TypeError(
    `${response.constructor.name}.render gave ${described(body)}: it gives text, bytes or null, at once.`,
  );
}

function withOpened(before: ResponseHead, opened: OpenedBody, request: Request): AnyRenderedResponse {
  const { statusCode = before.statusCode, body } = opened;
  // Only what opened the stream can know its length.
  const { 'content-length': _, ...headers } = before.headers;
  const head = { statusCode, headers: { ...headersOf(opened), ...headers }, cookies: before.cookies };
  if (isBodyless(statusCode)) {
    body?.destroy();
    return withoutBody(head);
  }
  return body === null ? { ...head, body } : { ...head, body: watched(body, request.signal) };
}

/** Nobody reads the body of an answer that can't be sent. */
function headersOf({ headers = {}, body }: OpenedBody): RenderedHeaders {
  try {
    return checkedHeaders(headers);
  } catch (error) {
    body?.destroy();
    throw error;
  }
}

function watched(body: Readable, signal: AbortSignal): Readable {
  // An error that comes before anyone reads would end the process; whoever reads later is still told of it.
  return addAbortSignal(signal, body.on('error', ignore));
}

function ignore(): void {}
