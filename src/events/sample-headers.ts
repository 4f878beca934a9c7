import type { RequestSample } from '../contracts/http-event-adapter.js';
import type { HeaderPair } from '../http/request-source.js';
import { traceId } from './sample-identifiers.js';

/** What the gateway knows of the connection. */
export interface Connection {
  /** The gateway's own domain. */
  readonly host: string;
  readonly ip: string;
  readonly receivedAt: Date;
}

/** The lines that the client sent. */
export function clientHeaders({ headers = {}, body }: RequestSample): HeaderPair[] {
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : value).map((line): HeaderPair => [name, line]),
  );
  if (!body || headerLine(lines, 'content-length') !== undefined) return lines;
  return [...lines, ['Content-Length', String(Buffer.byteLength(body))]];
}

/** The client's lines with what every gateway adds; the address goes after what the client claims of the way before. */
export function gatewayHeaders(lines: readonly HeaderPair[], { host, ip, receivedAt }: Connection): HeaderPair[] {
  const claimed = headerLine(lines, 'x-forwarded-for');
  const added: HeaderPair[] = [
    ['X-Forwarded-For', claimed === undefined ? ip : `${claimed}, ${ip}`],
    ['X-Forwarded-Port', '443'],
    ['X-Forwarded-Proto', 'https'],
  ];
  if (headerLine(lines, 'host') === undefined) added.push(['Host', host]);
  if (headerLine(lines, 'x-amzn-trace-id') === undefined) added.push(['X-Amzn-Trace-Id', traceId(receivedAt)]);
  const replaced = new Set(added.map(([name]) => name.toLowerCase()));
  return [...lines.filter(([name]) => !replaced.has(name.toLowerCase())), ...added];
}

/** The value of a header, repeats joined; the name in lower case. */
export function headerLine(lines: readonly HeaderPair[], name: string): string | undefined {
  const values = lines.filter(([header]) => header.toLowerCase() === name).map(([, value]) => value);
  return values.length === 0 ? undefined : values.join(', ');
}
