import { isUtf8 } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import { keepPath } from '../events/http/path.js';
import { percentEncode } from '../http/message/percent-encode.js';
import { decodeFormComponent, type QueryPair } from '../http/request/query.js';
import type { HeaderPair } from '../http/request/request-source.js';

/** A request as a test or the emulator describes it. The samples of each source turn it into a complete event. */
export interface RequestSample {
  /** Default: GET. */
  method?: string;
  /** Path and query string, percent-encoded as a client sends them. Default: `/`. */
  url?: string;
  /** A list stands for one header line per value. */
  headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Text is sent as it is; bytes are base64-encoded where the source would encode them. */
  body?: string | Uint8Array | null;
  /** The client's address. */
  ip?: string;
  /** The API Gateway stage, if it is not the default one. */
  stage?: string;
}

/** A complete request, as a gateway has it before it builds the event. */
export interface SampleRequest extends SampleBody {
  readonly method: string;
  /** Percent-encoded, with a leading slash. */
  readonly path: string;
  /** Percent-encoded, without `?`. */
  readonly queryString: string;
  /** One pair per header line, spelled as the client sent it, with the headers that the gateway adds. */
  readonly headers: readonly HeaderPair[];
  readonly ip: string;
  readonly userAgent: string | null;
  readonly receivedAt: Date;
}

/** Completes a request. `host` is the gateway's own domain. */
export function sampleRequest(request: RequestSample, host: string): SampleRequest {
  const ip = request.ip ?? '203.0.113.10';
  const receivedAt = new Date();
  const lines = clientHeaders(request);
  return {
    method: request.method?.toUpperCase() ?? 'GET',
    ...splitUrl(request.url ?? '/'),
    headers: gatewayHeaders(lines, { host, ip, receivedAt }),
    ...sampleBody(request.body ?? null, headerLine(lines, 'content-type') ?? ''),
    ip,
    userAgent: headerLine(lines, 'user-agent') ?? null,
    receivedAt,
  };
}

/** Encodes characters that no client sends unencoded, such as a space or `é`. Encoded characters stay. */
function splitUrl(url: string): Pick<SampleRequest, 'path' | 'queryString'> {
  const target = url.split('#', 1)[0]!;
  const question = target.indexOf('?');
  if (question === -1) return { path: keepPath(target), queryString: '' };
  const queryString = target.slice(question + 1).replace(/[^\x21-\x7e]+/gu, percentEncode);
  return { path: keepPath(target.slice(0, question)), queryString };
}

/** The connection as the gateway sees it. */
interface Connection {
  /** The gateway's own domain. */
  readonly host: string;
  readonly ip: string;
  readonly receivedAt: Date;
}

/** Returns the header lines that the client sent. */
function clientHeaders({ headers = {}, body }: RequestSample): HeaderPair[] {
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : value).map((line): HeaderPair => [name, line]),
  );
  if (!body || headerLine(lines, 'content-length') !== undefined) return lines;
  return [...lines, ['Content-Length', String(Buffer.byteLength(body))]];
}

/** Adds the headers of every gateway to the client's. The address is appended to the client's own `X-Forwarded-For`. */
function gatewayHeaders(lines: readonly HeaderPair[], { host, ip, receivedAt }: Connection): HeaderPair[] {
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

/** Returns the value of a header by its lower-case name, with repeats joined. */
function headerLine(lines: readonly HeaderPair[], name: string): string | undefined {
  const values = lines.filter(([header]) => header.toLowerCase() === name).map(([, value]) => value);
  return values.length === 0 ? undefined : values.join(', ');
}

interface SampleBody {
  readonly body: string | null;
  readonly isBase64Encoded: boolean;
}

// Gateways send bodies of these types as text. Others, including forms, arrive base64-encoded.
const TEXT = /^(?:text\/|application\/(?:json|javascript|xml|[\w.-]+\+(?:json|xml))\b)/i;

/** Returns a body as gateways send it: text and bytes of a text type as text, other bytes in base64. */
function sampleBody(body: string | Uint8Array | null, contentType: string): SampleBody {
  if (body === null || body.length === 0) return { body: null, isBase64Encoded: false };
  if (typeof body === 'string') return { body, isBase64Encoded: false };
  const bytes = Buffer.from(body);
  return TEXT.test(contentType) && isUtf8(bytes)
    ? { body: bytes.toString('utf8'), isBase64Encoded: false }
    : { body: bytes.toString('base64'), isBase64Encoded: true };
}

/** Returns a time in API Gateway's format: `12/Mar/2020:19:03:58 +0000`. */
export function gatewayTime(date: Date): string {
  const [, day, month, year, time] = date.toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}

/** Returns a short request id, as HTTP APIs have it: `JKJaXmPLvHcESHA=`. */
export function shortRequestId(): string {
  return `${randomBytes(11).toString('base64url')}=`;
}

/** Returns a value of `X-Amzn-Trace-Id`: the seconds since 1970 and 96 random bits, in hexadecimal. */
function traceId(date: Date): string {
  return `Root=1-${Math.floor(date.getTime() / 1000).toString(16)}-${randomBytes(12).toString('hex')}`;
}

/** Splits a query string into names and values, still encoded. */
export function rawQueryPairs(queryString: string): QueryPair[] {
  const parts = queryString.split('&').filter((part) => part !== '');
  return parts.map((part) => {
    const equals = part.indexOf('=');
    return equals === -1 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)];
  });
}

/** Splits a query string into names and values, decoded as API Gateway does. */
export function decodedQueryPairs(queryString: string): QueryPair[] {
  return rawQueryPairs(queryString).map(([name, value]) => [
    decodeIfValid(name, decodeFormComponent),
    decodeIfValid(value, decodeFormComponent),
  ]);
}

type Pair = readonly [name: string, value: string];

// Unlike an assignment, `Object.fromEntries` creates own members for names such as `__proto__`, too.

/** Returns the last value per name, as gateways with single-value maps send it. */
export function lastValues(pairs: readonly Pair[]): Record<string, string> {
  return Object.fromEntries(pairs);
}

/** Returns all values per name. */
export function allValues(pairs: readonly Pair[]): Record<string, string[]> {
  const values = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    const before = values.get(name);
    if (before) before.push(value);
    else values.set(name, [value]);
  }
  return Object.fromEntries(values);
}

/** Returns all values per name, joined with commas as in payload 2.0. */
export function joinedValues(pairs: readonly Pair[]): Record<string, string> {
  return Object.fromEntries(Object.entries(allValues(pairs)).map(([name, values]) => [name, values.join(',')]));
}

export function lowerCaseNames(headers: readonly HeaderPair[]): HeaderPair[] {
  return headers.map(([name, value]) => [name.toLowerCase(), value]);
}

/** Decodes text with `decoder`, or returns it as it is if its percent-encoding is malformed. */
function decodeIfValid(text: string, decoder: (text: string) => string = decodeURIComponent): string {
  try {
    return decoder(text);
  } catch {
    return text;
  }
}

/** Decodes a path as HTTP APIs do: each run of escapes separately, so that a bare `%` stays as it is. */
export function decodePath(path: string): string {
  return path.replace(/(?:%[\da-f]{2})+/gi, (run) => decodeIfValid(run));
}
