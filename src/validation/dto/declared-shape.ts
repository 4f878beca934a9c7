import type { ValidationDetail } from '../../errors/validation-detail.js';
import { type Constructor, isKindOf, type PlainObject } from '../../shared/types.js';
import type { Loc } from '../input-reader.js';
import {
  isCollection,
  isListOrSet,
  isMapOrObject,
  isSingleObject,
  itemName,
  itemsOf,
  misfitDetail,
  OBJECT,
  type Shape,
} from '../reading/value-shape.js';
import { isSkipped } from '../skipped-values.js';
import type { CheckingOptions } from '../validation-options.js';
import { type PropertyRules, propertyRules } from './property-rules.js';

const LIST: Shape = { fits: Array.isArray, noun: 'an array', rule: 'isArray' };
const OPEN: ReadonlySet<unknown> = new Set([undefined, Object, Function, Promise]);

/**
 * Whether a type is what compilers emit for a union, an interface, an inferred type, or a type that they cannot name.
 */
export function isOpen(type: unknown): boolean {
  return OPEN.has(type);
}

// Without @Type class-transformer leaves a set as an array, and a map as an object.
const SET: Shape = { ...LIST, fits: isListOrSet, check: 'isListOrSet' };
const MAP: Shape = { ...OBJECT, fits: isMapOrObject, check: 'isMapOrObject' };

/**
 * Returns the shape of a property's values; `undefined` if any value will do. Where the compiler emits nothing exact,
 * as for `Point | null`, the class that `@Type` returns decides, unless rules for lists or items allow a list.
 */
export function shapeOf({ type, nested, listed, named }: PropertyRules): Shape | undefined {
  if (isKindOf(type, Array)) return LIST;
  if (!nested) return undefined;
  const known = isOpen(type) && !listed ? named : type;
  if (isKindOf(known, Set)) return SET;
  if (isKindOf(known, Map)) return MAP;
  return isOpen(known) ? undefined : OBJECT;
}

/** Finds lists where an object is declared, and the other way round. class-validator accepts both. */
type ShapeCheck = (instance: object, loc: Loc) => ValidationDetail[];

/**
 * Creates the check for instances of any class. The rules of a class are read when its first instance is checked.
 *
 * class-validator runs the rules of items on a value that is not a list, accepts a list as a nested object (an empty
 * one breaks no rule at all), and in lists of 0.14 accepts `null`.
 */
export function shapeCheck(options: CheckingOptions): ShapeCheck {
  const known = new Map<unknown, readonly PropertyRules[]>();
  const propertiesOf = (instance: object): readonly PropertyRules[] => {
    const type = (Object.getPrototypeOf(instance) as { constructor?: Constructor } | null)?.constructor;
    if (!type) return [];
    let rules = known.get(type);
    if (!rules) known.set(type, (rules = propertyRules(type, options)));
    return rules;
  };
  const checkInstance: ShapeCheck = (instance, loc) =>
    propertiesOf(instance).flatMap((rules) => {
      const value = (instance as PlainObject)[rules.name];
      if (value === undefined || isSkipped(options, value)) return [];
      if (!rules.nested && shapeOf(rules) === undefined) return [];
      if (!rules.conditions.every((condition) => condition(instance, value))) return [];
      return checkProperty(rules, value, [...loc, rules.name]);
    });
  const checkProperty = (rules: PropertyRules, value: unknown, loc: Loc): ValidationDetail[] => {
    const shape = shapeOf(rules);
    if (shape && !shape.fits(value)) return [misfitDetail(shape, rules.name, loc)];
    if (!rules.nested) return [];
    if (isCollection(value)) return itemsOf(value).flatMap(([key, item]) => checkItem(rules, item, [...loc, key]));
    return isSingleObject(value) ? checkInstance(value, loc) : [];
  };
  // A list in a list is checked as one: compilers emit the same type for `Point[][]` as for `Point[]`.
  const checkItem = (rules: PropertyRules, item: unknown, loc: Loc): ValidationDetail[] => {
    if (isSkipped(options, item)) return [];
    if (isCollection(item)) return itemsOf(item).flatMap(([key, inner]) => checkItem(rules, inner, [...loc, key]));
    return isSingleObject(item) ? checkInstance(item, loc) : [misfitDetail(OBJECT, itemName(rules.name), loc)];
  };
  return checkInstance;
}
