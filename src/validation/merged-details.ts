import type { ValidationDetail } from '../errors/validation-exception.js';
import { MAX_DETAILS } from '../shared/input-bounds.js';
import type { Loc } from './input-reader.js';

/**
 * class-validator's own words first, but for the inside of a value that has not even the right shape.
 * A string that could not be converted is told where no rule found it wrong.
 *
 * Linear in the number of details: a body may hold a million wrong items.
 */
export function mergedDetails({ once, ...mistakes }: Mistakes): ValidationDetail[] {
  const details = inOrder(mistakes);
  return (once ? firstOfPlaces(details) : details).slice(0, MAX_DETAILS);
}

interface Mistakes {
  /** Told by rules. */
  readonly broken: readonly ValidationDetail[];
  /** Of another shape than is declared. */
  readonly misfits: readonly ValidationDetail[];
  /** Strings that could not be converted, and what else went wrong in building. */
  readonly failures: readonly ValidationDetail[];
  /** One for each place. */
  readonly once: boolean | undefined;
}

/** Of the inside of a place that is wrong itself nothing is told. */
function firstOfPlaces(details: readonly ValidationDetail[]): readonly ValidationDetail[] {
  const places = new Set<string>();
  return details.filter(({ loc }) => {
    const isTold = loc.some((_, index) => places.has(keyOf(loc.slice(0, loc.length - index))));
    places.add(keyOf(loc));
    return !isTold;
  });
}

function inOrder({ broken, misfits, failures }: Omit<Mistakes, 'once'>): readonly ValidationDetail[] {
  if (misfits.length === 0 && failures.length === 0) return broken;
  const misfit = new Set(misfits.map(({ loc }) => keyOf(loc)));
  const isInsideMisfit = ({ loc }: ValidationDetail): boolean => loc.some((_, length) => misfit.has(keyOf(loc.slice(0, length))));
  const kept = broken.filter((detail) => !isInsideMisfit(detail));
  const said = new Set(kept.map(({ loc, type }) => keyOf([...loc, type])));
  const shapes = misfits.filter((detail) => !isInsideMisfit(detail) && !saysShape(detail, said));
  const told = [...kept, ...shapes];
  const places = new Set(told.map(({ loc }) => keyOf(loc)));
  return [...told, ...failures.filter(({ loc }) => !places.has(keyOf(loc)))];
}

/** class-validator's rules that say what ours says. */
const SAYS: Readonly<Record<string, readonly string[]>> = {
  isArray: ['isArray'],
  isObject: ['isObject', 'nestedValidation'],
};

function saysShape({ loc, type }: ValidationDetail, said: ReadonlySet<string>): boolean {
  return (SAYS[type] ?? []).some((rule) => said.has(keyOf([...loc, rule])));
}

function keyOf(loc: Loc): string {
  return JSON.stringify(loc);
}
