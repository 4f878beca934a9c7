import type { ValidationError } from 'class-validator';
import type { ValidationDetail } from '../../errors/validation-detail.js';
import type { Loc } from '../input-reader.js';
import { detailMessage } from '../merged-details.js';

/**
 * Flattens class-validator's tree of errors into a list with one entry for each broken rule, down to keys and indices.
 * Errors that the library repeats, as where `@ValidateNested` is inherited twice, are reported once.
 */
export function detailsOf(errors: readonly ValidationError[], loc: Loc): ValidationDetail[] {
  const details = allDetails(errors, loc, false);
  return [...new Map(details.map((detail) => [JSON.stringify(detail), detail])).values()];
}

function allDetails(errors: readonly ValidationError[], loc: Loc, inList: boolean): ValidationDetail[] {
  return errors.flatMap((error) => {
    const here = locOfError(error, loc, inList);
    const hasList = Array.isArray(error.value) || error.value instanceof Set;
    return [...constraintDetails(error, here), ...allDetails(error.children ?? [], here, hasList)];
  });
}

/** Items have their index as property, as text. An object whose class has no rules is an error without a property. */
function locOfError({ property }: Partial<ValidationError>, loc: Loc, inList: boolean): Loc {
  if (property === undefined) return loc;
  return [...loc, inList ? Number(property) : property];
}

/** Returns an entry for each broken rule of one value. */
export function constraintDetails({ constraints = {}, contexts }: BrokenRules, loc: Loc): ValidationDetail[] {
  return Object.keys(constraints).map((type) => {
    // The library gives no context to an error without a message.
    const context = constraints[type] ? contexts?.[type] : undefined;
    const detail: ValidationDetail = { loc: [...loc], msg: detailMessage(type, constraints[type], loc), type };
    if (context) detail.context = context;
    return detail;
  });
}

/** Messages, and the options `context`, by rule name. */
interface BrokenRules {
  readonly constraints?: Readonly<Record<string, string | undefined>> | undefined;
  readonly contexts?: Readonly<Record<string, object>> | undefined;
}
