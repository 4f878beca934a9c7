import type { RenderedResponse } from '../http/rendered-response.js';
import type { RequestSource } from '../http/request-source.js';

export interface DecodeOptions {
  /** A custom domain's base path such as `/v1`, or several: the first that fits is taken off, at a segment's boundary. */
  basePath?: string | readonly string[];
}

/** One HTTP event source: `events/<source>/`. `E` is its event, `R` the result that its gateway wants. */
export interface HttpEventAdapter<E = unknown, R = unknown> {
  readonly source: string;
  /** Tells the source by the event's shape; any value may come. */
  detect(event: unknown): event is E;
  decode(event: E, options: DecodeOptions): RequestSource;
  /** The event is at hand, for ALB answers in the mode that the request came in. */
  encode(response: RenderedResponse, event: E): R;
  /** Bytes that the gateway takes for a whole answer. */
  readonly responseLimit: number;
}

/** What a test or the emulator says of a request; the `sample` of each source makes a genuine event of it. */
export interface RequestSample {
  /** GET unless given. */
  method?: string;
  /** Path and query string, percent-encoded as a client sends them; `/` unless given. */
  url?: string;
  /** An array is one line a value. */
  headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Text is sent as it is, bytes base64-encoded where the source would. */
  body?: string | Uint8Array | null;
  /** The caller's address. */
  ip?: string;
  /** A named stage, for API Gateway. */
  stage?: string;
}
