import { validate, type ValidationError } from 'class-validator';
import { noteInputs, type ValidationDetail } from '../../errors/validation-detail.js';
import { ValidationException } from '../../errors/validation-exception.js';
import type { Constructor, PlainObject } from '../../shared/types.js';
import { type InputReader, type InputSource, type Loc, locOf } from '../input-reader.js';
import { mergedDetails } from '../merged-details.js';
import { copyMembers, rootObject } from '../plain-input.js';
import { convertMembers, NONE } from '../reading/convert-members.js';
import { plainToInstance } from '../transformer/plain-to-instance.js';
import { type CheckingOptions, librarySettings } from '../validation-options.js';
import { shapeCheck } from './declared-shape.js';
import { discriminatorCheck } from './discriminator-check.js';
import { detailsOf } from './library-details.js';
import { buildingError, checkingError } from './library-errors.js';
import { conversionOf } from './plan-conversion.js';

/**
 * Creates the reader that builds and checks instances of a DTO class with the libraries alone. Tests hold compiled
 * readers against it, and it replaces them where the process may not generate code.
 *
 * It always returns a promise: any class-validator rule may be asynchronous without saying so, and `validateSync` would
 * count such a rule as kept.
 */
export function libraryReader(type: Constructor, source: InputSource, options: CheckingOptions = {}): InputReader {
  const loc = locOf(source);
  const build = instanceBuilder(
    type,
    { loc, strings: source.strings === true },
    (input) => plainToInstance(type, input, options.transformOptions) as object,
  );
  const check = checker(loc, options);
  return (value) => {
    const { instance, failures } = build(rootObject(type, value, loc));
    return check(instance, failures);
  };
}

function checker(
  loc: Loc,
  options: CheckingOptions,
): (instance: object, failures: ValidationDetail[]) => Promise<object> {
  const checkShape = shapeCheck(options);
  const settings = librarySettings(options);
  const errorsOf = (instance: object): Promise<ValidationError[]> => {
    try {
      return validate(instance, settings);
    } catch (error) {
      throw checkingError(error, instance, loc, options);
    }
  };
  return async (instance, failures) => {
    const broken = detailsOf(await errorsOf(instance), loc);
    // Runs last, so that its conditions see what the rules' conditions saw: members without a rule may be gone.
    const details = mergedDetails(broken, checkShape(instance, loc), failures, options.stopAtFirstError);
    if (details.length > 0) throw new ValidationException(noteInputs(details, { loc, value: instance }));
    return instance;
  };
}

/** An instance that was built from input. */
interface Built {
  readonly instance: object;
  /** Discriminators that name no class, and strings that could not be converted. */
  readonly failures: ValidationDetail[];
}

/** The origin of a DTO class's input, and whether all of its values are strings. */
interface BuilderInput {
  readonly loc: Loc;
  readonly strings: boolean;
}

/**
 * Creates the function that builds instances of a class from copies of their input.
 *
 * @param build Builds one instance, and may modify its input.
 */
function instanceBuilder(
  type: Constructor,
  { loc, strings }: BuilderInput,
  build: (input: PlainObject) => object,
): (value: object) => Built {
  const plan = strings ? conversionOf(type) : undefined;
  const checkKinds = discriminatorCheck(type);
  return (value) => {
    const input = copyMembers(value);
    try {
      // Runs before the library removes the discriminators.
      const kinds = checkKinds?.(input, loc) ?? NONE;
      const instance = build(input) as PlainObject;
      const failures = plan ? convertMembers(plan, { instance, input }, loc, conversionOf) : NONE;
      return { instance, failures: [...kinds, ...failures] };
    } catch (error) {
      throw buildingError(error, type, value, loc);
    }
  };
}
