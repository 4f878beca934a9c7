import type { ValidationError } from 'class-validator';
import type { ValidationDetail } from '../errors/validation-exception.js';
import { MAX_DETAILS } from '../shared/input-limits.js';
import type { Loc } from './input-reader.js';

/**
 * class-validator's tree of errors as a list: a detail for every broken rule, down to keys and indices. What it tells
 * several times, as where `@ValidateNested` is inherited twice, is told once.
 */
export function detailsOf(errors: readonly ValidationError[], loc: Loc): ValidationDetail[] {
  const details = allDetails(errors, loc, false);
  return [...new Map(details.map((detail) => [JSON.stringify(detail), detail])).values()];
}

function allDetails(errors: readonly ValidationError[], loc: Loc, inList: boolean): ValidationDetail[] {
  return errors.flatMap((error) => {
    const here = locOf(error, loc, inList);
    const hasList = Array.isArray(error.value) || error.value instanceof Set;
    return [...constraintDetails(error, here), ...allDetails(error.children ?? [], here, hasList)];
  });
}

/** An item has its index as property, as text; an object whose class has no rules is an error without a property. */
function locOf({ property }: Partial<ValidationError>, loc: Loc, inList: boolean): Loc {
  if (property === undefined) return loc;
  return [...loc, inList ? Number(property) : property];
}

/** A detail for every broken rule of one value. */
export function constraintDetails({ constraints = {}, contexts }: BrokenRules, loc: Loc): ValidationDetail[] {
  return Object.keys(constraints).map((type) => {
    // As the library, which gives an error without a message none.
    const context = constraints[type] ? contexts?.[type] : undefined;
    const detail: ValidationDetail = { loc: [...loc], msg: messageOf(type, constraints[type], loc), type };
    if (context) detail.context = context;
    return detail;
  });
}

/** Messages, and options `context`, by the names of the rules. */
interface BrokenRules {
  readonly constraints?: Readonly<Record<string, string | undefined>> | undefined;
  readonly contexts?: Readonly<Record<string, object>> | undefined;
}

/** A custom rule may have no message, and the library's words for an unknown class speak of a function call. */
function messageOf(type: string, message: string | undefined, loc: Loc): string {
  if (type === 'unknownValue') return `${loc.at(-1)} is not of a type that can be checked`;
  return message || `${loc.at(-1)} is invalid`;
}

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
  const isInsideMisfit = ({ loc }: ValidationDetail): boolean =>
    loc.some((_, length) => misfit.has(keyOf(loc.slice(0, length))));
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
