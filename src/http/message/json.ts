import { MAX_DEPTH } from '../../shared/input-limits.js';
import { type InjectionToken, KnownToken } from '../../shared/token.js';
import { pollutes, refuseDeep } from './hostile-input.js';

/** The two functions of `JSON` that an application can replace. */
export type JsonCodec = Pick<JSON, 'parse' | 'stringify'>;

/**
 * Parses JSON, without the members that would pollute prototypes when a program copies them: `__proto__`, and
 * `constructor` with a `prototype` in it. Skips a byte order mark, which programs on Windows write, as RFC 8259 allows.
 *
 * @throws BadRequestException if it is nested more than 64 levels deep.
 * @throws SyntaxError if the text is not valid JSON.
 */
export function parseJson(text: string, json: JsonCodec = JSON): unknown {
  // Few texts have so many brackets that each character has to be looked at.
  if (text.length > 2 * MAX_DEPTH && hasManyBrackets(text)) refuseDeepText(text);
  const value: unknown = json.parse(text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text);
  // Whatever pollutes has `proto` in it: `__proto__`, or the `prototype` of a `constructor`. Escapes of Latin
  // characters count, because they can spell it.
  const isSuspect = text.includes('proto') || text.includes('\\u00');
  if (isSuspect) removePoison(value);
  return value;
}

function hasManyBrackets(text: string): boolean {
  return countOf('{', text) + countOf('[', text) > MAX_DEPTH;
}

/** Counts a bracket in a text, up to one more than {@link MAX_DEPTH}. */
function countOf(bracket: string, text: string): number {
  let found = 0;
  for (let at = text.indexOf(bracket); at !== -1 && found <= MAX_DEPTH; at = text.indexOf(bracket, at + 1)) found++;
  return found;
}

function refuseDeepText(text: string): void {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfText(text, at + 1);
    else if (code === BRACE || code === BRACKET) refuseDeep(++depth);
    else if (code === END_OF_BRACE || code === END_OF_BRACKET) depth--;
  }
}

/** Returns the index of the closing quote of a string that starts at `from`. */
function endOfText(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at;
}

const [QUOTE, BACKSLASH, BRACE, END_OF_BRACE, BRACKET, END_OF_BRACKET] = [34, 92, 123, 125, 91, 93];

/**
 * Describes for the log where a text stops being valid JSON. The parser's own message quotes the text, which may
 * contain a password.
 */
export function jsonProblem(error: unknown, text: string): string {
  const { message } = (error ?? {}) as { message?: unknown };
  const [, position] = / at position (\d+)(?: \(line \d+ column \d+\))?$/.exec(String(message)) ?? [];
  const from = position === undefined ? '' : ` from character ${position} on`;
  return `The text has ${text.length} characters and is not valid JSON${from}`;
}

function removePoison(root: unknown): void {
  const pending: unknown[] = [root];
  while (pending.length > 0) {
    const value = pending.pop();
    if (typeof value !== 'object' || value === null) continue;
    const record = value as Record<string, unknown>;
    for (const key of Object.keys(record)) {
      if (pollutes(key, record[key])) delete record[key];
      else pending.push(record[key]);
    }
  }
}

const BYTE_ORDER_MARK = 0xfeff;

/** The token of the application's JSON functions, which serialize instances by their classes' metadata. */
export const JSON_CODEC: InjectionToken<JsonCodec> = new KnownToken('JSON_CODEC');
