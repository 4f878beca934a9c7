import type { ValidationArguments } from 'class-validator';
import { isStateless, type Rule } from '../dto/property-rules.js';
import { isOfLibrary } from './library-rules.js';
import { dataLiteral, patternText } from './source-text.js';

/** A rule of the library whose code is known. */
export interface KnownRule {
  /** The expression that is true for a `value` that keeps the rule. */
  readonly kept: string;
  /** Whether the expression takes more than comparisons, so that its result is kept. */
  readonly isCall: boolean;
}

/** The parts of the expressions of rules. */
export interface RuleParts {
  /** Returns an expression for the rule's own constraint at an index. It is read once. */
  constraint(index: number): string;
  /** Returns the name of an export of `validation/reading/known-rules`. */
  known(name: string): string;
  /** Declares a constant, and returns its name. */
  constant(text: string): string;
  /** Returns the call of the rule's validator; `undefined` for a rule that is for each item. */
  readonly ask: (() => string) | undefined;
}

type Write = (constraints: readonly unknown[], parts: RuleParts) => string | KnownRule | undefined;

/** Returns how a rule is decided without calling it; `undefined` if it must be called. */
export function knownRule(rule: Rule, parts: RuleParts): KnownRule | undefined {
  const write = EXPRESSIONS[rule.constraint?.name ?? ''];
  if (!write || !isOfLibrary(rule)) return undefined;
  const written = write(rule.metadata.constraints ?? [], parts);
  return typeof written === 'string' ? { kept: written, isCall: false } : written;
}

const EXPRESSIONS: Readonly<Record<string, Write | undefined>> = {
  isString: () => `typeof value === 'string' || value instanceof String`,
  isInt: () => 'Number.isInteger(value)',
  isNumber: ([options]) => numberText(options),
  isBoolean: () => `typeof value === 'boolean' || value instanceof Boolean`,
  isArray: () => 'Array.isArray(value)',
  isObject: () =>
    `(typeof value === 'object' || typeof value === 'function') && value !== null && !Array.isArray(value)`,
  isDate: () => 'value instanceof Date && !isNaN(value.getTime())',
  isDefined: () => 'value !== undefined && value !== null',
  isEmail: ([options], parts) => emailText(options, parts),
  isNotEmpty: () => `value !== '' && value !== null && value !== undefined`,
  isPositive: () => `typeof value === 'number' && value > 0`,
  isNegative: () => `typeof value === 'number' && value < 0`,
  min: ([least]) => limitText('typeof value === "number" && value >=', least),
  max: ([most]) => limitText('typeof value === "number" && value <=', most),
  arrayMinSize: ([least]) => limitText('Array.isArray(value) && value.length >=', least),
  arrayMaxSize: ([most]) => limitText('Array.isArray(value) && value.length <=', most),
  arrayNotEmpty: () => 'Array.isArray(value) && value.length > 0',
  equals: ([other], { constraint }) => `value === ${isScalar(other) ? dataLiteral(other) : constraint(0)}`,
  // The list may change until the next time.
  isIn: ([list], { constraint }) => (isList(list) ? call(`${constraint(0)}.indexOf(value) >= 0`) : undefined),
  isEnum: ([entity], { constraint, known }) =>
    typeof entity === 'object' && entity !== null ? call(`${known('isMemberOf')}(${constraint(0)}, value)`) : undefined,
  isLength: ([min, max], parts) => lengthText(min, max, parts),
  minLength: ([min], parts) => lengthText(min, undefined, parts),
  maxLength: ([max], parts) => (max === undefined ? undefined : lengthText(0, max, parts)),
  matches: ([pattern, modifiers], { constant }) => patternTestText(pattern, modifiers, constant),
};

function call(kept: string): KnownRule {
  return { kept, isCall: true };
}

function isScalar(value: unknown): boolean {
  return value === null || ['string', 'number', 'boolean', 'undefined'].includes(typeof value);
}

function isList(list: unknown): boolean {
  return Array.isArray(list) && Object.getPrototypeOf(list) === Array.prototype && !Object.hasOwn(list, 'some');
}

/** `@IsNumber({ maxDecimalPlaces })` is called: it throws on numbers such as 1e-7. */
function numberText(options: unknown): string | undefined {
  if (typeof options !== 'object' || options === null || Object.getPrototypeOf(options) !== Object.prototype)
    return undefined;
  const { allowNaN, allowInfinity, maxDecimalPlaces } = options as Readonly<Record<string, unknown>>;
  if (maxDecimalPlaces !== undefined) return undefined;
  const others = [
    allowNaN ? 'Number.isNaN(value)' : '',
    allowInfinity ? 'value === Infinity || value === -Infinity' : '',
  ];
  return ['Number.isFinite(value)', ...others].filter(Boolean).join(' || ');
}

function limitText(compare: string, limit: unknown): string | undefined {
  return typeof limit === 'number' ? `${compare.replaceAll('"', "'")} ${dataLiteral(limit)}` : undefined;
}

function lengthText(min: unknown, max: unknown, { known, ask }: RuleParts): KnownRule | undefined {
  if (!ask || !isLimit(min) || !(max === undefined || isLimit(max))) return undefined;
  const limits = `${dataLiteral(min)}, ${max === undefined ? 'Infinity' : dataLiteral(max)}`;
  return call(`(${known('hasLength')}(value, ${limits}) ?? ${ask()} === true)`);
}

/** validator.js takes 2.4 µs for an address: expressions that take and refuse a part of what it does come first. */
function emailText(options: unknown, { known, ask }: RuleParts): KnownRule | undefined {
  if (!ask) return undefined;
  const asked = `${ask()} === true`;
  if (options !== undefined) return call(asked);
  return call(`(${known('isPlainEmail')}(value) || (!${known('isNoEmail')}(value) && ${asked}))`);
}

function isLimit(limit: unknown): limit is number {
  return typeof limit === 'number' && limit >= 0;
}

const STATEFUL = /[gy]/;

function patternTestText(
  given: unknown,
  modifiers: unknown,
  constant: RuleParts['constant'],
): string | KnownRule | undefined {
  const pattern = regularExpression(given, modifiers);
  if (!pattern || STATEFUL.test(pattern.flags)) return undefined;
  return call(`typeof value === 'string' && ${constant(patternText(pattern))}.test(value)`);
}

function regularExpression(given: unknown, modifiers: unknown): RegExp | undefined {
  // A subclass, or an own method, may match otherwise.
  if (given instanceof RegExp)
    return Object.getPrototypeOf(given) === RegExp.prototype && !Object.hasOwn(given, 'exec') ? given : undefined;
  if (typeof given !== 'string' || !(modifiers === undefined || typeof modifiers === 'string')) return undefined;
  try {
    return new RegExp(given, modifiers);
  } catch {
    return undefined;
  }
}

/** Whether a rule is the library's `@ArrayUnique`, which is expensive to call. */
export function isUniqueRule({ metadata, constraint }: Rule): boolean {
  if (constraint?.name !== 'arrayUnique' || metadata.each || !isStateless(constraint)) return false;
  return comparesAll(constraint.instance);
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
