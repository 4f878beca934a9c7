import { ValidationTypes } from 'class-validator';
import { MAX_DETAILS } from '../../shared/input-bounds.js';
import type { PlainObject } from '../../shared/types.js';
import { type Problem, problemAt, type Problems } from './problem.js';

/** What becomes of members that no rule knows. */
export type Whitelisting = 'keep' | 'strip' | 'forbid';

/** Takes members off that no rule knows. */
export function strip(object: PlainObject, known: ReadonlySet<string>): void {
  for (const key of Object.keys(object)) if (!known.has(key)) delete object[key];
}

/** Tells of members that no rule knows. */
export function forbid(object: object, known: ReadonlySet<string>): Problems {
  const unknown = Object.keys(object).filter((key) => !known.has(key));
  return unknown.length > 0 ? unknown.slice(0, MAX_DETAILS).map(forbidden) : undefined;
}

function forbidden(key: string): Problem {
  const problem = problemAt(key);
  problem.constraints[ValidationTypes.WHITELIST] = `property ${key} should not exist`;
  return problem;
}
