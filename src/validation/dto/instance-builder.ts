import type { ValidationDetail } from '../../errors/validation-detail.js';
import type { Constructor, PlainObject } from '../../shared/types.js';
import type { Loc } from '../input-reader.js';
import { copyMembers } from '../plain-input.js';
import { convertStrings, NONE } from '../reading/string-conversion.js';
import { discriminatorCheck } from './discriminator-check.js';
import { buildingError } from './library-errors.js';
import { stringsOf } from './plan-strings.js';

/** An instance that was built from input. */
export interface Built {
  readonly instance: object;
  /** Discriminators that name no class, and strings that could not be converted. */
  readonly failures: ValidationDetail[];
}

/** Where the input of a DTO class comes from, and whether all of its values are strings. */
export interface BuilderInput {
  readonly loc: Loc;
  readonly strings: boolean;
}

/**
 * Creates the function that builds instances of a class from copies of their input.
 *
 * @param build Builds one instance, and may modify its input.
 */
export function instanceBuilder(
  type: Constructor,
  { loc, strings }: BuilderInput,
  build: (input: PlainObject) => object,
): (value: object) => Built {
  const plan = strings ? stringsOf(type) : undefined;
  const checkKinds = discriminatorCheck(type);
  return (value) => {
    const input = copyMembers(value);
    try {
      // Runs before the library removes the discriminators.
      const kinds = checkKinds?.(input, loc) ?? NONE;
      const instance = build(input) as PlainObject;
      const failures = plan ? convertStrings(plan, { instance, input }, loc, stringsOf) : NONE;
      return { instance, failures: [...kinds, ...failures] };
    } catch (error) {
      throw buildingError(error, type, value, loc);
    }
  };
}
