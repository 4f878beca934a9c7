import { shortened } from '../shared/input-limits.js';
import { type CheckedInput, inputsOf, type ValidationDetail } from './validation-exception.js';

/** So many stand in a line: a body may have a thousand. */
const MOST_MISTAKES = 50;
/** Characters of a key or a message; a key may be as long as a body. */
const MOST_CHARACTERS = 200;
/** Values of one place that are looked for in its message, and how far down. */
const MOST_VALUES = 100;
const MOST_LEVELS = 8;

/** Whether a detail is a list of what is wrong with the input. */
export function isValidationDetails(detail: unknown): detail is readonly ValidationDetail[] {
  return (
    Array.isArray(detail) &&
    detail.length > 0 &&
    detail.every((item) => Array.isArray((item as Partial<ValidationDetail> | null)?.loc))
  );
}

/**
 * What is wrong with the input, without the input: a message that repeats a value (class-validator's `$value`, most of
 * valibot's) has `[value]` in its place. A caller's password belongs in no log.
 */
export function loggedDetails(details: readonly ValidationDetail[]): unknown[] {
  const mistakes: unknown[] = redactDetails(details, MOST_MISTAKES).map(({ loc, msg, type }) => ({
    loc: loc.map(cut),
    msg: shortened(msg, MOST_CHARACTERS),
    type,
  }));
  return details.length > MOST_MISTAKES ? [...mistakes, `${details.length - MOST_MISTAKES} more`] : mistakes;
}

/** The first of a list of details, so that no message repeats a value. */
export function redactDetails(details: readonly ValidationDetail[], most: number): ValidationDetail[] {
  const inputs = inputsOf(details);
  return details
    .slice(0, most)
    .map(({ loc, msg, type }) => ({ loc, msg: masked(String(msg), textsAt(loc, inputs)), type }));
}

function cut(key: string | number): string | number {
  return typeof key === 'string' ? shortened(key, MOST_CHARACTERS) : key;
}

function masked(msg: string, texts: readonly string[]): string {
  return texts.reduce(
    (told, text) => (told.includes(text) ? told.replaceAll(patternOf(text), '[value]') : withoutBegin(told, text)),
    msg,
  );
}

/** A message that was cut, for it was long, may end within a value. */
function withoutBegin(told: string, text: string): string {
  if (!told.endsWith(CUT)) return told;
  const head = text.slice(0, MOST_CHARACTERS);
  const at = told.indexOf(head);
  if (at !== -1) return `${told.slice(0, at)}[value]`;
  for (let length = head.length - 1; length > 3; length--) {
    if (told.endsWith(head.slice(0, length) + CUT)) return `${told.slice(0, -length - CUT.length)}[value]`;
  }
  return told;
}

const CUT = '…';

/** A short number is a part of other numbers, which a rule's message has. */
function patternOf(text: string): string | RegExp {
  return text.length > 3 ? text : new RegExp(`(?<![\\w.])${text.replaceAll(/\W/g, String.raw`\$&`)}(?!\\w)`, 'g');
}

/**
 * The texts that stand at a place of the input, the longest first. Short words are no secret, and stand in every
 * message.
 */
function textsAt(loc: ValidationDetail['loc'], inputs: readonly CheckedInput[]): readonly string[] {
  const values = inputs
    .filter((input) => startsWith(loc, input.loc))
    .map((input) => valueAt(input.value, loc, input.loc.length));
  // Nearly all: a place of one input, where one value stands.
  if (values.length === 1 && (typeof values[0] !== 'object' || values[0] === null))
    return textsOf(values[0]).filter(isTelling);
  const texts = new Set<string>();
  for (const value of values) collect(value, texts, 0);
  return [...texts].filter(isTelling).toSorted((one, other) => other.length - one.length);
}

function startsWith(loc: ValidationDetail['loc'], begin: CheckedInput['loc']): boolean {
  return begin.every((key, index) => loc[index] === key);
}

function isTelling(text: string): boolean {
  return text.length > 3 || /\d/.test(text);
}

/** As far down as there is something: a rule of a list tells of its items, too. */
function valueAt(root: unknown, loc: ValidationDetail['loc'], from: number): unknown {
  let value = root;
  for (let index = from; index < loc.length; index++) {
    const key = loc[index]!;
    if (typeof value !== 'object' || value === null || isCutKey(value, key)) return value;
    value = memberOf(value, key);
  }
  return value;
}

/** A key that was cut, for it was long, names none: what it stands for is among all of them. */
function isCutKey(value: object, key: string | number): boolean {
  return typeof key === 'string' && key.endsWith(CUT) && !Object.hasOwn(value, key);
}

/** Own members alone, without a program's getters: these may throw. */
function memberOf(value: object, key: string | number): unknown {
  if (value instanceof Map) return value.get(key) as unknown;
  if (value instanceof Set) return [...(value as Set<unknown>)][Number(key)];
  return Object.getOwnPropertyDescriptor(value, key)?.value as unknown;
}

function collect(value: unknown, texts: Set<string>, level: number): void {
  if (texts.size >= MOST_VALUES || level > MOST_LEVELS) return;
  for (const text of textsOf(value)) texts.add(text);
  if (Array.isArray(value)) value.slice(0, MOST_VALUES).forEach((item) => collect(item, texts, level + 1));
  else if (typeof value === 'object' && value !== null) {
    for (const key of Object.keys(value).slice(0, MOST_VALUES)) collect(memberOf(value, key), texts, level + 1);
  }
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return value === value.trim() ? [value] : [value, value.trim()];
  return typeof value === 'number' || typeof value === 'bigint' ? [String(value)] : [];
}
