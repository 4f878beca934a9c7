import type { RenderedHeaders } from '../../http/message/headers.js';

/**
 * Returns headers with one value each, for gateways that take no lists. RFC 9110, section 5.3, allows repeated headers
 * to be joined, except `set-cookie`, which is never among these.
 */
export function joinedHeaders(headers: RenderedHeaders): Record<string, string> {
  let joined: Record<string, string> | undefined;
  for (const name in headers) {
    const value = headers[name];
    // Copied only if there is a list.
    if (Array.isArray(value)) (joined ??= { ...(headers as Record<string, string>) })[name] = value.join(', ');
  }
  return joined ?? (headers as Record<string, string>);
}
