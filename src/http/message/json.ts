import { MAX_DEPTH } from '../../shared/input-limits.js';
import { InjectionToken } from '../../shared/token.js';
import { pollutes, refuseDeep } from './hostile-input.js';

/** The two functions of `JSON` that an application may replace. */
export type JsonCodec = Pick<JSON, 'parse' | 'stringify'>;

/**
 * A cheap look at the text before the walk. Any escape of a Latin character counts: a name can be spelled with them.
 */
function isSuspect(text: string): boolean {
  // Three searches for a text take less than half of the time of one for a pattern.
  return text.includes('__proto__') || text.includes('constructor') || text.includes('\\u00');
}

/**
 * Parses JSON and leaves out the members that pollute prototypes when a program copies them on:
 * `__proto__`, and `constructor` where it holds a `prototype`. A byte order mark is passed over, as RFC 8259 allows:
 * programs on Windows write it.
 *
 * @throws BadRequestException when it is nested more than 64 levels deep, whoever is to read it.
 * @throws SyntaxError when the text is no JSON.
 */
export function parseJson(text: string, json: JsonCodec = JSON): unknown {
  // Few texts have so many brackets that each character has to be looked at.
  if (text.length > 2 * MAX_DEPTH && hasManyBrackets(text)) refuseDeepText(text);
  const value: unknown = json.parse(text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text);
  if (isSuspect(text)) removePoison(value);
  return value;
}

function hasManyBrackets(text: string): boolean {
  let found = 0;
  for (const bracket of ['{', '[']) {
    for (let at = text.indexOf(bracket); at !== -1; at = text.indexOf(bracket, at + 1))
      if (++found > MAX_DEPTH) return true;
  }
  return false;
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

/** Where the quotes close that were opened before `from`. */
function endOfText(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at;
}

const [QUOTE, BACKSLASH, BRACE, END_OF_BRACE, BRACKET, END_OF_BRACKET] = [34, 92, 123, 125, 91, 93];

/**
 * Where text ceases to be JSON, for the log. The parser's own message quotes the text, all of it where it is short,
 * so that a password would stand in the log that somebody sent without its quotes.
 */
export function jsonProblem(error: unknown, text: string): string {
  const { message } = (error ?? {}) as { message?: unknown };
  const [, position] = / at position (\d+)(?: \(line \d+ column \d+\))?$/.exec(String(message)) ?? [];
  return `The text has ${text.length} characters and is not valid JSON${position === undefined ? '' : ` from character ${position} on`}`;
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

/** The application's JSON, which writes instances as their classes say, for those who are constructed by it. */
export const JSON_CODEC = new InjectionToken<JsonCodec>('JSON_CODEC');
