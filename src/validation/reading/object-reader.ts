import { noteInputs } from '../../errors/checked-input.js';
import { HttpException, Refusal, withoutStack } from '../../errors/http-exception.js';
import type { ValidationDetail } from '../../errors/validation-detail.js';
import { ValidationException } from '../../errors/validation-exception.js';
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

/** Creates the reader of a DTO class. It returns a promise only if a rule does. */
export function objectReader(reading: ObjectReading): RefusingReader {
  const { type, loc } = reading;
  const build = reading.strings ? fromStrings : fromJson;
  return (value) => {
    const { instance, failures } = building(build, reading, rootObject(type, value, loc));
    const found = new ValidationDetails([...loc]);
    checking(reading, instance, found);
    const isRight = found.broken === undefined && found.misfits === undefined && failures.length === 0;
    return isRight ? instance : report(reading, { instance, failures }, found);
  };
}

/** An instance that was built from input. */
interface Built {
  readonly instance: object;
  /** Discriminators that name no class, and strings that could not be converted. */
  readonly failures: ValidationDetail[];
}

type Build = (reading: ObjectReading, value: object) => Built;

function building(build: Build, reading: ObjectReading, value: object): Built {
  try {
    return build(reading, value);
  } catch (error) {
    // A `@Transform` of the application may have refused the value with an error of its own.
    if (error === LIBRARIES_NEEDED || error instanceof HttpException) throw error;
    throw libraries().buildingError(error, value, reading);
  }
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

function checking(reading: ObjectReading, instance: object, found: ValidationDetails): void {
  const { type, check, options, loc } = reading;
  try {
    if (instance.constructor === type) check(instance, found, loc.length);
    else checkAny(options, instance, found, loc.length);
  } catch (error) {
    if (error === LIBRARIES_NEEDED) throw error;
    throw libraries().checkingError(error, instance, reading);
  }
}

function report(reading: ObjectReading, built: Built, found: ValidationDetails): MaybePromise<object | Refusal> {
  const { pending } = found;
  return pending ? Promise.all(pending).then(() => result(reading, built, found)) : result(reading, built, found);
}

function result({ loc, options }: ObjectReading, built: Built, found: ValidationDetails): object | Refusal {
  const waited = found.pending !== undefined;
  const details = mergedDetails({
    broken: detailsIn(found.broken, waited),
    misfits: detailsIn(found.misfits, waited),
    failures: built.failures,
    once: options.stopAtFirstError,
  });
  if (details.length === 0) return built.instance;
  noteInputs(details, { loc, value: built.instance });
  const error = withoutStack(() => new ValidationException(details));
  // The context of a rule may be anything.
  return new Refusal(error, !details.some(({ context }) => context));
}
