import type { ValidationDetail } from '../../errors/validation-detail.js';
import type { Constructor, PlainObject } from '../../shared/types.js';
import type { Loc } from '../input-reader.js';
import { convertScalar, type Scalar, SCALARS } from '../scalar-reader.js';
import type { ConvertedProperty, ConversionPlan } from './conversion-plan.js';
import { libraries } from './libraries.js';

/** Returns the plan of a class, or of a class inside it. */
export type ConversionOf = (type: Constructor) => ConversionPlan;

/** Looks up the plans that are known, and leaves those of other classes to the libraries. */
export function knownConversions(plans: ReadonlyMap<Constructor, ConversionPlan>): ConversionOf {
  return (type) => plans.get(type) ?? libraries().conversionOf(type);
}

/**
 * Converts the members of an instance, and returns an error for each that could not be converted.
 *
 * It works on the finished instance, so that a `@Transform` sees the string. A string that `@Type` has converted is
 * converted again by our rules, since `Boolean('false')` is true and `Number('')` is 0.
 */
export function convertMembers(
  plan: ConversionPlan,
  built: BuiltMembers,
  loc: Loc,
  of: ConversionOf,
): ValidationDetail[] {
  const { instance, input } = built;
  let failures = NONE;
  for (const { name, key } of plan.nested) {
    const inside = convertNested(instance[name], input[key] ?? input[name], [...loc, name], of);
    if (inside.length > 0) failures = [...failures, ...inside];
  }
  for (const property of plan.properties) {
    if (!Object.hasOwn(instance, property.name) || convertProperty(property, built)) continue;
    failures = [...failures, failureOf(property, loc)];
  }
  return failures;
}

/** The members of an instance, and those of the input that it was built from. */
export interface BuiltMembers {
  readonly instance: PlainObject;
  readonly input: PlainObject;
}

export const NONE: ValidationDetail[] = [];

/** Converts nested values, which are text too in a form or a query. They are no deeper than the instance. */
function convertNested(value: unknown, input: unknown, loc: Loc, of: ConversionOf): ValidationDetail[] {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = Array.isArray(input) ? input : [];
    return value.flatMap((item, index) => convertNested(item, items[index], [...loc, index], of));
  }
  const type = typeof value === 'object' && value !== null ? (value.constructor as unknown) : undefined;
  if (typeof type !== 'function' || type === Object) return NONE;
  const members = typeof input === 'object' && input !== null ? (input as PlainObject) : {};
  return convertMembers(of(type as Constructor), { instance: value as PlainObject, input: members }, loc, of);
}

const ANYTHING: Scalar = { parse: (text) => text, accepts: () => true, noun: '', rule: '' };

function scalarOf({ type }: ConvertedProperty): Scalar {
  return SCALARS.get(type) ?? ANYTHING;
}

function failureOf(property: ConvertedProperty, loc: Loc): ValidationDetail {
  const { name, list } = property;
  const { noun, rule } = scalarOf(property);
  const msg = list ? `each value in ${name} must be ${noun}` : `${name} must be ${noun}`;
  return { loc: [...loc, name], msg, type: rule };
}

/** Leaves a string that cannot be converted, so that the rules' messages refer to the value that was sent. */
function convertProperty(property: ConvertedProperty, { instance, input }: BuiltMembers): boolean {
  const { name, list, transformed } = property;
  const scalar = scalarOf(property);
  const value = transformed ? instance[name] : (input[property.key] ?? input[name] ?? instance[name]);
  if (value === undefined || value === null) return true;
  const converted = list ? convertList(scalar, [value].flat()) : convertScalar(scalar, value);
  const done = converted !== undefined;
  instance[name] = done ? converted : list ? [value].flat() : value;
  return done;
}

function convertList(scalar: Scalar, items: readonly unknown[]): unknown[] | undefined {
  const converted = items.map((item) => (typeof item === 'object' ? item : convertScalar(scalar, item)));
  return converted.includes(undefined) ? undefined : converted;
}
