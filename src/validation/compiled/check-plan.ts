import { ValidationTypes } from 'class-validator';
import type { Constructor } from '../../shared/types.js';
import { type PropertyRules, propertyRules, type ValidationMetadata } from '../property-rules.js';
import { type Shape, shapeOf } from '../shape.js';
import { typeMetadata } from '../transformer-store.js';
import { namedByType } from './build-plan.js';
import { type Rule, rulesOf } from './rule.js';

/** The rules of one property, in the order in which class-validator asks them. */
export interface PropertyPlan {
  readonly name: string;
  readonly conditions: PropertyRules['conditions'];
  readonly rules: readonly Rule[];
  readonly shape: Shape | undefined;
  /** `@ValidateNested`. */
  readonly nested: ValidationMetadata | undefined;
  /** The class that nested objects most likely are of. */
  readonly nestedType: Constructor | undefined;
}

/** Reads the rules of a class; `undefined` when one of them is left to the library. */
export function checkPlan(type: Constructor, groups: string[] | undefined): PropertyPlan[] | undefined {
  const properties = propertyRules(type, groups);
  return properties.every(isPlanned) ? properties.map((property) => propertyPlan(type, property)) : undefined;
}

/** Left out are promises that are awaited first, and `@ValidateNested` said twice, which asks each item four times. */
function isPlanned({ metadata }: PropertyRules): boolean {
  const ofType = selectFrom(metadata);
  return ofType(ValidationTypes.PROMISE_VALIDATION).length === 0 && ofType(ValidationTypes.NESTED_VALIDATION).length < 2;
}

function propertyPlan(type: Constructor, property: PropertyRules): PropertyPlan {
  const { name, conditions, metadata } = property;
  const ofType = selectFrom(metadata);
  const rules = [...ofType(ValidationTypes.IS_DEFINED), ...ofType(ValidationTypes.CUSTOM_VALIDATION)].flatMap(rulesOf);
  const [nested] = ofType(ValidationTypes.NESTED_VALIDATION);
  return { name, conditions, rules, shape: shapeOf(property), nested, nestedType: nested && nestedType(type, property) };
}

function selectFrom(metadata: readonly ValidationMetadata[]) {
  return (type: string): ValidationMetadata[] => metadata.filter((one) => one.type === type);
}

function nestedType(type: Constructor, { name, type: declared }: PropertyRules): Constructor | undefined {
  const metadata = typeMetadata(type, name);
  const likely = metadata ? namedByType(metadata) : declared;
  return typeof likely === 'function' && !VALUES.has(likely) ? (likely as Constructor) : undefined;
}

const VALUES: ReadonlySet<unknown> = new Set([Object, Function, Array, Set, Map, Promise, String, Number, Boolean, Date, Buffer]);
