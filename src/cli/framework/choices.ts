import { suggestion } from '../../shared/suggestion.js';
import { UsageError } from './command-error.js';

/**
 * Checks that a name is one of several.
 *
 * @param what what the name is for, such as `--format`.
 * @throws UsageError for any other name.
 */
export function choiceOf<T extends object>(what: string, name: string, choices: T): keyof T {
  if (Object.hasOwn(choices, name)) return name as keyof T;
  const names = Object.keys(choices);
  throw new UsageError(`${what} must be ${listOf(names)}, not "${name}".${suggestion(name, names)}`);
}

/**
 * Looks up the value of a flag that takes one of several names.
 *
 * @throws UsageError for any other name.
 */
export function oneOf<T extends object>(flag: string, name: string, choices: T): T[keyof T] {
  return choices[choiceOf(`--${flag}`, name, choices)];
}

/** Joins names as in `esm or cjs`. */
function listOf(names: readonly string[]): string {
  return [names.slice(0, -1).join(', '), names.at(-1)!].join(' or ');
}
