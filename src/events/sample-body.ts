import { isUtf8 } from 'node:buffer';

export interface SampleBody {
  readonly body: string | null;
  readonly isBase64Encoded: boolean;
}

// The types whose bodies the gateways leave as text. Forms are not among them: they arrive base64-encoded.
const TEXT = /^(?:text\/|application\/(?:json|javascript|xml|[\w.-]+\+(?:json|xml))\b)/i;

/** A body as a gateway hands it over: bytes of a text type as text, all others base64-encoded; text stays text. */
export function sampleBody(body: string | Uint8Array | null, contentType: string): SampleBody {
  if (body === null || body.length === 0) return { body: null, isBase64Encoded: false };
  if (typeof body === 'string') return { body, isBase64Encoded: false };
  const bytes = Buffer.from(body);
  return TEXT.test(contentType) && isUtf8(bytes)
    ? { body: bytes.toString('utf8'), isBase64Encoded: false }
    : { body: bytes.toString('base64'), isBase64Encoded: true };
}
