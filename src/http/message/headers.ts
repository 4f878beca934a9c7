import type { OptionRule } from '../../errors/check-options.js';
import { describeValue } from '../../errors/describe-value.js';

// RFC 9110, 5.6.2.
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;
// RFC 9110, 5.5: visible characters, space, tab, and Latin-1 beyond ASCII are allowed.
const NOT_IN_VALUE = /[^\t\x20-\x7e\x80-\xff]/;

/** Whether a string can name a header or a method. */
export function isToken(text: unknown): text is string {
  return typeof text === 'string' && TOKEN.test(text);
}

/** The rule for the name in `@Header`. */
export const headerName: OptionRule = {
  expected: 'the name of a header, of letters, digits and hyphens',
  accepts: isToken,
};

/**
 * Returns the name in lower case.
 *
 * @throws TypeError if it can't name a header.
 */
export function checkedName(name: string): string {
  if (TOKEN.test(name)) return name.toLowerCase();
  throw new TypeError(
    `${JSON.stringify(name)} is not a header name: use letters, digits and hyphens (RFC 9110, section 5.1)`,
  );
}

/**
 * Returns the value as a string. CR and LF could start another header or the body; node:http refuses the other
 * characters, too.
 *
 * @throws TypeError naming the header and the character, but not the value, which may be a secret.
 */
export function checkedValue(name: string, value: unknown): string {
  const text = typeof value === 'string' ? value : textOf(name, value);
  const problem = valueProblem(name, text);
  if (problem !== undefined) throw new TypeError(problem);
  return text;
}

/** Accepts the numbers, booleans and URLs of untyped programs, as Node's server does. */
function textOf(name: string, value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint' || value instanceof URL)
    return String(value);
  throw new TypeError(
    `The response header "${name}" is ${describeValue(value)}: pass a string, or a list of strings for several lines`,
  );
}

/** {@link checkedValue} for a header of one or several lines. */
export function checkedLines(name: string, value: unknown): string | string[] {
  // As nearly all are.
  if (typeof value === 'string' && !NOT_IN_VALUE.test(value)) return value;
  if (!Array.isArray(value)) return checkedValue(name, value);
  return value.filter((line) => line !== undefined && line !== null).map((line) => checkedValue(name, line));
}

/** Describes why a string can't be the value of a header; `undefined` if it can. */
export function valueProblem(name: string, text: string): string | undefined {
  if (!NOT_IN_VALUE.test(text)) return undefined;
  const at = text.search(NOT_IN_VALUE);
  return (
    `The response header "${name}" has the character ${codeOf(text, at)} at index ${at}, ` +
    'which is not allowed in a header value: encode or remove it'
  );
}

/**
 * Returns headers by their lower-case names, without connection headers and headers that have no value.
 *
 * @throws TypeError for a name or a value that is not valid in a header.
 */
export function checkedHeaders(headers: Readonly<Record<string, unknown>>): RenderedHeaders {
  const checked: RenderedHeaders = {};
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    if (value === undefined || value === null) continue;
    const key = checkedName(name);
    if (!isConnectionHeader(key)) checked[key] = checkedLines(key, value);
  }
  return checked;
}

function codeOf(text: string, index: number): string {
  return `U+${text.codePointAt(index)!.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Checked headers by lower-case name; an array is one line per value. `set-cookie` is not among them. */
export type RenderedHeaders = Record<string, string | string[]>;

/**
 * Headers that apply to a single connection (RFC 9110, 7.6.1, and RFC 9113, 8.2.2). A response that a program passes on
 * from an upstream service has them, but the gateway has another connection to its client.
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

/** Whether a header, by its lower-case name, applies to the connection only, so that it must not be sent. */
export function isConnectionHeader(name: string): boolean {
  return CONNECTION_HEADERS.has(name);
}

/** Removes the headers that `Connection` names, which apply to that connection only, too. */
export function dropNamedByConnection(headers: RenderedHeaders, value: string | readonly string[]): void {
  for (const name of [value].flat().join(',').split(',')) delete headers[name.trim().toLowerCase()];
}

/** Splits a comma-separated header without quoted strings, such as `Vary` or `Accept-Encoding`. */
export function listMembers(header: string | readonly string[] | undefined): string[] {
  const text = typeof header === 'string' ? header : (header ?? []).join(',');
  return text
    .split(',')
    .map((member) => member.trim())
    .filter((member) => member !== '');
}

/** Adds names to `Vary`, so that caches store the variants separately (RFC 9110, 12.5.5). */
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
