import { isUtf8 } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import type { RequestSample } from '../contracts/http-event-adapter.js';
import { decodeFormComponent, type QueryPair } from '../http/query.js';
import type { HeaderPair } from '../http/request-source.js';
import { keepPath, percentEncode } from './event-path.js';
import { decodeWhereValid } from './sample-decoding.js';

/** A request with nothing left open, as a gateway sees it before it makes an event of it. */
export interface SampleRequest {
  readonly method: string;
  /** Percent-encoded, with a leading slash. */
  readonly path: string;
  /** Percent-encoded, without `?`. */
  readonly queryString: string;
  /** Names in the client's case, a pair a line; with what the client's connection tells the gateway. */
  readonly headers: readonly HeaderPair[];
  readonly body: string | null;
  readonly isBase64Encoded: boolean;
  readonly ip: string;
  readonly userAgent: string | null;
  readonly receivedAt: Date;
}

/** Fills the gaps of a request; `host` is the gateway's own domain. */
export function sampleRequest(request: RequestSample, host: string): SampleRequest {
  const [path, queryString] = splitUrl(request.url ?? '/');
  const ip = request.ip ?? '203.0.113.10';
  const headers = headerLines(request);
  return {
    method: request.method?.toUpperCase() ?? 'GET',
    path,
    queryString,
    headers: withGatewayHeaders(headers, host, ip),
    ...sampleBody(request.body ?? null, valueOf(headers, 'content-type') ?? ''),
    ip,
    userAgent: valueOf(headers, 'user-agent') ?? null,
    receivedAt: new Date(),
  };
}

/** Names and values as they stand in the query string, still encoded. */
export function rawQueryPairs({ queryString }: SampleRequest): QueryPair[] {
  const parts = queryString.split('&').filter((part) => part !== '');
  return parts.map((part) => {
    const equals = part.indexOf('=');
    return equals === -1 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)];
  });
}

export function decodedQueryPairs(sample: SampleRequest): QueryPair[] {
  const decode = (text: string): string => decodeWhereValid(text, decodeFormComponent);
  return rawQueryPairs(sample).map(([name, value]) => [decode(name), decode(value)]);
}

/** The value of the last pair, as a gateway with single-value maps takes it. */
export function lastValues(pairs: readonly QueryPair[]): Record<string, string> {
  return Object.fromEntries(pairs);
}

/** Every value by name. `fromEntries` makes own members of names such as `__proto__` too. */
export function allValues(pairs: readonly QueryPair[]): Record<string, string[]> {
  const values = new Map<string, string[]>();
  for (const [name, value] of pairs) values.set(name, [...(values.get(name) ?? []), value]);
  return Object.fromEntries(values);
}

export function joinedValues(pairs: readonly QueryPair[]): Record<string, string> {
  return Object.fromEntries(Object.entries(allValues(pairs)).map(([name, values]) => [name, values.join(',')]));
}

export function lowerCaseNames(headers: readonly HeaderPair[]): HeaderPair[] {
  return headers.map(([name, value]) => [name.toLowerCase(), value]);
}

/** API Gateway's form of a time: `12/Mar/2020:19:03:58 +0000`. */
export function gatewayTime(date: Date): string {
  const [, day, month, year, time] = date.toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}

/** A short request id, as HTTP APIs and extended ids have it: `JKJaXmPLvHcESHA=`. */
export function shortRequestId(): string {
  return `${randomBytes(11).toString('base64url')}=`;
}

function splitUrl(url: string): [path: string, queryString: string] {
  const [target] = url.split('#') as [string];
  const question = target.indexOf('?');
  if (question === -1) return [keepPath(target), ''];
  const query = target.slice(question + 1).replace(/[^\x21-\x7e]+/gu, percentEncode);
  return [keepPath(target.slice(0, question)), query];
}

function headerLines({ headers = {}, body }: RequestSample): HeaderPair[] {
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : value).map((line): HeaderPair => [name, line]),
  );
  if (!body || valueOf(lines, 'content-length') !== undefined) return lines;
  return [...lines, ['Content-Length', String(Buffer.byteLength(body))]];
}

/** What every gateway adds; the address is appended to what the client claims of the way before. */
function withGatewayHeaders(lines: readonly HeaderPair[], host: string, ip: string): HeaderPair[] {
  const claimed = valueOf(lines, 'x-forwarded-for');
  const added: HeaderPair[] = [
    ['X-Forwarded-For', claimed === undefined ? ip : `${claimed}, ${ip}`],
    ['X-Forwarded-Port', '443'],
    ['X-Forwarded-Proto', 'https'],
  ];
  if (valueOf(lines, 'host') === undefined) added.push(['Host', host]);
  if (valueOf(lines, 'x-amzn-trace-id') === undefined) added.push(['X-Amzn-Trace-Id', traceId()]);
  const replaced = new Set(added.map(([name]) => name.toLowerCase()));
  return [...lines.filter(([name]) => !replaced.has(name.toLowerCase())), ...added];
}

function valueOf(lines: readonly HeaderPair[], name: string): string | undefined {
  const values = lines.filter(([header]) => header.toLowerCase() === name).map(([, value]) => value);
  return values.length === 0 ? undefined : values.join(', ');
}

function traceId(): string {
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${seconds}-${randomBytes(12).toString('hex')}`;
}

// The types whose bodies ALB leaves as text; API Gateway and Function URLs do the same, JSON with a suffix included.
const TEXT = /^(?:text\/|application\/(?:json|javascript|xml|[\w.-]+\+(?:json|xml))\b)/i;

function sampleBody(body: string | Uint8Array | null, contentType: string): Pick<SampleRequest, 'body' | 'isBase64Encoded'> {
  if (body === null || body.length === 0) return { body: null, isBase64Encoded: false };
  if (typeof body === 'string') return { body, isBase64Encoded: false };
  const bytes = Buffer.from(body);
  return TEXT.test(contentType) && isUtf8(bytes)
    ? { body: bytes.toString('utf8'), isBase64Encoded: false }
    : { body: bytes.toString('base64'), isBase64Encoded: true };
}
