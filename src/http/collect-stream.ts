import { isUtf8 } from 'node:buffer';
import { InternalServerErrorException } from '../errors/exceptions.js';
import { isTextual } from './media-type.js';
import type { RenderedHeaders, RenderedResponse, StreamedResponse } from './rendered-response.js';

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
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
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
