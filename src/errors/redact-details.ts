import { escapePattern } from '../shared/escape-pattern.js';
import { shortened } from '../shared/input-limits.js';
import { type CheckedInput, inputsOf, type ValidationDetail } from './validation-detail.js';

/** The validation errors in one log line; a body may have a thousand. */
const MAX_LOGGED = 50;
/** The characters of a key or a message; a key may be as long as a body. */
const MAX_CHARACTERS = 200;
/** The number and the depth of the values at one place that are masked in its message. */
const MAX_VALUES = 100;
const MAX_LEVELS = 8;

/** Whether a detail is a list of validation errors. */
export function isValidationDetails(detail: unknown): detail is readonly ValidationDetail[] {
  return (
    Array.isArray(detail) &&
    detail.length > 0 &&
    detail.every((item) => Array.isArray((item as Partial<ValidationDetail> | null)?.loc))
  );
}

/**
 * Returns validation errors for the log. Values in messages (of class-validator's `$value`, and in most of valibot's)
 * are replaced by `[value]`, because a caller's password must not be logged.
 */
export function loggedDetails(details: readonly ValidationDetail[]): unknown[] {
  const logged: unknown[] = redactDetails(details, MAX_LOGGED).map(({ loc, msg, type }) => ({
    loc: loc.map(cut),
    msg: shortened(msg, MAX_CHARACTERS),
    type,
  }));
  return details.length > MAX_LOGGED ? [...logged, `${details.length - MAX_LOGGED} more`] : logged;
}

/** Returns the first `most` validation errors with the values in their messages masked. */
export function redactDetails(details: readonly ValidationDetail[], most: number): ValidationDetail[] {
  const inputs = inputsOf(details);
  return details
    .slice(0, most)
    .map(({ loc, msg, type }) => ({ loc, msg: masked(String(msg), textsAt(loc, inputs)), type }));
}

function cut(key: string | number): string | number {
  return typeof key === 'string' ? shortened(key, MAX_CHARACTERS) : key;
}

function masked(msg: string, texts: readonly string[]): string {
  return texts.reduce(
    (message, text) =>
      message.includes(text) ? message.replaceAll(patternOf(text), '[value]') : withoutTruncated(message, text),
    msg,
  );
}

/** Masks the beginning of a value at the end of a message that was shortened. */
function withoutTruncated(message: string, text: string): string {
  if (!message.endsWith(CUT)) return message;
  const head = text.slice(0, MAX_CHARACTERS);
  const at = message.indexOf(head);
  if (at !== -1) return `${message.slice(0, at)}[value]`;
  for (let length = head.length - 1; length > 3; length--) {
    if (message.endsWith(head.slice(0, length) + CUT)) return `${message.slice(0, -length - CUT.length)}[value]`;
  }
  return message;
}

const CUT = '…';

/** A short number only matches on its own: it may be a part of other numbers in the message. */
function patternOf(text: string): string | RegExp {
  return text.length > 3 ? text : new RegExp(`(?<![\\w.])${escapePattern(text)}(?!\\w)`, 'g');
}

/** Collects the texts at a place of the input, the longest first, without short words, which occur in every message. */
function textsAt(loc: ValidationDetail['loc'], inputs: readonly CheckedInput[]): readonly string[] {
  const values = inputs
    .filter((input) => startsWith(loc, input.loc))
    .map((input) => valueAt(input.value, loc, input.loc.length));
  // The usual case: one value at a place of one input.
  if (values.length === 1 && (typeof values[0] !== 'object' || values[0] === null))
    return textsOf(values[0]).filter(isRevealing);
  const texts = new Set<string>();
  for (const value of values) collect(value, texts, 0);
  return [...texts].filter(isRevealing).toSorted((one, other) => other.length - one.length);
}

function startsWith(loc: ValidationDetail['loc'], start: CheckedInput['loc']): boolean {
  return start.every((key, index) => loc[index] === key);
}

function isRevealing(text: string): boolean {
  return text.length > 3 || /\d/.test(text);
}

/** Goes down as far as there are values: the message of a list's rule may contain its items. */
function valueAt(root: unknown, loc: ValidationDetail['loc'], from: number): unknown {
  let value = root;
  for (let index = from; index < loc.length; index++) {
    const key = loc[index]!;
    if (typeof value !== 'object' || value === null || isShortenedKey(value, key)) return value;
    value = memberOf(value, key);
  }
  return value;
}

/** A key that was shortened names no member, so the texts of all members count. */
function isShortenedKey(value: object, key: string | number): boolean {
  return typeof key === 'string' && key.endsWith(CUT) && !Object.hasOwn(value, key);
}

/** Reads own members only, and no getters, because they may throw. */
function memberOf(value: object, key: string | number): unknown {
  if (value instanceof Map) return value.get(key) as unknown;
  if (value instanceof Set) return [...(value as Set<unknown>)][Number(key)];
  return Object.getOwnPropertyDescriptor(value, key)?.value as unknown;
}

function collect(value: unknown, texts: Set<string>, level: number): void {
  if (texts.size >= MAX_VALUES || level > MAX_LEVELS) return;
  for (const text of textsOf(value)) texts.add(text);
  if (Array.isArray(value)) value.slice(0, MAX_VALUES).forEach((item) => collect(item, texts, level + 1));
  else if (typeof value === 'object' && value !== null) {
    for (const key of Object.keys(value).slice(0, MAX_VALUES)) collect(memberOf(value, key), texts, level + 1);
  }
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return value === value.trim() ? [value] : [value, value.trim()];
  return typeof value === 'number' || typeof value === 'bigint' ? [String(value)] : [];
}
