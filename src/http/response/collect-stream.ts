import { isUtf8 } from 'node:buffer';
import { InternalServerErrorException } from '../../errors/exceptions.js';
import type { RenderedHeaders } from '../message/headers.js';
import { isTextual } from '../message/media-type.js';
import type { RenderedResponse, StreamedResponse } from './rendered-response.js';

/**
 * Reads a streamed response to its end, for a handler that must return it whole. Textual types that are valid UTF-8
 * become a string, which needs no base64; everything else stays bytes.
 *
 * @param limit The gateway's limit in bytes.
 * @throws InternalServerErrorException above the limit; the rest of the stream is not read.
 * @throws The error of the stream.
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
    errorDetail: `The streamed response exceeds the ${limit} bytes of a result; use streamingHandler or send less`,
  });
}

function isText(headers: RenderedHeaders, bytes: Buffer): boolean {
  return headers['content-encoding'] === undefined && isTextual(String(headers['content-type'] ?? '')) && isUtf8(bytes);
}
