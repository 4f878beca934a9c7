import { noteInputs } from '../../errors/checked-input.js';
import { HttpException, Refusal, withoutStack } from '../../errors/http-exception.js';
import type { ValidationDetail } from '../../errors/validation-detail.js';
import { ValidationException } from '../../errors/validation-exception.js';
import { MAX_DETAILS } from '../../shared/input-limits.js';
import type { Constructor, MaybePromise, PlainObject } from '../../shared/types.js';
import type { Loc, RefusingReader } from '../input-reader.js';
import { mergedDetails } from '../merged-details.js';
import { copyMembers, isPlainObject, rootObject } from '../plain-input.js';
import type { CheckingOptions } from '../validation-options.js';
import { checkAny } from './check-inside.js';
import { convertStrings, NONE, type StringsOf } from './convert-members.js';
import { type Check, libraries, LIBRARIES_NEEDED, type Reading } from './libraries.js';
import { COPIED } from './members.js';
import { detailsIn, ValidationDetails } from './validation-details.js';

/** How instances of one class are built from input and checked. */
export interface ObjectReading extends Reading {
  readonly type: Constructor;
  readonly loc: Loc;
  readonly options: CheckingOptions;
  /** Builds from a value that is `depth` levels deep, as `plainToInstance` does. */
  readonly build: (value: unknown, depth: number) => unknown;
  /** Checks instances of the class, as `validate` does. */
  readonly check: Check;
  /** Converts the members of instances, if all of the input is text. */
  readonly strings?: StringsOf | undefined;
  /** Finds discriminator values that name no class. */
  readonly checkKinds?: ((input: PlainObject, loc: Loc) => ValidationDetail[]) | undefined;
}

/**
 * Creates the reader of a DTO class. It returns a promise only if a rule does, or if the libraries have to be loaded.
 * Most input is a plain object of JSON, which is read without another call: V8 compiles each function on the way.
 *
 * @param load Loads the libraries and reads once more; without it, they are loaded already.
 */
export function objectReader(reading: ObjectReading, load?: LoadLibraries): RefusingReader {
  const { type, loc, build, check, options } = reading;
  const isSimple = !reading.strings && !reading.checkKinds;
  const read: RefusingReader = (value) => {
    const isPlain = typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
    const root = isPlain ? value : rootObject(type, value, loc);
    const found = new ValidationDetails(loc.slice());
    let built: Built | undefined;
    let instance: object | undefined;
    try {
      if (isPlain && isSimple) instance = build(root, 1) as object;
      else ({ instance } = built = reading.strings ? fromStrings(reading, root) : fromJson(reading, root));
      if (instance.constructor === type) check(instance, found, loc.length);
      else checkAny(options, instance, found, loc.length);
    } catch (error) {
      return failed(reading, error, { root, instance, again: load && (() => load(() => read(value))) });
    }
    const failures = built ? built.failures : NONE;
    const isRight = found.broken === undefined && found.misfits === undefined && failures.length === 0;
    return isRight ? instance : report(reading, { instance, failures }, found);
  };
  return read;
}

/** Loads the libraries, and then calls what needs them. */
export type LoadLibraries = (read: () => unknown) => Promise<unknown>;

interface Failed {
  readonly root: object;
  /** The instance that was being checked; `undefined` if it was not built yet. */
  readonly instance: object | undefined;
  /** Reads once more, with the libraries. */
  readonly again: (() => unknown) | undefined;
}

/** @throws the error that says what could not be read, unless the libraries can tell more once they are loaded. */
function failed(reading: ObjectReading, error: unknown, { root, instance, again }: Failed): unknown {
  try {
    throw thrownFor(reading, error, root, instance);
  } catch (thrown) {
    if (thrown === LIBRARIES_NEEDED && again) return again();
    throw thrown;
  }
}

function thrownFor(reading: ObjectReading, error: unknown, root: object, instance: object | undefined): unknown {
  if (error === LIBRARIES_NEEDED) return error;
  if (instance) return libraries().checkingError(error, instance, reading);
  // A `@Transform` of the application may have refused the value with an error of its own.
  return error instanceof HttpException ? error : libraries().buildingError(error, root, reading);
}

/** An instance that was built from input. */
interface Built {
  readonly instance: object;
  /** Discriminators that name no class, and strings that could not be converted. */
  readonly failures: ValidationDetail[];
}

function fromJson({ build, checkKinds, loc }: ObjectReading, value: object): Built {
  const instance = isPlainObject(value) ? build(value, 1) : build(copyMembers(value), COPIED);
  // Runs last: by then the input is known not to be nested too deep.
  return { instance: instance as object, failures: checkKinds ? checkKinds(value as PlainObject, loc) : NONE };
}

function fromStrings({ build, checkKinds, loc, strings, type }: ObjectReading, value: object): Built {
  const input = copyMembers(value);
  // Runs before the library removes the discriminators.
  const kinds = checkKinds ? checkKinds(input, loc) : NONE;
  const instance = build(input, COPIED) as PlainObject;
  const failures = convertStrings(strings!(type), { instance, input }, loc, strings!);
  return { instance, failures: kinds.length > 0 ? [...kinds, ...failures] : failures };
}

function report(reading: ObjectReading, built: Built, found: ValidationDetails): MaybePromise<object | Refusal> {
  const { pending } = found;
  return pending ? Promise.all(pending).then(() => result(reading, built, found)) : result(reading, built, found);
}

function result({ loc, options }: ObjectReading, built: Built, found: ValidationDetails): object | Refusal {
  const details = detailsOf(found, built.failures, options);
  if (details.length === 0) return built.instance;
  noteInputs(details, { loc, value: built.instance });
  const error = withoutStack(() => new ValidationException(details));
  // The context of a rule may be anything.
  return new Refusal(error, !found.mayHoldContext);
}

function detailsOf(
  { broken, misfits, pending }: ValidationDetails,
  failures: ValidationDetail[],
  { stopAtFirstError }: CheckingOptions,
): ValidationDetail[] {
  const waited = pending !== undefined;
  const isMixed = misfits !== undefined || failures.length > 0 || waited || stopAtFirstError;
  if (!isMixed && broken && broken.length <= MAX_DETAILS) return broken as ValidationDetail[];
  return mergedDetails({
    broken: detailsIn(broken, waited),
    misfits: detailsIn(misfits, waited),
    failures,
    once: stopAtFirstError,
  });
}
