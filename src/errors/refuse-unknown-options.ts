import { BootstrapError } from './bootstrap-error.js';
import { described } from './yes-or-no.js';

/**
 * A misspelt option would silently leave its default in force: it fails at bootstrap instead.
 *
 * @param where What the options belong to, as in `the option cors`.
 * @throws BootstrapError naming the unknown option and the ones that exist.
 */
export function refuseUnknownOptions(options: object, known: readonly string[], where: string): void {
  if (typeof options !== 'object' || options === null) throw new BootstrapError(`${where} takes an object, and is ${described(options)}.`);
  const mistake = unknownOptions(options, known, where);
  if (mistake !== undefined) throw new BootstrapError(mistake);
}

/** What to say of options that do not exist; `undefined` where all do. */
export function unknownOptions(options: object, known: readonly string[], where: string): string | undefined {
  const unknown = Object.keys(options).filter((name) => !known.includes(name));
  if (unknown.length === 0) return undefined;
  return `Unknown in ${where}: ${unknown.join(', ')}. It takes ${known.join(', ')}.`;
}
