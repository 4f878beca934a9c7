import { isPromiseLike } from '../shared/promise.js';
import { Scope } from '../shared/provider.js';
import { BootstrapError } from './bootstrap-error.js';
import { describeValue } from './describe-value.js';

/** What the value of one option has to be. */
export interface Rule {
  /** Completes "it takes". */
  readonly expected: string;
  accepts(value: unknown): boolean;
  /**
   * Its default is the wider one: `undefined` in its place, as an unset variable or a misspelt member leaves it, is a
   * mistake.
   */
  readonly refusesUndefined?: boolean;
}

/** A rule for each option of an interface: one that is added without is an error of the compiler. */
export type Rules<O> = { readonly [Name in keyof O]-?: Rule };

/** For what is looked at elsewhere, or may be whatever there is. */
export const anything: Rule = { expected: 'anything', accepts: () => true };
export const flag: Rule = { expected: 'true or false', accepts: (value) => typeof value === 'boolean' };
export const text: Rule = { expected: 'text', accepts: (value) => typeof value === 'string' && value.trim() !== '' };
export const anyText: Rule = { expected: 'text', accepts: (value) => typeof value === 'string' };
export const callable: Rule = { expected: 'a function', accepts: (value) => typeof value === 'function' };
export const aList: Rule = { expected: 'a list', accepts: Array.isArray };
export const anObject: Rule = { expected: 'an object', accepts: isOptions };

const SCOPES: readonly unknown[] = Object.values(Scope);
/** NestJS's are numbers, and elsewhere they are words: neither would be told from no scope at all. */
export const aScope: Rule = {
  expected: "Scope.DEFAULT, Scope.REQUEST or Scope.TRANSIENT of 'lambent'",
  accepts: (value) => SCOPES.includes(value),
  refusesUndefined: true,
};

/** A number from `least` on, of what the words say, as in `seconds`; NaN and infinity are none. */
export function numberFrom(least: number, what = 'a number'): Rule {
  return {
    expected: `${what} from ${least}`,
    accepts: (value) => Number.isFinite(value) && (value as number) >= least,
  };
}

export function numberAbove(bound: number, what = 'a number'): Rule {
  return {
    expected: `${what} above ${bound}`,
    accepts: (value) => Number.isFinite(value) && (value as number) > bound,
  };
}

export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): Rule {
  const upTo = most === Number.MAX_SAFE_INTEGER ? '' : ` to ${most}`;
  return {
    expected: `a whole number from ${least}${upTo}`,
    accepts: (value) => Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most,
  };
}

export function oneOf(...values: readonly unknown[]): Rule {
  return { expected: values.map(shown).join(' or '), accepts: (value) => values.includes(value) };
}

export function listOf(item: Rule): Rule {
  return {
    expected: `a list, each item of it ${item.expected}`,
    accepts: (value) => Array.isArray(value) && value.every((one) => item.accepts(one)),
  };
}

export function either(...rules: readonly Rule[]): Rule {
  return {
    expected: rules.map(({ expected }) => expected).join(', or '),
    accepts: (value) => rules.some((rule) => rule.accepts(value)),
  };
}

/**
 * What is wrong with options: that they are none, an unknown name, a value that one does not take. `undefined` for
 * nothing.
 *
 * @param where What they belong to, as in `the option cors`.
 */
export function mistakeInOptions(
  options: unknown,
  rules: Readonly<Record<string, Rule>>,
  where: string,
): string | undefined {
  if (!isOptions(options)) return noOptions(options, Object.keys(rules), where);
  const unknown = unknownOptions(options, Object.keys(rules), where);
  if (unknown !== undefined) return unknown;
  for (const [name, { expected, accepts, refusesUndefined }] of Object.entries(rules)) {
    const value = options[name];
    if (value === undefined ? refusesUndefined && name in options : !accepts(value))
      return `${capital(where)}: ${name} is ${shown(value)}; it takes ${expected}.`;
  }
  return undefined;
}

