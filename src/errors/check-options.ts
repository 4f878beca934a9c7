import { Scope } from '../shared/provider.js';
import { BootstrapError } from './bootstrap-error.js';
import { isOptions, noOptions, shown, unknownOptions, wrongOption } from './option-names.js';

/** A rule for the value of one option. */
export interface OptionRule {
  /** Completes "it takes". */
  readonly expected: string;
  accepts(value: unknown): boolean;
  /**
   * Refuses an explicit `undefined`, as an unset variable leaves it, because the default of the option is the more
   * permissive value.
   */
  readonly refusesUndefined?: boolean;
}

/** A rule for each option of an interface. A missing one is a compile error. */
export type OptionRules<O> = { readonly [Name in keyof O]-?: OptionRule };

/** @throws BootstrapError for an unknown option, and for an invalid value. */
export function checkOptions<O extends object>(options: O, rules: OptionRules<O>, where: string): void {
  refuse(mistakeInOptions(options, rules as Readonly<Record<string, OptionRule>>, where));
}

/** {@link checkOptions} for functions that are called while events are handled. @throws TypeError */
export function checkCallOptions<O extends object>(options: O, rules: OptionRules<O>, where: string): void {
  const mistake = mistakeInOptions(options, rules as Readonly<Record<string, OptionRule>>, where);
  if (mistake !== undefined) throw new TypeError(mistake);
}

/**
 * Describes the first mistake in options: an unknown name, an invalid value, or something that can't hold options.
 * Returns `undefined` if there is none.
 *
 * @param where Names the options in the message, as in `the option cors`.
 */
export function mistakeInOptions(
  options: unknown,
  rules: Readonly<Record<string, OptionRule>>,
  where: string,
): string | undefined {
  if (!isOptions(options)) return noOptions(options, Object.keys(rules), where);
  const unknown = unknownOptions(options, Object.keys(rules), where);
  if (unknown !== undefined) return unknown;
  for (const [name, { expected, accepts, refusesUndefined }] of Object.entries(rules)) {
    const value = options[name];
    if (value === undefined ? refusesUndefined && name in options : !accepts(value))
      return wrongOption(name, value, expected, where);
  }
  return undefined;
}

/** {@link mistakeInOptions} for arguments, none of which may be `undefined`. */
export function mistakeInArguments(
  given: Readonly<Record<string, unknown>>,
  rules: Readonly<Record<string, OptionRule>>,
  where: string,
): string | undefined {
  const missing = Object.keys(given).find((name) => given[name] === undefined);
  return missing === undefined
    ? mistakeInOptions(given, rules, where)
    : `${where}: ${missing} is undefined; it takes ${rules[missing]?.expected}.`;
}

/** {@link checkOptions} for arguments, none of which may be `undefined`. */
export function checkArguments(
  given: Readonly<Record<string, unknown>>,
  rules: Readonly<Record<string, OptionRule>>,
  where: string,
): void {
  refuse(mistakeInArguments(given, rules, where));
}

/**
 * Checks only the names of options. A misspelt one would silently leave its default in force.
 *
 * @param where Names the options in the message, as in `the option cors`.
 * @throws BootstrapError naming the unknown option and the ones that exist.
 */
export function refuseUnknownOptions(options: object, known: readonly string[], where: string): void {
  refuse(isOptions(options) ? unknownOptions(options, known, where) : noOptions(options, known, where));
}

function refuse(mistake: string | undefined): void {
  if (mistake !== undefined) throw new BootstrapError(mistake);
}

/** For options that take any value, or are checked elsewhere. */
export const anything: OptionRule = { expected: 'anything', accepts: () => true };
export const flag: OptionRule = { expected: 'true or false', accepts: (value) => typeof value === 'boolean' };
export const text: OptionRule = {
  expected: 'text',
  accepts: (value) => typeof value === 'string' && value.trim() !== '',
};
export const anyText: OptionRule = { expected: 'text', accepts: (value) => typeof value === 'string' };
/** The path of a route that a module adds. */
export const aRoutePath: OptionRule = {
  expected: 'a path that starts with a slash',
  accepts: (value) => typeof value === 'string' && value.startsWith('/'),
};
export const callable: OptionRule = { expected: 'a function', accepts: (value) => typeof value === 'function' };
export const aList: OptionRule = { expected: 'a list', accepts: Array.isArray };
export const anObject: OptionRule = { expected: 'an object', accepts: isOptions };

const SCOPES: readonly unknown[] = Object.values(Scope);
/** NestJS's scopes are numbers and other libraries' are words. Both would silently mean the default scope. */
export const aScope: OptionRule = {
  expected: "Scope.DEFAULT, Scope.REQUEST or Scope.TRANSIENT of 'lambent'",
  accepts: (value) => SCOPES.includes(value),
  refusesUndefined: true,
};

/** A finite number of at least `least`; `what` names it in messages, as in `a number of seconds`. */
export function numberFrom(least: number, what = 'a number'): OptionRule {
  return {
    expected: `${what} from ${least}`,
    accepts: (value) => Number.isFinite(value) && (value as number) >= least,
  };
}

/** A limit of sizes or counts; `Infinity` is none. */
export const aLimit: OptionRule = {
  expected: 'a number from 0',
  accepts: (value) => typeof value === 'number' && value >= 0,
};

export function numberAbove(bound: number, what = 'a number'): OptionRule {
  return {
    expected: `${what} above ${bound}`,
    accepts: (value) => Number.isFinite(value) && (value as number) > bound,
  };
}

/** A part of all, such as the sampling of a log. */
export const aShare: OptionRule = {
  expected: 'a number from 0 to 1',
  accepts: (value) => typeof value === 'number' && value >= 0 && value <= 1,
};

export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): OptionRule {
  const upTo = most === Number.MAX_SAFE_INTEGER ? '' : ` to ${most}`;
  return {
    expected: `a whole number from ${least}${upTo}`,
    accepts: (value) => Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most,
  };
}

export function oneOf(...values: readonly unknown[]): OptionRule {
  return { expected: values.map(shown).join(' or '), accepts: (value) => values.includes(value) };
}

export function listOf(item: OptionRule): OptionRule {
  return {
    expected: `a list, each item ${item.expected}`,
    accepts: (value) => Array.isArray(value) && value.every((one) => item.accepts(one)),
  };
}

export function either(...rules: readonly OptionRule[]): OptionRule {
  return {
    expected: rules.map(({ expected }) => expected).join(', or '),
    accepts: (value) => rules.some((rule) => rule.accepts(value)),
  };
}
