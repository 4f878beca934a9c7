import { ValidationTypes } from 'class-validator';
import { type Constructor, isKindOf } from '../../shared/types.js';
import { shapeOf } from '../dto/declared-shape.js';
import {
  propertyRules,
  type PropertyRules,
  type Rule,
  rulesOf,
  type ValidationMetadata,
} from '../dto/property-rules.js';
import { ruleName } from '../reading/asked-rule.js';
import type { Shape } from '../reading/value-shape.js';
import type { CheckingOptions } from '../validation-options.js';

/** A rule of a property, with the metadata of the property's rules of its name that have a context. */
export interface PlannedRule extends Rule {
  readonly contexts: readonly ValidationMetadata[];
}

/** The rules of one property, in class-validator's order. */
export interface PropertyPlan {
  readonly name: string;
  /** The metadata of `@IsOptional` and `@ValidateIf`: all must hold for any rule to apply. */
  readonly conditions: readonly ValidationMetadata[];
  /** `@IsDefined`, which applies even where other rules are skipped. */
  readonly presence: readonly PlannedRule[];
  readonly rules: readonly PlannedRule[];
  readonly shape: Shape | undefined;
  /** The rule `@ValidateNested`. */
  readonly nested: PlannedRule | undefined;
  /** The likely class of nested objects. */
  readonly nestedType: Constructor | undefined;
}

/** Reads the rules of a class; `undefined` if one of them is left to the library. */
export function checkPlan(type: Constructor, options: CheckingOptions): PropertyPlan[] | undefined {
  const plans = propertyRules(type, options).map((property) => propertyPlan(property, options));
  return plans.every((plan) => plan !== undefined) ? plans : undefined;
}

function propertyPlan(property: PropertyRules, { stopAtFirstError }: CheckingOptions): PropertyPlan | undefined {
  const { name, metadata } = property;
  const ofType = selectFrom(metadata);
  // Promises that are awaited first are left to the library.
  if (ofType(ValidationTypes.PROMISE_VALIDATION).length > 0) return undefined;
  const defined = ofType(ValidationTypes.IS_DEFINED).flatMap(rulesOf);
  const all = withContexts([...defined, ...ofType(ValidationTypes.CUSTOM_VALIDATION).flatMap(rulesOf)]);
  if (all.some((rule) => isOdd(ruleName(rule)))) return undefined;
  return {
    name,
    conditions: ofType(ValidationTypes.CONDITIONAL_VALIDATION),
    presence: all.slice(0, defined.length),
    rules: all.slice(defined.length),
    shape: shapeOf(property),
    // Inherited twice, a nested rule doubles class-validator's work at each level of nesting.
    nested: oneOf(ofType(ValidationTypes.NESTED_VALIDATION), stopAtFirstError ? 0 : -1),
    nestedType: property.nested ? nestedType(property) : undefined,
  };
}

/** Whether the library, which keeps messages as members of an object, reports a rule of this name in another place. */
function isOdd(name: string): boolean {
  return name === '__proto__' || /^(?:0|[1-9]\d*)$/.test(name);
}

/** Gives each rule the contexts of all rules with its name: the library adds one after the other. */
function withContexts(rules: readonly Rule[]): PlannedRule[] {
  return rules.map((rule) => ({
    ...rule,
    contexts: contextsIn(rules.filter((one) => ruleName(one) === ruleName(rule))),
  }));
}

function contextsIn(rules: readonly Pick<Rule, 'metadata'>[]): ValidationMetadata[] {
  return rules.map(({ metadata }) => metadata).filter(({ context }) => Boolean(context));
}

/** Returns the rule to report, with the contexts of all. */
function oneOf(nested: readonly ValidationMetadata[], index: number): PlannedRule | undefined {
  const metadata = nested.at(index);
  if (!metadata) return undefined;
  return { metadata, constraint: undefined, contexts: contextsIn(nested.map((one) => ({ metadata: one }))) };
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
