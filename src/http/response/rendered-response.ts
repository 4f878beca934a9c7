import { isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';
import { InternalServerErrorException } from '../../errors/exceptions.js';
import type { RenderedHeaders } from '../message/headers.js';
import { isTextual } from '../message/media-type.js';

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

/**
 * Reads a streamed answer to its end, for a handler that must return it whole. Textual types that are valid UTF-8
 * become a string, which needs no base64; everything else stays bytes.
 *
 * @param limit Bytes that the gateway takes.
 * @throws InternalServerErrorException over the limit; the rest of the stream is not read.
 * @throws What the stream fails with.
 */
export async function collectStream(streamed: StreamedResponse, limit: number): Promise<RenderedResponse> {
  const bytes = await readAll(streamed.body, limit);
  return { ...streamed, body: isText(streamed.headers, bytes) ? bytes.toString('utf8') : bytes };
}

async function readAll(stream: AsyncIterable<unknown>, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream as AsyncIterable<string | Uint8Array>) {
    const bytes =
      typeof chunk === 'string' ? Buffer.from(chunk) : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    length += bytes.length;
    if (length > limit) throw tooLong(limit);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks, length);
}

function tooLong(limit: number): InternalServerErrorException {
  return new InternalServerErrorException(undefined, {
    errorDetail: `The streamed answer is longer than the ${limit} bytes that fit into one result; use streamingHandler or send less`,
  });
}

function isText(headers: RenderedHeaders, bytes: Buffer): boolean {
  return headers['content-encoding'] === undefined && isTextual(String(headers['content-type'] ?? '')) && isUtf8(bytes);
}
