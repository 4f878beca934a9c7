import type { ValidationDetail } from '../../errors/validation-exception.js';
import { propertyType } from '../../metadata/reflection.js';
import { enumValues } from '../../shared/enum-values.js';
import type { Constructor, PlainObject } from '../../shared/types.js';
import type { Loc } from '../input-reader.js';
import { convertScalar, type Scalar, SCALARS } from '../scalar-reader.js';
import {
  exposedName,
  exposedProperties,
  isBuiltByTransform,
  likelyType,
  typeMetadata,
} from '../transformer/transformer-metadata.js';
import { type PropertyRules, propertyRules, type ValidationMetadata } from './property-rules.js';
import { isOpen } from './shape.js';

/**
 * Converts the members of an instance that was built from strings; returns an error for each that could not be
 * converted.
 */
type StringConversion = (instance: PlainObject, input: PlainObject, loc: Loc) => ValidationDetail[];

interface Property {
  readonly name: string;
  /** The name in the input, which `@Expose` may change. */
  readonly key: string;
  readonly scalar: Scalar;
  readonly list: boolean;
  /** Whether a `@Transform` builds the value. */
  readonly transformed: boolean;
}

/**
 * Compiles the conversion of a class's properties to their declared types.
 *
 * It works on the finished instance, so that a `@Transform` sees the string. A string that `@Type` has converted is
 * converted again by our rules, since `Boolean('false')` is true and `Number('')` is 0.
 */
export function stringConversion(type: Constructor): StringConversion {
  const rules = new Map(propertyRules(type).map((one) => [one.name, one]));
  const names = new Set([...rules.keys(), ...exposedProperties(type)]);
  const properties = [...names]
    .map((name) => propertyOf(type, name, rules.get(name)))
    .filter((property) => property !== undefined);
  const nested = [...rules.values()]
    .filter((one) => one.nested)
    .map(({ name }) => ({ name, key: exposedName(type, name) ?? name }));
  return (instance, input, loc) => {
    let failures = NONE;
    for (const { name, key } of nested) {
      const inside = convertNested(instance[name], input[key] ?? input[name], [...loc, name]);
      if (inside.length > 0) failures = [...failures, ...inside];
    }
    for (const property of properties) {
      if (!Object.hasOwn(instance, property.name) || convertProperty(property, instance, input)) continue;
      failures = [...failures, failureOf(property, loc)];
    }
    return failures;
  };
}

const NONE: ValidationDetail[] = [];

/** The conversion of each nested class, created with its first instance. */
const conversions = new WeakMap<object, StringConversion>();

/** Converts nested values, which are text too in a form or a query. They are no deeper than the instance. */
function convertNested(value: unknown, input: unknown, loc: Loc): ValidationDetail[] {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = Array.isArray(input) ? input : [];
    return value.flatMap((item, index) => convertNested(item, items[index], [...loc, index]));
  }
  const type = typeof value === 'object' && value !== null ? (value.constructor as unknown) : undefined;
  if (typeof type !== 'function' || type === Object) return NONE;
  let convert = conversions.get(type);
  if (!convert) conversions.set(type, (convert = stringConversion(type as Constructor)));
  return convert(value as PlainObject, typeof input === 'object' && input !== null ? (input as PlainObject) : {}, loc);
}

function failureOf({ name, scalar, list }: Property, loc: Loc): ValidationDetail {
  const msg = list ? `each value in ${name} must be ${scalar.noun}` : `${name} must be ${scalar.noun}`;
  return { loc: [...loc, name], msg, type: scalar.rule };
}

const ANYTHING: Scalar = { parse: (text) => text, accepts: () => true, noun: '', rule: '' };

function propertyOf(type: Constructor, name: string, rules: PropertyRules | undefined): Property | undefined {
  // Nested objects are already built.
  if (rules?.nested) return undefined;
  const declared = propertyType(type.prototype as object, name);
  // A query that holds one value has a list of one.
  const list = declared === Array || (isOpen(declared) && rules?.listed === true);
  const known =
    list || isOpen(declared) ? (namedScalar(type, name) ?? ruledScalar(rules, list)) : SCALARS.get(declared);
  const scalar = known ?? (list ? ANYTHING : undefined);
  if (!scalar) return undefined;
  const key = exposedName(type, name) ?? name;
  const transformed = isBuiltByTransform(type, name);
  return { name, key, scalar, list, transformed };
}

function namedScalar(type: Constructor, name: string): Scalar | undefined {
  const metadata = typeMetadata(type, name);
  return metadata && SCALARS.get(likelyType(metadata, name));
}

function ruledScalar(rules: PropertyRules | undefined, ofItems: boolean): Scalar | undefined {
  return SCALARS.get(typeOfRules((rules?.metadata ?? []).filter(({ each }) => Boolean(each) === ofItems)));
}

/** Leaves a string that cannot be converted, so that the rules' messages refer to the value that was sent. */
function convertProperty(property: Property, instance: PlainObject, input: PlainObject): boolean {
  const { name, scalar, list, transformed } = property;
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

// Every value that one of these rules accepts is of this type.
const RULES_OF_TYPES: ReadonlyMap<unknown, readonly string[]> = new Map<unknown, readonly string[]>([
  [Number, ['isNumber', 'isInt', 'isPositive', 'isNegative', 'isDivisibleBy', 'min', 'max']],
  [Boolean, ['isBoolean']],
  [Date, ['isDate', 'minDate', 'maxDate']],
  [String, ['isString']],
]);

const TYPES: ReadonlyMap<string | undefined, unknown> = new Map(
  [...RULES_OF_TYPES].flatMap(([type, names]) => names.map((name) => [name, type] as const)),
);

/**
 * Returns the built-in type of all values that the rules accept, if there is one. It replaces the type of a property
 * for which the compiler emits nothing: `limit = 20` under every compiler, type aliases under all but TypeScript's own,
 * and `number | null` depending on the settings.
 */
function typeOfRules(rules: readonly ValidationMetadata[]): unknown {
  const types = new Set(rules.map(typeOfRule).filter((type) => type !== undefined));
  return types.size === 1 ? [...types][0] : undefined;
}

function typeOfRule({ name, constraints }: ValidationMetadata): unknown {
  if (name === 'isIn' || name === 'isEnum') return typeOfValues(enumValues(constraints[0]));
  return TYPES.get(name);
}

const BY_TYPEOF: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['number', Number],
  ['boolean', Boolean],
  ['string', String],
]);

function typeOfValues(values: readonly unknown[]): unknown {
  const kinds = new Set(values.map((value) => typeof value));
  return kinds.size === 1 ? BY_TYPEOF.get([...kinds][0]!) : undefined;
}
