import type { Readable } from 'node:stream';

/** Lower-case names, and values that are checked; an array is one line a value. `set-cookie` is not among them. */
export type RenderedHeaders = Record<string, string | string[]>;

/** The head of an answer, which a streamed answer sends as its prelude. */
export interface ResponseHead {
  statusCode: number;
  headers: RenderedHeaders;
  /** `Set-Cookie` values. */
  cookies: readonly string[];
}

/** An answer with nothing left to decide: `events/<source>/encode.ts` puts it into the form its gateway wants. */
export interface RenderedResponse extends ResponseHead {
  /** Text, bytes (sent base64-encoded), or `null` for no body. */
  body: string | Uint8Array | null;
}

/** An answer whose body is still to come. */
export interface StreamedResponse extends ResponseHead {
  body: Readable;
}

export type AnyRenderedResponse = RenderedResponse | StreamedResponse;

export function isStreamed(rendered: AnyRenderedResponse): rendered is StreamedResponse {
  return rendered.body !== null && typeof rendered.body === 'object' && 'pipe' in rendered.body;
}
