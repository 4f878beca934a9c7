import { isPromiseLike } from '../shared/promise.js';
import { BootstrapError } from './bootstrap-error.js';
import { described } from './yes-or-no.js';

/**
 * A misspelt option would silently leave its default in force: it fails at bootstrap instead.
 *
 * @param where What the options belong to, as in `the option cors`.
 * @throws BootstrapError naming the unknown option and the ones that exist.
 */
export function refuseUnknownOptions(options: object, known: readonly string[], where: string): void {
  const mistake = isOptions(options) ? unknownOptions(options, known, where) : noOptions(options, known, where);
  if (mistake !== undefined) throw new BootstrapError(mistake);
}

/** What to say of options that do not exist; `undefined` where all do. */
export function unknownOptions(options: object, known: readonly string[], where: string): string | undefined {
  const unknown: string[] = [];
  // What is inherited counts: it would be read like the others.
  for (const name in options) if (!known.includes(name)) unknown.push(name);
  if (unknown.length === 0) return undefined;
  return `Unknown in ${where}: ${unknown.join(', ')}. It takes ${known.join(', ')}.`;
}

/** Neither a list, a map or the like, nor a promise, nor text, whose members would be taken for no options at all. */
export function isOptions(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !(Symbol.iterator in value) && !isPromiseLike(value);
}

/** What to say of what are no options. */
export function noOptions(value: unknown, known: readonly string[], where: string): string {
  const subject = where.charAt(0).toUpperCase() + where.slice(1);
  return `${subject} is ${typeof value === 'string' ? value : described(value)}, and takes an object with ${known.join(', ')}.`;
}
