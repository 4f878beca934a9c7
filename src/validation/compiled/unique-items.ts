import type { ValidationArguments } from 'class-validator';

interface Validator {
  validate(value: unknown, args: ValidationArguments): unknown;
}

/** So many items are compared in the library's way; the hundred thousand that a body may hold would take it minutes. */
const FEW = 100;

/**
 * The shortcut past `@ArrayUnique`, which compares every item with every other. The rule itself is asked, for only it
 * knows its identifier, but of an array that finds the first of equal items in one pass.
 */
export function uniqueShortcut(validator: Validator): (value: unknown) => boolean | undefined {
  return (value) => (Array.isArray(value) && value.length > FEW ? validator.validate(Items.from(value as unknown[]), NO_ARGUMENTS) === true : undefined);
}

/** Whether a validator is the library's: it compares the length of an array with that of what its `filter` leaves. */
export function comparesAll(validator: Validator): boolean {
  try {
    return isTrueOf(validator, Unfiltered.of(1, 1)) && !isTrueOf(validator, Emptied.of(1, 2)) && !isTrueOf(validator, [1, 1]);
  } catch {
    return false;
  }
}

function isTrueOf(validator: Validator, value: unknown): boolean {
  return validator.validate(value, NO_ARGUMENTS) === true;
}

const NO_ARGUMENTS: ValidationArguments = { targetName: '', property: '', object: {}, value: undefined, constraints: [] };

/** The library asks for the items that `indexOf` finds where they are: NaN it finds nowhere. */
class Items extends Array<unknown> {
  override filter(): unknown[] {
    return Array.from(new Set(this)).filter((item) => !Number.isNaN(item));
  }
}

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
