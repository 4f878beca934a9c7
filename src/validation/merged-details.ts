import type { ValidationDetail } from '../errors/validation-exception.js';
import type { Loc } from './input-reader.js';

/**
 * class-validator's own words first, but for the inside of a value that has not even the right shape.
 * A string that could not be converted is told where no rule found it wrong.
 */
export function mergedDetails(
  broken: ValidationDetail[],
  misfits: ValidationDetail[],
  failures: ValidationDetail[],
): ValidationDetail[] {
  if (misfits.length === 0 && failures.length === 0) return broken;
  const kept = broken.filter(({ loc }) => !misfits.some((misfit) => isInside(loc, misfit.loc)));
  const shapes = misfits.filter(({ loc, type }) => !kept.some((told) => isAt(told.loc, loc) && SAYS[type]?.includes(told.type)));
  const told = [...kept, ...shapes];
  return [...told, ...failures.filter(({ loc }) => !told.some((detail) => isAt(detail.loc, loc)))];
}

/** class-validator's rules that say what ours says. */
const SAYS: Readonly<Record<string, readonly string[]>> = {
  isArray: ['isArray'],
  isObject: ['isObject', 'nestedValidation'],
};

function isInside(loc: Loc, outer: Loc): boolean {
  return loc.length > outer.length && outer.every((key, index) => loc[index] === key);
}

function isAt(loc: Loc, other: Loc): boolean {
  return loc.length === other.length && other.every((key, index) => loc[index] === key);
}
