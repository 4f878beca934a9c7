import type { Readable } from 'node:stream';
import type { RenderedHeaders } from '../message/headers.js';

/** The head of a response, which is the prelude of a streamed response. */
export interface ResponseHead {
  statusCode: number;
  headers: RenderedHeaders;
  /** `Set-Cookie` values. */
  cookies: readonly string[];
}

/** A final response, which the adapter of its source encodes for the gateway. */
export interface RenderedResponse extends ResponseHead {
  /** A string, bytes (sent base64-encoded), or `null` for no body. */
  body: string | Uint8Array | null;
}

/** A final response with a streamed body. */
export interface StreamedResponse extends ResponseHead {
  body: Readable;
}

export type AnyRenderedResponse = RenderedResponse | StreamedResponse;

export function isStreamed(rendered: AnyRenderedResponse): rendered is StreamedResponse {
  return rendered.body !== null && typeof rendered.body === 'object' && 'pipe' in rendered.body;
}