/** {@link mistakeInOptions} for what is given one by one: nothing of it may be left out. */
export function mistakeInArguments(
  given: Readonly<Record<string, unknown>>,
  rules: Readonly<Record<string, Rule>>,
  where: string,
): string | undefined {
  const missing = Object.keys(given).find((name) => given[name] === undefined);
  return missing === undefined
    ? mistakeInOptions(given, rules, where)
    : `${where}: ${missing} is undefined; it takes ${rules[missing]?.expected}.`;
}

/** @throws BootstrapError for an unknown option, and for a value that an option does not take. */
export function checkOptions<O extends object>(options: O, rules: Rules<O>, where: string): void {
  const mistake = mistakeInOptions(options, rules as Readonly<Record<string, Rule>>, where);
  if (mistake !== undefined) throw new BootstrapError(mistake);
}

/** {@link checkOptions} for what is called while events are answered. @throws TypeError */
export function checkCallOptions<O extends object>(options: O, rules: Rules<O>, where: string): void {
  const mistake = mistakeInOptions(options, rules as Readonly<Record<string, Rule>>, where);
  if (mistake !== undefined) throw new TypeError(mistake);
}

/**
 * The same for what is made for every other answer: it looks at the names alone, and costs some tens of nanoseconds.
 *
 * @throws TypeError
 */
export function refuseUnknownNames(options: object, known: ReadonlySet<string>, where: string): void {
  if (!isOptions(options)) throw new TypeError(noOptions(options, [...known], where));
  for (const name in options) {
    if (!known.has(name)) {
      throw new TypeError(unknownOptions(options, [...known], where) ?? `Unknown in ${where}: ${name}.`);
    }
  }
}

/**
 * The headers that somebody gives.
 *
 * @throws TypeError for `Headers`, a map or a list: they show no members, and what they hold would be lost.
 */
export function plainHeaders<T extends object>(headers: T | undefined, where: string): T | undefined {
  if (!headers || !(Symbol.iterator in headers)) return headers;
  throw new TypeError(
    `The headers ${where} are ${tagged(headers)}: give a plain object, as Object.fromEntries(…) makes one of it`,
  );
}

function tagged(value: object): string {
  return Object.prototype.toString.call(value).slice('[object '.length, -1);
}

function shown(value: unknown): string {
  if (typeof value === 'string') return value.trim() === '' ? `'${value}'` : value;
  return describeValue(value);
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/**
 * A misspelt option would silently leave its default in force: it fails at bootstrap instead.
 *
 * @param where What the options belong to, as in `the option cors`.
 * @throws BootstrapError naming the unknown option and the ones that exist.
 */
export function refuseUnknownOptions(options: object, known: readonly string[], where: string): void {
  const mistake = isOptions(options) ? unknownOptions(options, known, where) : noOptions(options, known, where);
  if (mistake !== undefined) throw new BootstrapError(mistake);
}

/** What to say of options that do not exist; `undefined` where all do. */
function unknownOptions(options: object, known: readonly string[], where: string): string | undefined {
  const unknown: string[] = [];
  // What is inherited counts: it would be read like the others.
  for (const name in options) if (!known.includes(name)) unknown.push(name);
  if (unknown.length === 0) return undefined;
  return `Unknown in ${where}: ${unknown.join(', ')}. It takes ${known.join(', ')}.`;
}

/** Neither a list, a map or the like, nor a promise, nor text, whose members would be taken for no options at all. */
export function isOptions(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !(Symbol.iterator in value) && !isPromiseLike(value);
}

/** What to say of what are no options. */
export function noOptions(value: unknown, known: readonly string[], where: string): string {
  const subject = where.charAt(0).toUpperCase() + where.slice(1);
  return `${subject} is ${typeof value === 'string' ? value : describeValue(value)}, and takes an object with ${known.join(', ')}.`;
}
