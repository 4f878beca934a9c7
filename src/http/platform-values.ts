import type { StreamChunk } from './iterable-stream.js';

/** What of the web's `Response` an answer is made of. */
export interface WebResponse {
  readonly status: number;
  /** Where `fetch` has it from; `''` of one that a program made. */
  readonly url: string;
  readonly bodyUsed: boolean;
  readonly body: ReadableStream<StreamChunk> | null;
  readonly headers: Iterable<readonly [name: string, value: string]> & { getSetCookie(): string[] };
}

// By their tags: naming the globals `Response` and `Blob` would have Node load all of fetch at the start. Members are
// asked for as well, for any class may have such a tag, and older packages have such classes.

export function isBlob(value: unknown): value is Blob {
  const tag = tagOf(value);
  return (tag === 'Blob' || tag === 'File') && has(value, 'stream') && typeof (value as Blob).size === 'number';
}

export function isReadableStream(value: unknown): value is ReadableStream<StreamChunk> {
  return tagOf(value) === 'ReadableStream' && has(value, 'getReader');
}

export function isWebResponse(value: unknown): value is WebResponse {
  if (tagOf(value) !== 'Response') return false;
  const { status, headers } = value as Partial<WebResponse>;
  return typeof status === 'number' && has(headers, 'getSetCookie');
}

function tagOf(value: unknown): unknown {
  return (value as { [Symbol.toStringTag]?: unknown } | null | undefined)?.[Symbol.toStringTag];
}

function has(value: unknown, method: string): boolean {
  return typeof (value as Record<string, unknown> | null | undefined)?.[method] === 'function';
}
