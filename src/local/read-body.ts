import type { IncomingMessage } from 'node:http';

/**
 * Reads a body. Reads to the end even when the body is too long, so that the client gets to read the response.
 *
 * @param limit The most bytes to accept.
 * @returns `undefined` for a longer body.
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= limit) chunks.push(chunk);
  }
  return length <= limit ? Buffer.concat(chunks) : undefined;
}
