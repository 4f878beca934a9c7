import type { RenderedHeaders } from '../http/rendered-response.js';

/**
 * Headers with one value each, for gateways that take no lists. RFC 9110, section 5.3, lets repeats be joined;
 * it doesn't for `set-cookie`, which is not among them.
 */
export function joinedHeaders(headers: RenderedHeaders): Record<string, string> {
  return hasSingleValues(headers) ? headers : joinValues(headers);
}

function hasSingleValues(headers: RenderedHeaders): headers is Record<string, string> {
  for (const name in headers) if (typeof headers[name] !== 'string') return false;
  return true;
}

function joinValues(headers: RenderedHeaders): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name]!;
    joined[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return joined;
}

/** Headers and cookies as lists of lines. */
export function listedHeaders(headers: RenderedHeaders, cookies: readonly string[]): Record<string, string[]> {
  const listed: Record<string, string[]> = {};
  for (const name in headers) listed[name] = [headers[name]!].flat();
  if (cookies.length > 0) listed['set-cookie'] = [...cookies];
  return listed;
}
