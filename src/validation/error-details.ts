import type { ValidationError } from 'class-validator';
import type { ValidationDetail } from '../errors/validation-exception.js';
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
