import { HttpException, Refusal, withoutStack } from '../../errors/http-exception.js';
import { noteInputs, type ValidationDetail } from '../../errors/validation-detail.js';
import { ValidationException } from '../../errors/validation-exception.js';
import { MAX_DETAILS } from '../../shared/input-limits.js';
import { isPlainObject } from '../../shared/plain-object.js';
import type { Constructor, MaybePromise, PlainObject } from '../../shared/types.js';
import type { Loc, RefusingReader } from '../input-reader.js';
import { mergedDetails } from '../merged-details.js';
import { copyMembers, rootObject } from '../plain-input.js';
import type { CheckingOptions } from '../validation-options.js';
import { checkAny } from './check-inside.js';
import { convertMembers, NONE, type ConversionOf } from './convert-members.js';
import { type Check, hasLibraries, libraries, type Reading } from './libraries.js';
import { COPIED } from './members.js';
import { detailsIn, ValidationDetails } from './validation-details.js';

/** The reading of instances of one class: how they are built from input and checked. */
export interface ObjectReading extends Reading {
  readonly type: Constructor;
  readonly loc: Loc;
  readonly options: CheckingOptions;
  /** Builds from a value that is `depth` levels deep, as `plainToInstance` does. */
  readonly build: (value: unknown, depth: number) => unknown;
  /** Checks instances of the class, as `validate` does. */
  readonly check: Check;
  /** Converts the members of instances, if all of the input is text. */
  readonly conversion?: ConversionOf | undefined;
  /** Finds discriminator values that name no class. */
  readonly checkKinds?: ((input: PlainObject, loc: Loc) => ValidationDetail[]) | undefined;
}

/**
 * Creates the reader of a DTO class. It returns a promise only if a rule does, or if the libraries have to be loaded.
 * Most input is a plain object of JSON, which is read without further calls: V8 compiles each function on the way.
 *
 * @param load Loads the libraries, and reads once more; without it, they are loaded already.
 */
export function objectReader(reading: ObjectReading, load?: LoadLibraries): RefusingReader {
  const { type, loc, options, build, check, conversion, checkKinds } = reading;
  const read: RefusingReader = (value) => {
    const isPlain = typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
    const root = isPlain ? value : rootObject(type, value, loc);
    const found = new ValidationDetails(loc.slice());
    let instance: object | undefined;
    try {
      instance = isPlain && !conversion && !checkKinds ? (build(root, 1) as object) : buildOther(reading, root, found);
      if (instance.constructor === type) check(instance, found, loc.length);
      else checkAny(options, instance, found, loc.length);
    } catch (error) {
      // A `@Transform` of the application may have refused the value with an error of its own.
      if (!instance && error instanceof HttpException) throw error;
      if (load && !hasLibraries()) return load(() => read(value));
      throw instance
        ? libraries().checkingError(error, instance, reading)
        : libraries().buildingError(error, root, reading);
    }
    const isRight = found.broken === undefined && found.misfits === undefined && found.failures === undefined;
    return isRight ? instance : report(reading, instance, found);
  };
  return read;
}

/** Loads the libraries, and then calls what needs them. */
export type LoadLibraries = (read: () => unknown) => Promise<unknown>;

/** Builds from text, with discriminators, or from what no parser of JSON returns. */
function buildOther(
  { build, checkKinds, loc, conversion, type }: ObjectReading,
  value: object,
  found: ValidationDetails,
): object {
  const isCopied = conversion !== undefined || !isPlainObject(value);
  const input = isCopied ? copyMembers(value) : (value as PlainObject);
  // With text, runs before the library removes the discriminators. Otherwise last: by then the input is known not to be
  // nested too deep.
  const kinds = conversion && checkKinds?.(input, loc);
  const instance = build(input, isCopied ? COPIED : 1) as PlainObject;
  const failures = conversion
    ? [...(kinds ?? NONE), ...convertMembers(conversion(type), { instance, input }, loc, conversion)]
    : (checkKinds?.(value as PlainObject, loc) ?? NONE);
  if (failures.length > 0) found.failures = failures;
  return instance;
}

function report(reading: ObjectReading, instance: object, found: ValidationDetails): MaybePromise<object | Refusal> {
  const { pending } = found;
  return pending ? Promise.all(pending).then(() => result(reading, instance, found)) : result(reading, instance, found);
}

function result({ loc, options }: ObjectReading, instance: object, found: ValidationDetails): object | Refusal {
  const details = allDetails(found, options.stopAtFirstError);
  if (details.length === 0) return instance;
  noteInputs(details, { loc, value: instance });
  const error = withoutStack(() => new ValidationException(details));
  // The context of a rule may be anything.
  return new Refusal(error, !found.hasContext && !found.pending);
}

function allDetails({ broken, misfits, failures, pending }: ValidationDetails, once?: boolean): ValidationDetail[] {
  const waited = pending !== undefined;
  const isBrokenOnly = !misfits && !failures && !waited && !once;
  return isBrokenOnly && broken!.length <= MAX_DETAILS
    ? (broken as ValidationDetail[])
    : mergedDetails(detailsIn(broken, waited), detailsIn(misfits, waited), failures ?? NONE, once);
}
