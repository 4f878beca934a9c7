import { addAbortSignal, finished, type Readable } from 'node:stream';
import { isAnyArrayBuffer } from 'node:util/types';
import { describeValue } from '../../errors/describe-value.js';
import { chain } from '../../shared/promise.js';
import type { MaybePromise } from '../../shared/types.js';
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
import { contentType, mediaTypeOf } from '../message/media-type.js';
import type { Request } from '../request/request.js';
import { notModified } from './not-modified.js';
import { type AnyRenderedResponse, isStreamed, type RenderedResponse, type ResponseHead } from './rendered-response.js';
import type { Response } from './response.js';
import { type OpenedBody, StreamResponse } from './stream-response.js';

interface RenderOptions extends ResponseGaps {
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
    return chain(response.open(request, options.json), (opened) =>
      begun(notModified(request, withOpened(head, opened, request))),
    );
  }
  const body = isBodyless(head.statusCode) ? null : renderedBody(response, options.json);
  correctBodyHeaders(head.headers, body, request.method);
  return { statusCode: head.statusCode, headers: head.headers, cookies: head.cookies, body };
}

/**
 * A client waits for the head of an event stream, as for the sign that it is connected; its first event may be far
 * away.
 */
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
    `${response.constructor.name}.render gave ${describeValue(body)}: it gives text, bytes or null, at once.`,
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

const NO_COOKIES: readonly string[] = Object.freeze([]);

/**
 * What most answers are: JSON, with a status and nothing else said.
 *
 * @throws RangeError for a status outside of 100 to 599.
 */
export function renderJson(text: string, status: number): RenderedResponse {
  const statusCode = checkedStatus(status);
  if (isBodyless(statusCode)) return { statusCode, headers: {}, cookies: NO_COOKIES, body: null };
  return { statusCode, headers: { 'content-type': 'application/json' }, cookies: NO_COOKIES, body: text };
}

/** What answers where the response itself says nothing. */
interface ResponseGaps {
  /** The status of the route. */
  status?: number | undefined;
  /** The response that the method was given: its status, headers and cookies. */
  injected?: Response | undefined;
  /** The route's headers, from `@Header`. */
  routeHeaders?: readonly (readonly [name: string, value: string])[] | undefined;
  /** The media type where nobody gave one; otherwise it follows from the content. */
  mediaType?: string | undefined;
}

/**
 * Status, headers and cookies of an answer.
 *
 * The response's own headers win, those of the injected one come next, then the route's; the cookies of both
 * responses are kept.
 *
 * @throws RangeError for a status outside of 100 to 599.
 * @throws TypeError for a header or a cookie that can't stand in a message.
 */
export function responseHead(response: Response, gaps: ResponseGaps = {}): ResponseHead {
  const injected = gaps.injected === response ? undefined : gaps.injected;
  const statusCode = checkedStatus(response.explicitStatus ?? injected?.explicitStatus ?? gaps.status ?? 200);
  const cookies: string[] = [];
  const head: OpenHead = { statusCode, headers: {}, cookies, connection: undefined };
  if (gaps.routeHeaders) for (const [name, value] of gaps.routeHeaders) setHeader(head, name, value);
  if (injected !== undefined) absorb(head, injected);
  absorb(head, response);
  if (head.connection !== undefined) dropNamedByConnection(head.headers, head.connection);
  if (isBodyless(statusCode)) return dropRepresentation(head);
  const type = head.headers['content-type'] === undefined ? (gaps.mediaType ?? mediaTypeFor(response)) : undefined;
  if (type !== undefined) head.headers['content-type'] = contentType(type, response.charset);
  return head;
}

/** The content type that is declared for whatever is answered, in the order in which {@link responseHead} takes it. */
export function declaredType({ injected, routeHeaders }: ResponseGaps): string | undefined {
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

/** Whether a status forbids a body (RFC 9110, 15): 1xx, 204, 205 and 304. */
function isBodyless(statusCode: number): boolean {
  return statusCode === 204 || statusCode === 304 || statusCode === 205 || statusCode < 200;
}

/** The answer of a status that forbids a body. */
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
  /** What the header `Connection` says, which is not sent. */
  connection: string | string[] | undefined;
}

function absorb(head: OpenHead, response: Response): void {
  if (response.mediaType !== undefined)
    head.headers['content-type'] = contentType(response.mediaType, response.charset);
  for (const name of Object.keys(response.headers)) setHeader(head, name, response.headers[name]);
  for (const cookie of response.cookies) head.cookies.push(checkedValue('set-cookie', cookie));
}

// Programs without types set undefined.
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

function mediaTypeFor(response: Response): string | undefined {
  const { content } = response;
  if (content === undefined || content === null) return undefined;
  if (content instanceof Uint8Array || response instanceof StreamResponse || isAnyArrayBuffer(content))
    return 'application/octet-stream';
  return typeof content === 'string' ? 'text/plain' : 'application/json';
}

/** @throws RangeError for a status outside of 100 to 599. */
function checkedStatus(statusCode: number): number {
  if (Number.isInteger(statusCode) && statusCode >= 100 && statusCode <= 599) return statusCode;
  throw new RangeError(`A response takes a status from 100 to 599, not ${statusCode}`);
}

/**
 * Makes what the headers say of a body true: `fetch` gives the text of an answer that came compressed, and its headers
 * as they came. A body that nobody has read the length of has none; on HEAD it is that of what GET would send.
 */
function correctBodyHeaders(headers: RenderedHeaders, body: string | Uint8Array | null, method: string): void {
  const { 'content-encoding': encoding, 'content-length': length } = headers;
  // Text is not encoded, whatever by.
  if (encoding !== undefined && (body === null ? method !== 'HEAD' : typeof body === 'string'))
    delete headers['content-encoding'];
  if (length === undefined) return;
  if (body !== null) headers['content-length'] = String(Buffer.byteLength(body));
  else if (method !== 'HEAD' || !/^\d+$/.test(String(length))) delete headers['content-length'];
}

/**
 * Waits until a stream has something to read, or has ended: then nothing can turn the answer into another one any more.
 *
 * @throws What it fails with before that.
 */
export function firstChunk(stream: Readable): Promise<void> {
  return new Promise((resolve, reject) => {
    // To whoever has listened before, it may have been told already.
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
