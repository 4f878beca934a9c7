import type { RenderedHeaders } from '../../http/message/headers.js';
import type { RenderedResponse } from '../../http/response/rendered-response.js';

type Body = RenderedResponse['body'];

/** Returns a body as gateways take it: text as it is, bytes in base64, `''` for none. */
export function encodeBody(body: Body): string {
  return isBinary(body) ? Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('base64') : (body ?? '');
}

/** Whether the gateway has to decode what {@link encodeBody} returns. */
export function isBinary(body: Body): body is Uint8Array {
  return typeof body === 'object' && body !== null;
}

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
