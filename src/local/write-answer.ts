import type { ServerResponse } from 'node:http';
import type { GatewayAnswer, HeaderLine } from './gateway-answer.js';

const LENGTH = 'content-length';
// The connection is the server's own matter.
const CONNECTION_HEADERS = new Set(['connection', 'keep-alive', 'transfer-encoding']);

/**
 * Sends status and headers; a repeated name stays repeated lines.
 *
 * @throws TypeError when a name or a value can't stand in a header.
 */
export function writeHead(response: ServerResponse, status: number, headers: readonly HeaderLine[]): void {
  const lines = headers.filter(([name]) => !CONNECTION_HEADERS.has(name.toLowerCase()));
  response.writeHead(status, lines.flatMap(([name, value]) => [name, latin1(value)]));
}

/** Sends a whole answer with the length of its body in bytes. @throws TypeError as {@link writeHead} does. */
export function writeAnswer(response: ServerResponse, { status, headers, body }: GatewayAnswer): void {
  const length = status === 204 || status === 304 ? undefined : lengthOf(response, headers, body);
  const lines = headers.filter(([name]) => name.toLowerCase() !== LENGTH);
  writeHead(response, status, length === undefined ? lines : [...lines, [LENGTH, length]]);
  response.end(length === undefined ? undefined : body);
}

/** HEAD may tell the length of a body that it does not send. */
function lengthOf({ req }: ServerResponse, headers: readonly HeaderLine[], body: Buffer): string | undefined {
  if (req.method !== 'HEAD' || body.length > 0) return String(body.length);
  return headers.find(([name]) => name.toLowerCase() === LENGTH)?.[1];
}

/** A header's UTF-8 bytes as the characters that node:http writes as bytes; refused ones stay as they are. */
function latin1(value: string): string {
  return Buffer.from(value, 'utf8').toString('latin1');
}
