import type { RenderedHeaders } from '../../http/message/headers.js';

/**
 * Returns headers with one value each, for gateways that take no lists. RFC 9110, section 5.3, allows repeated headers
 * to be joined, except `set-cookie`, which is never among these.
 */
export function joinedHeaders(headers: RenderedHeaders): Record<string, string> {
  if (hasSingleValues(headers)) return headers;
  const joined: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name]!;
    joined[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return joined;
}

function hasSingleValues(headers: RenderedHeaders): headers is Record<string, string> {
  for (const name in headers) if (typeof headers[name] !== 'string') return false;
  return true;
}
