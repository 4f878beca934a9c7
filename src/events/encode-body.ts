import type { RenderedResponse } from '../http/rendered-response.js';

export interface EncodedBody {
  body: string;
  isBase64Encoded: boolean;
}

/** The body as gateways take it: text as it is, bytes base64-encoded, `''` for none. */
export function encodeBody(body: RenderedResponse['body']): EncodedBody {
  if (body === null) return { body: '', isBase64Encoded: false };
  if (typeof body === 'string') return { body, isBase64Encoded: false };
  return { body: Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('base64'), isBase64Encoded: true };
}
