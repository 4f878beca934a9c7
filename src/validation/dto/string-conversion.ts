import type { ValidationDetail } from '../../errors/validation-exception.js';
import { propertyType } from '../../metadata/reflection.js';
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

/** Converts the members of an instance that was built of strings; returns what could not be converted. */
type StringConversion = (instance: PlainObject, input: PlainObject, loc: Loc) => ValidationDetail[];

interface Property {
  readonly name: string;
  /** The member of the input, which `@Expose` may call otherwise. */
  readonly key: string;
  readonly scalar: Scalar;
  readonly list: boolean;
  /** A `@Transform` makes the value. */
  readonly transformed: boolean;
}

/**
 * Compiles the conversion of a class' properties by their declared types.
 *
 * It works on the finished instance, so that a `@Transform` sees the string. What `@Type` made of a string is made
 * again by our rules, for `Boolean('false')` is true and `Number('')` is 0.
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
    for (const { name, key } of nested)
      failures = merged(failures, convertNested(instance[name], input[key] ?? input[name], [...loc, name]));
    for (const property of properties) {
      if (!Object.hasOwn(instance, property.name) || convertProperty(property, instance, input)) continue;
      failures = [...failures, failureOf(property, loc)];
    }
    return failures;
  };
}

const NONE: ValidationDetail[] = [];

function merged(before: ValidationDetail[], more: ValidationDetail[]): ValidationDetail[] {
  return more.length === 0 ? before : [...before, ...more];
}

/** Each class' conversion, made with its first instance inside of another. */
const conversions = new WeakMap<object, StringConversion>();

/** What a form or a query has inside of it is text as well. It is no deeper than what was built. */
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
  // Nested objects are built by now, and no strings.
  if (rules?.nested) return undefined;
  const declared = propertyType(type.prototype as object, name);
  // A query with one of them has a list of one.
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

/** Leaves the string where it can't be converted, so that the rules' messages speak of what was sent. */
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

// Whatever these rules accept is of the type.
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
 * The built-in type of the values that rules accept, where it is one. It stands in for the type of a property that the
 * compiler emits nothing of: `limit = 20` under every compiler, aliases under all but TypeScript's own, and `number |
 * null` by the settings.
 */
function typeOfRules(rules: readonly ValidationMetadata[]): unknown {
  const types = new Set(rules.map(typeOfRule).filter((type) => type !== undefined));
  return types.size === 1 ? [...types][0] : undefined;
}

function typeOfRule({ name, constraints }: ValidationMetadata): unknown {
  if (name === 'isIn' || name === 'isEnum') return typeOfValues(listedValues(constraints[0]));
  return TYPES.get(name);
}

/** An enum of numbers has its names among its values, too. */
function listedValues(listed: unknown): unknown[] {
  if (Array.isArray(listed)) return listed;
  const members = Object.entries(Object(listed) as Record<string, unknown>);
  return members.filter(([key]) => !isNumeric(key)).map(([, value]) => value);
}

function isNumeric(key: string): boolean {
  return key.trim() !== '' && !Number.isNaN(Number(key));
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
