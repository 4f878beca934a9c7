import type { ValidationDetail } from '../errors/validation-exception.js';
import type { Constructor, PlainObject } from '../shared/types.js';
import type { Loc } from './input-reader.js';
import { type PropertyRules, propertyRules } from './property-rules.js';
import { type CheckingOptions, isSkipped } from './validation-options.js';
import { isCollection, isSingleObject, itemName, itemsOf, misfitDetail, OBJECT, shapeOf } from './shape.js';

/** Finds lists where an object is declared and the other way round, which class-validator lets pass. */
export type ShapeCheck = (instance: object, loc: Loc) => ValidationDetail[];

/**
 * Compiles the check for instances of any class; each class' rules are read at its first instance.
 *
 * class-validator runs the rules of an item on a value that is no list, takes a list for a nested object (an empty one
 * breaks no rule at all), and in lists of 0.14 lets `null` pass.
 */
export function shapeCheck(options: CheckingOptions): ShapeCheck {
  const known = new Map<unknown, readonly PropertyRules[]>();
  const rulesOf = (instance: object): readonly PropertyRules[] => {
    const type = (Object.getPrototypeOf(instance) as { constructor?: Constructor } | null)?.constructor;
    if (!type) return [];
    let rules = known.get(type);
    if (!rules) known.set(type, (rules = propertyRules(type, options)));
    return rules;
  };
  const checkInstance: ShapeCheck = (instance, loc) =>
    rulesOf(instance).flatMap((rules) => {
      const value = (instance as PlainObject)[rules.name];
      if (value === undefined || isSkipped(options, value) || !mayMatter(rules) || !applies(rules, instance, value)) return [];
      return checkProperty(rules, value, [...loc, rules.name]);
    });
  const checkProperty = (rules: PropertyRules, value: unknown, loc: Loc): ValidationDetail[] => {
    const shape = shapeOf(rules);
    if (shape && !shape.fits(value)) return [misfitDetail(shape, rules.name, loc)];
    if (!rules.nested) return [];
    if (isCollection(value)) return itemsOf(value).flatMap(([key, item]) => checkItem(rules, item, [...loc, key]));
    return isSingleObject(value) ? checkInstance(value, loc) : [];
  };
  // A list in a list is read as one: of `Point[][]` the compiler emits no more than of `Point[]`.
  const checkItem = (rules: PropertyRules, item: unknown, loc: Loc): ValidationDetail[] => {
    if (isSkipped(options, item)) return [];
    if (isCollection(item)) return itemsOf(item).flatMap(([key, inner]) => checkItem(rules, inner, [...loc, key]));
    return isSingleObject(item) ? checkInstance(item, loc) : [misfitDetail(OBJECT, itemName(rules.name), loc)];
  };
  return checkInstance;
}

function mayMatter(rules: PropertyRules): boolean {
  return rules.nested || shapeOf(rules) !== undefined;
}

function applies({ conditions }: PropertyRules, instance: object, value: unknown): boolean {
  return conditions.every((condition) => condition(instance, value));
}
