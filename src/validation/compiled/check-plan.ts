import { ValidationTypes } from 'class-validator';
import { type Constructor, isKindOf } from '../../shared/types.js';
import { type PropertyRules, propertyRules, type ValidationMetadata } from '../dto/property-rules.js';
import { type Rule, rulesOf, withContexts } from '../dto/rule.js';
import { type Shape, shapeOf } from '../dto/shape.js';
import type { CheckingOptions } from '../validation-options.js';

/** The rules of one property, in class-validator's order. */
export interface PropertyPlan {
  readonly name: string;
  readonly conditions: PropertyRules['conditions'];
  /** `@IsDefined`, which applies even where other rules are skipped. */
  readonly presence: readonly Rule[];
  readonly rules: readonly Rule[];
  readonly shape: Shape | undefined;
  /** The metadata of `@ValidateNested`. */
  readonly nested: ValidationMetadata | undefined;
  /** The likely class of nested objects. */
  readonly nestedType: Constructor | undefined;
}

/** Reads the rules of a class; `undefined` if one of them is left to the library. */
export function checkPlan(type: Constructor, options: CheckingOptions): PropertyPlan[] | undefined {
  const properties = propertyRules(type, options);
  return properties.every(isPlanned) ? properties.map((property) => propertyPlan(property, options)) : undefined;
}

/** Promises that are awaited first are left to the library. */
function isPlanned({ metadata }: PropertyRules): boolean {
  return selectFrom(metadata)(ValidationTypes.PROMISE_VALIDATION).length === 0;
}

function propertyPlan(property: PropertyRules, { stopAtFirstError }: CheckingOptions): PropertyPlan {
  const { name, conditions, metadata } = property;
  const ofType = selectFrom(metadata);
  const defined = ofType(ValidationTypes.IS_DEFINED).flatMap(rulesOf);
  const all = withContexts([...defined, ...ofType(ValidationTypes.CUSTOM_VALIDATION).flatMap(rulesOf)]);
  // Inherited twice, a nested rule doubles class-validator's work at each level of nesting.
  const nested = oneOf(ofType(ValidationTypes.NESTED_VALIDATION), stopAtFirstError ? 0 : -1);
  return {
    name,
    conditions,
    presence: all.slice(0, defined.length),
    rules: all.slice(defined.length),
    shape: shapeOf(property),
    nested,
    nestedType: nested && nestedType(property),
  };
}

/** Returns the rule to report, with the contexts of all: the library adds one after the other. */
function oneOf(nested: readonly ValidationMetadata[], index: number): ValidationMetadata | undefined {
  const reported = nested.at(index);
  const contexts = nested
    .map(({ context }) => context as object | undefined)
    .filter((context) => context !== undefined);
  return reported && contexts.length > 0
    ? { ...reported, context: Object.assign({}, ...contexts) as object }
    : reported;
}

function selectFrom(metadata: readonly ValidationMetadata[]) {
  return (type: string): ValidationMetadata[] => metadata.filter((one) => one.type === type);
}

function nestedType({ type: declared, named }: PropertyRules): Constructor | undefined {
  const likely = named ?? declared;
  return typeof likely === 'function' && !VALUES.has(likely) && !isKindOf(likely, Array, Set, Map)
    ? (likely as Constructor)
    : undefined;
}

const VALUES: ReadonlySet<unknown> = new Set([
  Object,
  Function,
  Promise,
  String,
  Number,
  Boolean,
  BigInt,
  Symbol,
  Date,
  Buffer,
]);
