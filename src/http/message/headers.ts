import type { Rule } from '../../errors/check-options.js';
import { describeValue } from '../../errors/describe-value.js';

// RFC 9110, 5.6.2.
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;
// RFC 9110, 5.5: any visible character, space and tab, and Latin-1 beyond ASCII.
const NOT_IN_VALUE = /[^\t\x20-\x7e\x80-\xff]/;

/** Whether a text can name a header or a method. */
export function isToken(text: unknown): text is string {
  return typeof text === 'string' && TOKEN.test(text);
}

/** What `@Header` and its like take as a name. */
export const headerName: Rule = { expected: 'the name of a header, of letters, digits and hyphens', accepts: isToken };

/**
 * The name in lower case.
 *
 * @throws TypeError when it can't name a header.
 */
export function checkedName(name: string): string {
  if (TOKEN.test(name)) return name.toLowerCase();
  throw new TypeError(
    `${JSON.stringify(name)} is no header name: use letters, digits and hyphens (RFC 9110, section 5.1)`,
  );
}

/**
 * The value as text. CR and LF would let it begin another header or the body, and node:http refuses the others too.
 *
 * @throws TypeError for what is no text, and naming the header and the character, not the value: it may be a secret.
 */
export function checkedValue(name: string, value: unknown): string {
  const text = typeof value === 'string' ? value : textOf(name, value);
  const problem = valueProblem(name, text);
  if (problem !== undefined) throw new TypeError(problem);
  return text;
}

/** Programs without types give numbers, booleans and URLs, as Node's own server takes them. */
function textOf(name: string, value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint' || value instanceof URL)
    return String(value);
  throw new TypeError(
    `The response header "${name}" is ${describeValue(value)}: give it text, and several lines as a list of texts`,
  );
}

/** {@link checkedValue} for a header of one line, or of several. */
export function checkedLines(name: string, value: unknown): string | string[] {
  if (!Array.isArray(value)) return checkedValue(name, value);
  return value.filter((line) => line !== undefined && line !== null).map((line) => checkedValue(name, line));
}

/** Why a text can't be the value of a header; `undefined` when it can. */
export function valueProblem(name: string, text: string): string | undefined {
  if (!NOT_IN_VALUE.test(text)) return undefined;
  const at = text.search(NOT_IN_VALUE);
  return `The response header "${name}" has the character ${codeOf(text, at)} at index ${at}, which can't stand in a header value: encode or remove it`;
}

/**
 * Headers by their lower-case names, without those that have no value, and those that are about a connection.
 *
 * @throws TypeError on a name or a value that can't stand in a header.
 */
export function checkedHeaders(headers: Readonly<Record<string, unknown>>): RenderedHeaders {
  const checked: RenderedHeaders = {};
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    if (value === undefined || value === null) continue;
    const key = checkedName(name);
    if (!isAboutConnection(key)) checked[key] = checkedLines(key, value);
  }
  return checked;
}

function codeOf(text: string, index: number): string {
  return `U+${text.codePointAt(index)!.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Lower-case names, and values that are checked; an array is one line a value. `set-cookie` is not among them. */
export type RenderedHeaders = Record<string, string | string[]>;

/**
 * What is said of one connection (RFC 9110, 7.6.1, and RFC 9113, 8.2.2): between the front door and its client there is
 * another one. An answer that was taken over from an upstream brings them along.
 */
const CONNECTION_HEADERS: ReadonlySet<string> = new Set([
  'connection',
  'http2-settings',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authentication-info',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Whether a header, by its lower-case name, is about the connection and no part of an answer. */
export function isAboutConnection(name: string): boolean {
  return CONNECTION_HEADERS.has(name);
}

/** Takes out what `Connection` names: it is about that connection, too. */
export function dropNamedByConnection(headers: RenderedHeaders, value: string | readonly string[]): void {
  for (const name of [value].flat().join(',').split(',')) delete headers[name.trim().toLowerCase()];
}

/** The members of a comma-separated header without quoted strings, such as `Vary` or `Accept-Encoding`. */
export function listMembers(header: string | readonly string[] | undefined): string[] {
  const text = typeof header === 'string' ? header : (header ?? []).join(',');
  return text
    .split(',')
    .map((member) => member.trim())
    .filter((member) => member !== '');
}

/** Adds names to `Vary`, so that caches keep the variants apart (RFC 9110, 12.5.5). */
export function addVary(headers: RenderedHeaders, ...names: string[]): void {
  if (headers['vary'] === undefined) {
    headers['vary'] = names.join(', ');
    return;
  }
  const before = listMembers(headers['vary']);
  if (before.includes('*')) return;
  const known = new Set(before.map((name) => name.toLowerCase()));
  headers['vary'] = [...before, ...names.filter((name) => !known.has(name))].join(', ');
}
