import type { RenderedHeaders } from '../http/rendered-response.js';
import { checkedLines, checkedValue } from './check-header.js';

/**
 * Headers with one value each, for gateways that take no lists. RFC 9110, section 5.3, lets repeats be joined;
 * it doesn't for `set-cookie`, which is not among them.
 *
 * @throws TypeError on a name or a value that can't stand in a header.
 */
export function joinedHeaders(headers: RenderedHeaders): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name]!;
    joined[name] = checkedValue(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return joined;
}

/**
 * Headers and cookies as lists of lines.
 *
 * @throws TypeError on a name or a value that can't stand in a header.
 */
export function listedHeaders(headers: RenderedHeaders, cookies: readonly string[]): Record<string, string[]> {
  const listed: Record<string, string[]> = {};
  for (const name in headers) {
    const value = headers[name]!;
    listed[name] = checkedLines(name, Array.isArray(value) ? value : [value]);
  }
  if (cookies.length > 0) listed['set-cookie'] = checkedLines('set-cookie', cookies);
  return listed;
}
