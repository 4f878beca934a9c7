import { isAnyArrayBuffer } from 'node:util/types';
import { isBranded } from '../../shared/brand.js';
import {
  checkedLines,
  checkedName,
  checkedValue,
  dropNamedByConnection,
  isConnectionHeader,
  type RenderedHeaders,
} from '../message/headers.js';
import { isXml } from '../message/media-type.js';
import type { Request } from '../request/request.js';
import { checkedStatus, isBodyless, type RenderedResponse, type ResponseHead } from './rendered-response.js';
import type { Response } from './response.js';

/** The defaults for what the response itself does not set. */
export interface ResponseDefaults {
  /** The status of the route. */
  status?: number | undefined;
  /** The injected response, with its status, headers and cookies. */
  injected?: Response | undefined;
  /** The route's headers, from `@Header`; an array is one line per value. */
  routeHeaders?: readonly (readonly [name: string, value: string | readonly string[]])[] | undefined;
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

/** Drops the headers that describe a body, for a status that forbids one. */
export function dropRepresentation(head: ResponseHead): ResponseHead {
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
  if (content instanceof Uint8Array || isBranded(response, 'StreamResponse') || isAnyArrayBuffer(content))
    return 'application/octet-stream';
  return typeof content === 'string' ? 'text/plain' : 'application/json';
}

/** Renders JSON text, or nothing, of which others decide the head: the route, and the injected response. */
export function renderJsonText(text: string | null, request: Request, defaults: ResponseDefaults): RenderedResponse {
  const head = responseHead(undefined, defaults);
  return withBody(head, isBodyless(head.statusCode) ? null : text, request);
}

/** Puts a body under a head. */
export function withBody(
  { statusCode, headers, cookies }: ResponseHead,
  body: RenderedResponse['body'],
  { method }: Request,
): RenderedResponse {
  correctBodyHeaders(headers, body, method);
  return { statusCode, headers, cookies, body };
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
 * Returns the `content-type` header for a media type.
 *
 * Text and XML get a charset. JSON doesn't: it is always UTF-8 and has no such parameter (RFC 8259, 11).
 *
 * @throws TypeError if it is not valid in a header.
 */
export function contentType(mediaType: string, charset = 'utf-8'): string {
  // By far the most frequent type.
  if (mediaType === 'application/json') return mediaType;
  return checkedValue('content-type', withCharset(mediaType, charset));
}

function withCharset(mediaType: string, charset: string): string {
  if (charset === '' || mediaType.includes(';')) return mediaType;
  const essence = mediaType.toLowerCase();
  return essence.startsWith('text/') || isXml(essence) ? `${mediaType}; charset=${charset}` : mediaType;
}
