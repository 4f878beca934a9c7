import type { ValidationArguments } from 'class-validator';
import { isStateless, type Rule } from '../dto/rule.js';

/** Says of a value whether it keeps the rule; where it gives `undefined`, the rule is to be asked. */
type Shortcut = (value: unknown) => boolean | undefined;

/** The shortcut of a rule that is expensive to ask, if it has one. */
export function shortcutOf(rule: Rule): Shortcut | undefined {
  const { metadata, constraint } = rule;
  if (!constraint || metadata.each || !isStateless(constraint)) return undefined;
  if (constraint.name === 'isEmail') return isOfLibrary(rule) ? emailShortcut : undefined;
  return constraint.name === 'arrayUnique' && comparesAll(constraint.instance)
    ? uniqueShortcut(constraint.instance)
    : undefined;
}

function emailShortcut(value: unknown): boolean | undefined {
  if (isPlainEmail(value)) return true;
  return isNoEmail(value) ? false : undefined;
}

// Half of a surrogate pair, on which `isEmail` throws.
const ILL_FORMED = /\p{Surrogate}/u;

/** Part of what `isEmail` refuses, which takes the library 2 µs, too. */
export function isNoEmail(value: unknown): boolean {
  return typeof value !== 'string' || (!value.includes('@') && !ILL_FORMED.test(value));
}

// What a local part may have: then the whole is below every limit.
const LONGEST = 64;
const PLAIN_EMAIL = /^[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,}$/i;

/** Part of what `isEmail` accepts, and nearly all that it is given; 0.05 µs for what takes the library 2.4. */
export function isPlainEmail(value: unknown): boolean {
  return typeof value === 'string' && value.length <= LONGEST && PLAIN_EMAIL.test(value);
}

/**
 * Whether a rule is the library's `isEmail`, used without options; anyone may give a rule of his own the same name.
 *
 * The library's has one constraint, its options, and hands them to validator.js, which writes its defaults into them.
 */
function isOfLibrary({ metadata, constraint }: Rule): boolean {
  const { constraints } = metadata;
  if (!Array.isArray(constraints)) return false;
  return constraints.length === 1 && constraints[0] === undefined && writesDefaults(constraint!.instance);
}

function writesDefaults(validator: { validate: (value: unknown, args: ValidationArguments) => unknown }): boolean {
  const options = {};
  const args = { targetName: '', property: '', object: {}, value: 'ada@example.com', constraints: [options] };
  try {
    return validator.validate(args.value, args) === true && Object.keys(options).length > 0;
  } catch {
    return false;
  }
}

interface Validator {
  validate(value: unknown, args: ValidationArguments): unknown;
}

/** So many items are compared in the library's way; the hundred thousand that a body may hold would take it minutes. */
const FEW = 100;

/**
 * The shortcut past `@ArrayUnique`, which compares every item with every other. The rule itself is asked, for only it
 * knows its identifier, but of an array that finds the first of equal items in one pass.
 */
function uniqueShortcut(validator: Validator): (value: unknown) => boolean | undefined {
  return (value) =>
    Array.isArray(value) && value.length > FEW
      ? validator.validate(Items.from(value as unknown[]), NO_ARGUMENTS) === true
      : undefined;
}

/** Whether a validator is the library's: it compares the length of an array with that of what its `filter` leaves. */
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
