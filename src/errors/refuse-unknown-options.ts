import { BootstrapError } from './bootstrap-error.js';

/**
 * A misspelt option would silently leave its default in force: it fails at bootstrap instead.
 *
 * @param where What the options belong to, as in `the option cors`.
 * @throws BootstrapError naming the unknown option and the ones that exist.
 */
export function refuseUnknownOptions(options: object, known: readonly string[], where: string): void {
  const unknown = Object.keys(options).filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new BootstrapError(`Unknown in ${where}: ${unknown.join(', ')}. It takes ${known.join(', ')}.`);
}
