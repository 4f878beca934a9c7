import { ValidationTypes } from 'class-validator';
import type { Constructor } from '../../shared/types.js';
import { type PropertyRules, propertyRules, type ValidationMetadata } from '../dto/property-rules.js';
import { type Rule, rulesOf, withContexts } from '../dto/rule.js';
import { isKindOf, type Shape, shapeOf } from '../dto/shape.js';
import type { CheckingOptions } from '../validation-options.js';

/** The rules of one property, in the order in which class-validator asks them. */
export interface PropertyPlan {
  readonly name: string;
  readonly conditions: PropertyRules['conditions'];
  /** `@IsDefined`, which is asked whatever is skipped. */
  readonly presence: readonly Rule[];
  readonly rules: readonly Rule[];
  readonly shape: Shape | undefined;
  /** `@ValidateNested`. */
  readonly nested: ValidationMetadata | undefined;
  /** The class that nested objects most likely are of. */
  readonly nestedType: Constructor | undefined;
}

/** Reads the rules of a class; `undefined` when one of them is left to the library. */
export function checkPlan(type: Constructor, options: CheckingOptions): PropertyPlan[] | undefined {
  const properties = propertyRules(type, options);
  return properties.every(isPlanned) ? properties.map((property) => propertyPlan(property, options)) : undefined;
}

/** Left out are promises that are awaited first. */
function isPlanned({ metadata }: PropertyRules): boolean {
  return selectFrom(metadata)(ValidationTypes.PROMISE_VALIDATION).length === 0;
}

function propertyPlan(property: PropertyRules, { stopAtFirstError }: CheckingOptions): PropertyPlan {
  const { name, conditions, metadata } = property;
  const ofType = selectFrom(metadata);
  const defined = ofType(ValidationTypes.IS_DEFINED).flatMap(rulesOf);
  const all = withContexts([...defined, ...ofType(ValidationTypes.CUSTOM_VALIDATION).flatMap(rulesOf)]);
  // Said twice, as where an heir's heir inherits it, it doubles the library's work with every list in a list.
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

/** The one whose words are told, with the contexts of all: the library adds one after the other. */
function oneOf(nested: readonly ValidationMetadata[], index: number): ValidationMetadata | undefined {
  const told = nested.at(index);
  const contexts = nested
    .map(({ context }) => context as object | undefined)
    .filter((context) => context !== undefined);
  return told && contexts.length > 0 ? { ...told, context: Object.assign({}, ...contexts) as object } : told;
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
