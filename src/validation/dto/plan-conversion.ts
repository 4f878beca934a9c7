import { propertyType } from '../../metadata/reflection.js';
import { enumValues } from '../../shared/enum-values.js';
import type { Constructor } from '../../shared/types.js';
import type { ConversionPlan, ConvertedProperty } from '../reading/conversion-plan.js';
import { SCALARS } from '../scalar-reader.js';
import {
  exposedName,
  exposedProperties,
  isBuiltByTransform,
  likelyType,
  typeMetadata,
} from '../transformer/transformer-metadata.js';
import { isOpen } from './declared-shape.js';
import { propertyRules, type PropertyRules, type ValidationMetadata } from './property-rules.js';

/** Plans how the members of a class that come as text are converted to their declared types. */
export function planConversion(type: Constructor): ConversionPlan {
  const rules = new Map(propertyRules(type).map((one) => [one.name, one]));
  const names = new Set([...rules.keys(), ...exposedProperties(type)]);
  return {
    properties: [...names]
      .map((name) => propertyOf(type, name, rules.get(name)))
      .filter((property) => property !== undefined),
    nested: [...rules.values()]
      .filter((one) => one.nested)
      .map(({ name }) => ({ name, key: exposedName(type, name) ?? name })),
  };
}

const plans = new WeakMap<Constructor, ConversionPlan>();

/** Returns the plan of a class, made with its first instance. */
export function conversionOf(type: Constructor): ConversionPlan {
  let plan = plans.get(type);
  if (!plan) plans.set(type, (plan = planConversion(type)));
  return plan;
}

function propertyOf(type: Constructor, name: string, rules: PropertyRules | undefined): ConvertedProperty | undefined {
  // Nested objects are already built.
  if (rules?.nested) return undefined;
  const declared = propertyType(type.prototype, name);
  // A query that holds one value has a list of one.
  const list = declared === Array || (isOpen(declared) && rules?.listed === true);
  const known = list || isOpen(declared) ? (namedScalar(type, name) ?? ruledScalar(rules, list)) : scalarType(declared);
  if (!known && !list) return undefined;
  const key = exposedName(type, name) ?? name;
  return { name, key, type: known, list, transformed: isBuiltByTransform(type, name) };
}

function scalarType(type: unknown): unknown {
  return SCALARS.has(type) ? type : undefined;
}

function namedScalar(type: Constructor, name: string): unknown {
  const metadata = typeMetadata(type, name);
  return metadata && scalarType(likelyType(metadata, name));
}

function ruledScalar(rules: PropertyRules | undefined, ofItems: boolean): unknown {
  return scalarType(typeOfRules((rules?.metadata ?? []).filter(({ each }) => Boolean(each) === ofItems)));
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
  if (name === 'isIn' || name === 'isEnum') return typeOfValues(enumValues(constraints?.[0]));
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
