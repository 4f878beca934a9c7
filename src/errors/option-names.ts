import { isPromiseLike } from '../shared/promise.js';
import { describeValue } from './describe-value.js';

/**
 * Checks only the names of options of what is created for every other response: that costs some tens of nanoseconds.
 *
 * @throws TypeError
 */
export function refuseUnknownNames(options: object, known: ReadonlySet<string>, where: string): void {
  if (!isOptions(options)) throw new TypeError(noOptions(options, [...known], where));
  for (const name in options) if (!known.has(name)) throw new TypeError(unknownOptions(options, [...known], where));
}

/** Whether a value can hold options. Lists, maps and promises can't; their members would not count as options. */
export function isOptions(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !(Symbol.iterator in value) && !isPromiseLike(value);
}

/** Describes a value that can't hold options. */
export function noOptions(value: unknown, known: readonly string[], where: string): string {
  return `${capital(where)} must be an object with ${known.join(', ')}, not ${shown(value)}.`;
}

/** Describes the options that do not exist; `undefined` if all do. */
export function unknownOptions(options: object, known: readonly string[], where: string): string | undefined {
  const unknown: string[] = [];
  // Inherited members count, too: they would be read like the others.
  for (const name in options) if (!known.includes(name)) unknown.push(name);
  if (unknown.length === 0) return undefined;
  return `Unknown in ${where}: ${unknown.join(', ')}. It takes ${known.join(', ')}.`;
}

/** Describes a value that an option does not take. */
export function wrongOption(name: string, value: unknown, expected: string, where: string): string {
  return `${capital(where)}: ${name} is ${shown(value)}; it takes ${expected}.`;
}

/** Describes a refused value as {@link describeValue} does, but shows text. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return value.trim() === '' ? `'${value}'` : value;
  return describeValue(value);
}

/** Begins a sentence with words that may also stand inside of one. */
export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/**
 * Returns the headers that a program passes.
 *
 * @throws TypeError for `Headers`, a map or a list: their entries are no members and would be lost.
 */
export function plainHeaders<T extends object>(headers: T | undefined, where: string): T | undefined {
  if (!headers || !(Symbol.iterator in headers)) return headers;
  const type = Object.prototype.toString.call(headers).slice('[object '.length, -1);
  throw new TypeError(`The headers ${where} are ${type}: pass a plain object, for example Object.fromEntries(headers)`);
}
