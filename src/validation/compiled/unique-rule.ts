import type { ValidationArguments } from 'class-validator';
import { isStateless, type Rule } from '../dto/property-rules.js';

/** Whether a rule is the library's `@ArrayUnique`, which is expensive to call. */
export function isUniqueRule({ metadata, constraint }: Rule): boolean {
  if (constraint?.name !== 'arrayUnique' || metadata.each || !isStateless(constraint)) return false;
  return comparesAll(constraint.instance);
}

interface Validator {
  validate(value: unknown, args: ValidationArguments): unknown;
}

/** Whether a validator is the library's: it compares an array's length with that of the result of its `filter`. */
function comparesAll(validator: Validator): boolean {
  try {
    return (
      isTrueOf(validator, Unfiltered.of(1, 1)) && !isTrueOf(validator, Emptied.of(1, 2)) && !isTrueOf(validator, [1, 1])
    );
  } catch {
    return false;
  }
}

function isTrueOf(validator: Validator, value: unknown): boolean {
  return validator.validate(value, NO_ARGUMENTS) === true;
}

const NO_ARGUMENTS: ValidationArguments = {
  targetName: '',
  property: '',
  object: {},
  value: undefined,
  constraints: [],
};

class Unfiltered extends Array<unknown> {
  override filter(): unknown[] {
    return this;
  }
}

class Emptied extends Array<unknown> {
  override filter(): unknown[] {
    return [];
  }
}
