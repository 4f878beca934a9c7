import type { RenderedHeaders } from './rendered-response.js';

/**
 * What is said of one connection (RFC 9110, 7.6.1, and RFC 9113, 8.2.2): between the front door and its client there is
 * another one. An answer that was taken over from an upstream brings them along.
 */
const CONNECTION_HEADERS: ReadonlySet<string> = new Set([
  'connection', 'http2-settings', 'keep-alive', 'proxy-authenticate', 'proxy-authentication-info', 'proxy-authorization', 'proxy-connection',
  'te', 'trailer', 'transfer-encoding', 'upgrade',
]);

/** Whether a header, by its lower-case name, is about the connection and no part of an answer. */
export function isAboutConnection(name: string): boolean {
  return CONNECTION_HEADERS.has(name);
}

/** Takes out what `Connection` names: it is about that connection, too. */
export function dropNamedByConnection(headers: RenderedHeaders, value: string | readonly string[]): void {
  for (const name of [value].flat().join(',').split(',')) delete headers[name.trim().toLowerCase()];
}

/**
 * Makes what the headers say of a body true: `fetch` gives the text of an answer that came compressed, and its headers
 * as they came. A body that nobody has read the length of has none; on HEAD it is that of what GET would send.
 */
export function describeBody(headers: RenderedHeaders, body: string | Uint8Array | null, method: string): void {
  const { 'content-encoding': encoding, 'content-length': length } = headers;
  // Text is not encoded, whatever by.
  if (encoding !== undefined && (body === null ? method !== 'HEAD' : typeof body === 'string')) delete headers['content-encoding'];
  if (length === undefined) return;
  if (body !== null) headers['content-length'] = String(Buffer.byteLength(body));
  else if (method !== 'HEAD' || !/^\d+$/.test(String(length))) delete headers['content-length'];
}
