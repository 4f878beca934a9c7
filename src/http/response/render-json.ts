import type { RenderedResponse } from './rendered-response.js';

const NO_COOKIES: readonly string[] = Object.freeze([]);

/**
 * Renders the most frequent kind of response: JSON with nothing but a status.
 *
 * @throws RangeError for a status outside 100 to 599.
 */
export function renderJson(text: string, status: number): RenderedResponse {
  // The most frequent ones need no checks.
  if (status !== 200 && status !== 201 && isBodyless(checkedStatus(status)))
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
