import type { ValidationArguments } from 'class-validator';
import { isStateless, type Rule } from '../dto/rule.js';

/** A way past a rule that is expensive to call. */
type Shortcut = 'email' | 'unique';

/** Returns the shortcut for a rule, if there is one. */
export function shortcutOf(rule: Rule): Shortcut | undefined {
  const { metadata, constraint } = rule;
  if (!constraint || metadata.each || !isStateless(constraint)) return undefined;
  if (constraint.name === 'isEmail') return isOfLibrary(rule) ? 'email' : undefined;
  return constraint.name === 'arrayUnique' && comparesAll(constraint.instance) ? 'unique' : undefined;
}

/**
 * Whether a rule is the library's `isEmail` without options. Custom rules may have the same name.
 *
 * The library's rule has one constraint, its options, and passes them to validator.js, which writes its defaults into
 * them.
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
