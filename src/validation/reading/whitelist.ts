import { MAX_DETAILS } from '../../shared/input-limits.js';
import type { PlainObject } from '../../shared/types.js';
import type { ValidationDetails } from './validation-details.js';

/** Removes members without a rule. */
export function strip(object: object, known: ReadonlySet<string>): void {
  for (const key of Object.keys(object)) if (!known.has(key)) delete (object as PlainObject)[key];
}

/** Reports members without a rule. */
export function forbid(object: object, known: ReadonlySet<string>, found: ValidationDetails, depth: number): void {
  const unknown = Object.keys(object).filter((key) => !known.has(key));
  for (const key of unknown.slice(0, MAX_DETAILS)) {
    found.wrong++;
    found.add(depth, key, `property ${key} should not exist`, 'whitelistValidation');
  }
}
