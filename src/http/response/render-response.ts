import { addAbortSignal, finished, type Readable } from 'node:stream';
import { isAnyArrayBuffer } from 'node:util/types';
import { describeValue } from '../../errors/describe-value.js';
import { chain } from '../../shared/promise.js';
import type { MaybePromise } from '../../shared/types.js';
import { contentType } from '../message/content-type.js';
import {
  checkedHeaders,
  checkedLines,
  checkedName,
  checkedValue,
  dropNamedByConnection,
  isConnectionHeader,
  type RenderedHeaders,
} from '../message/headers.js';
import type { JsonCodec } from '../message/json.js';
import { mediaTypeOf } from '../message/media-type.js';
import type { Request } from '../request/request.js';
import { notModified } from './not-modified.js';
import {
  type AnyRenderedResponse,
  checkedStatus,
  isBodyless,
  isStreamed,
  type RenderedResponse,
  type ResponseHead,
} from './rendered-response.js';
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

/** Renders JSON text of which others decide the head: the route, and the injected response. */
export function renderJsonText(text: string, request: Request, defaults: ResponseDefaults): RenderedResponse {
  const head = responseHead(undefined, defaults);
  return withBody(head, isBodyless(head.statusCode) ? null : text, request);
}

function withBody(
  { statusCode, headers, cookies }: ResponseHead,
  body: RenderedResponse['body'],
  { method }: Request,
): RenderedResponse {
  correctBodyHeaders(headers, body, method);
  return { statusCode, headers, cookies, body };
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
    return withoutBody(head);
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

/** The defaults for what the response itself does not set. */
interface ResponseDefaults {
  /** The status of the route. */
  status?: number | undefined;
  /** The injected response, with its status, headers and cookies. */
  injected?: Response | undefined;
  /** The route's headers, from `@Header`. */
  routeHeaders?: readonly (readonly [name: string, value: string])[] | undefined;
  /** The media type if none is set. Without it, the content decides. */
  mediaType?: string | undefined;
}

/**
 * Makes the head of a response: status, headers and cookies.
 *
 * Its own headers come before those of the injected response, and these before the route's. The cookies of both
 * responses are kept.
 *
 * @throws RangeError for a status outside 100 to 599.
 * @throws TypeError for an invalid header or cookie.
 */
export function responseHead(response: Response | undefined, defaults: ResponseDefaults = {}): ResponseHead {
  const injected = defaults.injected === response ? undefined : defaults.injected;
  const statusCode = checkedStatus(response?.explicitStatus ?? injected?.explicitStatus ?? defaults.status ?? 200);
  const cookies: string[] = [];
  const head: OpenHead = { statusCode, headers: {}, cookies, connection: undefined };
  if (defaults.routeHeaders) for (const [name, value] of defaults.routeHeaders) setHeader(head, name, value);
  if (injected !== undefined) absorb(head, injected);
  if (response !== undefined) absorb(head, response);
  if (head.connection !== undefined) dropNamedByConnection(head.headers, head.connection);
  if (isBodyless(statusCode)) return dropRepresentation(head);
  const isOpen = head.headers['content-type'] === undefined;
  const type = isOpen ? (defaults.mediaType ?? (response && mediaTypeByContent(response))) : undefined;
  if (type !== undefined) head.headers['content-type'] = contentType(type, response?.charset);
  return head;
}

/** Returns the content type declared for any result, with the precedence of {@link responseHead}. */
export function declaredType({ injected, routeHeaders }: ResponseDefaults): string | undefined {
  const headers = injected && Object.entries(injected.headers);
  return lastContentType(headers) ?? injected?.mediaType ?? lastContentType(routeHeaders);
}

function lastContentType(
  headers: readonly (readonly [name: string, value: unknown])[] | undefined,
): string | undefined {
  const found = headers?.findLast(
    ([name, value]) => name.toLowerCase() === 'content-type' && value !== undefined && value !== null,
  );
  return found && String(found[1]);
}

/** Makes the response of a status that forbids a body. */
function withoutBody(head: ResponseHead): RenderedResponse {
  return { ...dropRepresentation(head), body: null };
}

function dropRepresentation(head: ResponseHead): ResponseHead {
  delete head.headers['content-type'];
  delete head.headers['content-length'];
  delete head.headers['content-encoding'];
  return head;
}

interface OpenHead extends ResponseHead {
  readonly cookies: string[];
  /** The header `Connection`, which is not sent. */
  connection: string | string[] | undefined;
}

function absorb(head: OpenHead, response: Response): void {
  if (response.mediaType !== undefined)
    head.headers['content-type'] = contentType(response.mediaType, response.charset);
  for (const name of Object.keys(response.headers)) setHeader(head, name, response.headers[name]);
  for (const cookie of response.cookies) head.cookies.push(checkedValue('set-cookie', cookie));
}

// Untyped programs set undefined.
function setHeader(head: OpenHead, name: string, value: unknown): void {
  if (value === undefined || value === null) return;
  const key = checkedName(name);
  const lines = checkedLines(key, value);
  if (isConnectionHeader(key)) {
    if (key === 'connection') head.connection = lines;
    return;
  }
  if (key === 'set-cookie') head.cookies.push(...[lines].flat());
  else head.headers[key] = lines;
}

function mediaTypeByContent(response: Response): string | undefined {
  const { content } = response;
  if (content === undefined || content === null) return undefined;
  if (content instanceof Uint8Array || response instanceof StreamResponse || isAnyArrayBuffer(content))
    return 'application/octet-stream';
  return typeof content === 'string' ? 'text/plain' : 'application/json';
}

/**
 * Corrects the headers that describe the body. A program may pass on the text of a fetched response with its headers,
 * in which it is compressed. On HEAD, the length is that of the response to GET.
 */
function correctBodyHeaders(headers: RenderedHeaders, body: string | Uint8Array | null, method: string): void {
  const { 'content-encoding': encoding, 'content-length': length } = headers;
  // A string is never encoded.
  if (encoding !== undefined && (body === null ? method !== 'HEAD' : typeof body === 'string'))
    delete headers['content-encoding'];
  if (length === undefined) return;
  if (body !== null) headers['content-length'] = String(Buffer.byteLength(body));
  else if (method !== 'HEAD' || !/^\d+$/.test(String(length))) delete headers['content-length'];
}

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
