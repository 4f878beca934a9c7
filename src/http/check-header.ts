import type { Rule } from '../errors/option-rules.js';
import { described } from '../errors/yes-or-no.js';
import { isAboutConnection } from './connection-headers.js';
import type { RenderedHeaders } from './rendered-response.js';

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
  throw new TypeError(`${JSON.stringify(name)} is no header name: use letters, digits and hyphens (RFC 9110, section 5.1)`);
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
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint' || value instanceof URL) return String(value);
  throw new TypeError(`The response header "${name}" is ${described(value)}: give it text, and several lines as a list of texts`);
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
