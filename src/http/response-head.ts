import { isAnyArrayBuffer } from 'node:util/types';
import { checkedLines, checkedName, checkedValue } from './check-header.js';
import { dropNamedByConnection, isAboutConnection } from './connection-headers.js';
import { contentType } from './media-type.js';
import type { RenderedResponse, ResponseHead } from './rendered-response.js';
import type { Response } from './response.js';
import { StreamResponse } from './stream-response.js';

/** What answers where the response itself says nothing. */
export interface ResponseGaps {
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

function lastContentType(headers: readonly (readonly [name: string, value: unknown])[] | undefined): string | undefined {
  const found = headers?.findLast(([name, value]) => name.toLowerCase() === 'content-type' && value !== undefined && value !== null);
  return found && String(found[1]);
}

/** Whether a status forbids a body (RFC 9110, 15): 1xx, 204, 205 and 304. */
export function isBodyless(statusCode: number): boolean {
  return statusCode === 204 || statusCode === 304 || statusCode === 205 || statusCode < 200;
}

/** The answer of a status that forbids a body. */
export function withoutBody(head: ResponseHead): RenderedResponse {
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
  if (response.mediaType !== undefined) head.headers['content-type'] = contentType(response.mediaType, response.charset);
  for (const name of Object.keys(response.headers)) setHeader(head, name, response.headers[name]);
  for (const cookie of response.cookies) head.cookies.push(checkedValue('set-cookie', cookie));
}

// Programs without types set undefined.
function setHeader(head: OpenHead, name: string, value: unknown): void {
  if (value === undefined || value === null) return;
  const key = checkedName(name);
  const lines = checkedLines(key, value);
  if (isAboutConnection(key)) {
    if (key === 'connection') head.connection = lines;
    return;
  }
  if (key === 'set-cookie') head.cookies.push(...[lines].flat());
  else head.headers[key] = lines;
}

function mediaTypeFor(response: Response): string | undefined {
  const { content } = response;
  if (content === undefined || content === null) return undefined;
  if (content instanceof Uint8Array || response instanceof StreamResponse || isAnyArrayBuffer(content)) return 'application/octet-stream';
  return typeof content === 'string' ? 'text/plain' : 'application/json';
}

/** @throws RangeError for a status outside of 100 to 599. */
export function checkedStatus(statusCode: number): number {
  if (Number.isInteger(statusCode) && statusCode >= 100 && statusCode <= 599) return statusCode;
  throw new RangeError(`A response takes a status from 100 to 599, not ${statusCode}`);
}
