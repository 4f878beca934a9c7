import { propertyType } from '../../metadata/reflection.js';
import type { Constructor } from '../../shared/types.js';
import type { ConvertedProperty, ConversionPlan } from '../reading/conversion-plan.js';
import { SCALARS } from '../scalar-reader.js';
import {
  exposedName,
  exposedProperties,
  isBuiltByTransform,
  likelyType,
  typeMetadata,
} from '../transformer/transformer-metadata.js';
import { isOpen } from './declared-shape.js';
import { type PropertyRules, propertyRules } from './property-rules.js';
import { typeOfRules } from './type-of-rules.js';

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
  const declared = propertyType(type.prototype as object, name);
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
