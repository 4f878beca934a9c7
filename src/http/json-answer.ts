import type { RenderedResponse } from './rendered-response.js';
import { checkedStatus, isBodyless } from './response-head.js';

const NO_COOKIES: readonly string[] = Object.freeze([]);

/**
 * What most answers are: JSON, with a status and nothing else said.
 *
 * @throws RangeError for a status outside of 100 to 599.
 */
export function jsonAnswer(text: string, status: number): RenderedResponse {
  const statusCode = checkedStatus(status);
  if (isBodyless(statusCode)) return { statusCode, headers: {}, cookies: NO_COOKIES, body: null };
  return { statusCode, headers: { 'content-type': 'application/json' }, cookies: NO_COOKIES, body: text };
}
