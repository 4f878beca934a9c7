import type { IncomingMessage } from 'node:http';
import type { RequestSample } from '../../samples/request.js';

/** Returns a request as the sample events take it, with everything as the client sent it. */
export function requestSample(request: IncomingMessage, body: Buffer, stage: string | undefined): RequestSample {
  return {
    method: request.method ?? 'GET',
    url: targetOf(request.url ?? '/'),
    headers: headersOf(request.rawHeaders),
    body: body.length > 0 ? body : null,
    ip: request.socket.remoteAddress?.replace(/^::ffff:/, '') ?? '127.0.0.1',
    ...(stage !== undefined && { stage }),
  };
}

/** Returns path and query, without the origin of an absolute URL. */
function targetOf(url: string): string {
  const target = url.replace(/^https?:\/\/[^/?]*/i, '');
  return target.startsWith('/') ? target : `/${target}`;
}

/** Headers that concern the connection to the front door, which functions never see. */
const CONNECTION_HEADERS = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'expect']);

/** Returns the values of each header, under the casing of its first occurrence. */
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

/** Decodes a header value, which node:http returns as Latin-1, from UTF-8 when it is valid UTF-8. */
function utf8(value: string): string {
  const text = Buffer.from(value, 'latin1').toString('utf8');
  return text.includes('\uFFFD') ? value : text;
}
