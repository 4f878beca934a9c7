import type { RenderedResponse } from '../http/rendered-response.js';

type Body = RenderedResponse['body'];

/** The body as gateways take it: text as it is, bytes base64-encoded, `''` for none. */
export function encodeBody(body: Body): string {
  return isBinary(body) ? Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('base64') : (body ?? '');
}

/** Whether the gateway must decode what {@link encodeBody} gives. */
export function isBinary(body: Body): body is Uint8Array {
  return typeof body === 'object' && body !== null;
}
