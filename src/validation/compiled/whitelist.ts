import { ValidationTypes } from 'class-validator';
import { MAX_DETAILS } from '../../shared/input-limits.js';
import type { PlainObject } from '../../shared/types.js';
import { type Problem, problemAt, type Problems } from './problem.js';

/** What happens to members without a rule. */
export type Whitelisting = 'keep' | 'strip' | 'forbid';

/** Removes members without a rule. */
export function strip(object: PlainObject, known: ReadonlySet<string>): void {
  for (const key of Object.keys(object)) if (!known.has(key)) delete object[key];
}

/** Reports members without a rule. */
export function forbid(object: object, known: ReadonlySet<string>): Problems {
  const unknown = Object.keys(object).filter((key) => !known.has(key));
  return unknown.length > 0 ? unknown.slice(0, MAX_DETAILS).map(forbidden) : undefined;
}

function forbidden(key: string): Problem {
  const problem = problemAt(key);
  problem.constraints[ValidationTypes.WHITELIST] = `property ${key} should not exist`;
  return problem;
}
