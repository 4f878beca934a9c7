import type { IncomingMessage } from 'node:http';
import type { RequestSample } from '../samples/http/request.js';

/** Reads a body to its end, so that a client can read the answer; `undefined` when it is longer than `limit` bytes. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= limit) chunks.push(chunk);
  }
  return length <= limit ? Buffer.concat(chunks) : undefined;
}

/** The request as the samples of the event sources take it, everything as the client sent it. */
export function sampleOf(request: IncomingMessage, body: Buffer, stage: string | undefined): RequestSample {
  return {
    method: request.method ?? 'GET',
    url: targetOf(request.url ?? '/'),
    headers: headersOf(request.rawHeaders),
    body: body.length > 0 ? body : null,
    ip: request.socket.remoteAddress?.replace(/^::ffff:/, '') ?? '127.0.0.1',
    ...(stage !== undefined && { stage }),
  };
}

/** Path and query, of an absolute address too. */
function targetOf(url: string): string {
  const target = url.replace(/^https?:\/\/[^/?]*/i, '');
  return target.startsWith('/') ? target : `/${target}`;
}

// What concerns the connection ends at the front door.
const CONNECTION_HEADERS = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'expect']);

/** Header values by name in the casing that came first, those of a repeated header kept apart. */
function headersOf(rawHeaders: readonly string[]): Record<string, string[]> {
  const byName = new Map<string, [name: string, values: string[]]>();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]!;
    const key = name.toLowerCase();
    if (CONNECTION_HEADERS.has(key)) continue;
    const entry = byName.get(key) ?? [name, []];
    entry[1].push(utf8(rawHeaders[index + 1]!));
    byName.set(key, entry);
  }
  return Object.fromEntries(byName.values());
}

/** node:http gives a header's bytes as characters; here they are read as UTF-8, where they are that. */
function utf8(value: string): string {
  const text = Buffer.from(value, 'latin1').toString('utf8');
  return text.includes('\uFFFD') ? value : text;
}
