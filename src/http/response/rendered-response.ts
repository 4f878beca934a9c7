import type { Readable } from 'node:stream';
import type { RenderedHeaders } from '../message/headers.js';

/** The head of a response, which is the prelude of a streamed response. */
export interface ResponseHead {
  statusCode: number;
  headers: RenderedHeaders;
  /** `Set-Cookie` values. */
  cookies: readonly string[];
}

/** A final response, which the adapter of its source encodes for the gateway. */
export interface RenderedResponse extends ResponseHead {
  /** A string, bytes (sent base64-encoded), or `null` for no body. */
  body: string | Uint8Array | null;
}

/** A final response with a streamed body. */
export interface StreamedResponse extends ResponseHead {
  body: Readable;
}

export type AnyRenderedResponse = RenderedResponse | StreamedResponse;

export function isStreamed(rendered: AnyRenderedResponse): rendered is StreamedResponse {
  return rendered.body !== null && typeof rendered.body === 'object' && 'pipe' in rendered.body;
}

const NO_COOKIES: readonly string[] = Object.freeze([]);

/**
 * Renders the most frequent kind of response: JSON with nothing but a status.
 *
 * @throws RangeError for a status outside 100 to 599.
 */
export function renderJson(text: string, status: number): RenderedResponse {
  // The most frequent ones need no checks.
  if (status !== 200 && status !== 201 && status !== 404 && status !== 422 && isBodyless(checkedStatus(status)))
    return { statusCode: status, headers: {}, cookies: NO_COOKIES, body: null };
  return { statusCode: status, headers: { 'content-type': 'application/json' }, cookies: NO_COOKIES, body: text };
}

/** Whether a status forbids a body (RFC 9110, 15): 1xx, 204, 205 and 304. */
export function isBodyless(statusCode: number): boolean {
  return statusCode === 204 || statusCode === 304 || statusCode === 205 || statusCode < 200;
}

/** @throws RangeError for a status outside 100 to 599. */
export function checkedStatus(statusCode: number): number {
  if (Number.isInteger(statusCode) && statusCode >= 100 && statusCode <= 599) return statusCode;
  throw new RangeError(`A response takes a status from 100 to 599, not ${statusCode}`);
}
