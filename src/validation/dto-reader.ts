import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import { type ValidationDetail, ValidationException } from '../errors/validation-exception.js';
import type { Constructor, PlainObject } from '../shared/types.js';
import { conversionFailure } from './conversion-failure.js';
import { detailsOf } from './error-details.js';
import { type InputReader, type InputSource, type Loc, locOf } from './input-reader.js';
import { copyMembers, isPlainObject } from './plain-input.js';
import { shapeCheck } from './shape-check.js';
import { stringConversion } from './string-conversion.js';
import type { ValidationOptions } from './validation-options.js';

/**
 * Makes the reader that builds and checks instances of a DTO class; to be called at bootstrap.
 *
 * It always ends in a promise: any class-validator rule may be asynchronous without saying so, and `validateSync`
 * would count such a rule as kept.
 */
export function dtoReader(type: Constructor, source: InputSource, options: ValidationOptions = {}): InputReader {
  const loc = locOf(source);
  const build = builder(type, loc, source.strings === true);
  const check = checker(loc, options);
  return (value) => {
    const { instance, failures } = build(objectOf(type, value, loc));
    return check(instance, failures);
  };
}

/** @throws ValidationException when the value is no object. */
function objectOf(type: Constructor, value: unknown, loc: Loc): object {
  if (isPlainObject(value) || value instanceof type) return value as object;
  throw new ValidationException([
    value === undefined
      ? { loc: [...loc], msg: `${loc.at(-1)} is required`, type: 'required' }
      : { loc: [...loc], msg: `${loc.at(-1)} must be an object`, type: 'isObject' },
  ]);
}

interface Built {
  readonly instance: object;
  /** Strings that could not be converted. */
  readonly failures: ValidationDetail[];
}

function builder(type: Constructor, loc: Loc, strings: boolean): (value: object) => Built {
  const convert = strings ? stringConversion(type) : undefined;
  return (value) => {
    const input = copyMembers(value);
    try {
      const instance = plainToInstance(type, input) as PlainObject;
      return { instance, failures: convert?.(instance, input, loc) ?? [] };
    } catch (error) {
      // A copy of its own: the library has removed discriminators from the first.
      const failure = conversionFailure(type, copyMembers(value), loc);
      throw failure ? new ValidationException([failure]) : error;
    }
  };
}

function checker(loc: Loc, { whitelist, forbidNonWhitelisted, groups }: ValidationOptions): (instance: object, failures: ValidationDetail[]) => Promise<object> {
  const checkShape = shapeCheck(groups);
  const settings = { whitelist, forbidNonWhitelisted, groups, validationError: { target: false } };
  return async (instance, failures) => {
    const misfits = checkShape(instance, loc);
    const broken = detailsOf(await validate(instance, settings), loc);
    const details = merged(broken, misfits, failures);
    if (details.length > 0) throw new ValidationException(details);
    return instance;
  };
}

/**
 * class-validator's own words first, but for the inside of a value that has not even the right shape.
 * A string that could not be converted is told where no rule found it wrong.
 */
function merged(broken: ValidationDetail[], misfits: ValidationDetail[], failures: ValidationDetail[]): ValidationDetail[] {
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
