import type { ValidationDetail } from '../errors/validation-exception.js';
import type { Constructor, PlainObject } from '../shared/types.js';
import type { Loc } from './input-reader.js';
import { type PropertyRules, propertyRules } from './property-rules.js';

/** Finds lists where an object is declared and the other way round, which class-validator lets pass. */
export type ShapeCheck = (instance: object, loc: Loc) => ValidationDetail[];

interface Shape {
  readonly fits: (value: unknown) => boolean;
  readonly noun: string;
  readonly rule: string;
}

const OBJECT: Shape = { fits: isSingleObject, noun: 'an object', rule: 'isObject' };
const LIST: Shape = { fits: Array.isArray, noun: 'an array', rule: 'isArray' };
// Without @Type class-transformer leaves a set an array, and a map an object.
const SET: Shape = { ...LIST, fits: (value) => Array.isArray(value) || value instanceof Set };
const MAP: Shape = { ...OBJECT, fits: (value) => value instanceof Map || isSingleObject(value) };
const COLLECTION: Shape = { ...LIST, fits: (value) => isCollection(value) };
const ANY: Shape = { fits: () => true, noun: '', rule: '' };

/**
 * Compiles the check for instances of any class; each class' rules are read at its first instance.
 *
 * class-validator runs the rules of an item on a value that is no list, takes a list for a nested object (an empty one
 * breaks no rule at all), and in lists of 0.14 lets `null` pass.
 */
export function shapeCheck(groups?: string[]): ShapeCheck {
  const known = new Map<unknown, readonly PropertyRules[]>();
  const rulesOf = (instance: object): readonly PropertyRules[] => {
    const type = (Object.getPrototypeOf(instance) as { constructor?: Constructor } | null)?.constructor;
    if (!type) return [];
    let rules = known.get(type);
    if (!rules) known.set(type, (rules = propertyRules(type, groups)));
    return rules;
  };
  const checkInstance: ShapeCheck = (instance, loc) =>
    rulesOf(instance).flatMap((rules) => {
      const value = (instance as PlainObject)[rules.name];
      if (value === undefined || !mayMatter(rules) || !applies(rules, instance, value)) return [];
      return checkProperty(rules, value, [...loc, rules.name]);
    });
  const checkProperty = (rules: PropertyRules, value: unknown, loc: Loc): ValidationDetail[] => {
    const shape = shapeOf(rules);
    if (!shape.fits(value)) return [misfit(shape, rules.name, loc)];
    if (!rules.nested) return [];
    if (isCollection(value)) return itemsOf(value).flatMap(([key, item]) => checkItem(rules, item, [...loc, key]));
    return isSingleObject(value) ? checkInstance(value, loc) : [];
  };
  const checkItem = (rules: PropertyRules, item: unknown, loc: Loc): ValidationDetail[] =>
    isSingleObject(item) ? checkInstance(item, loc) : [misfit(OBJECT, `each value in ${rules.name}`, loc)];
  return checkInstance;
}

function misfit({ noun, rule }: Shape, name: string, loc: Loc): ValidationDetail {
  return { loc: [...loc], msg: `${name} must be ${noun}`, type: rule };
}

function mayMatter(rules: PropertyRules): boolean {
  return rules.nested || shapeOf(rules) !== ANY;
}

function applies({ conditions }: PropertyRules, instance: object, value: unknown): boolean {
  return conditions.every((condition) => condition(instance, value));
}

function shapeOf({ type, nested, each }: PropertyRules): Shape {
  if (isKindOf(type, Array)) return LIST;
  if (!nested) return ANY;
  if (isKindOf(type, Set)) return SET;
  if (isKindOf(type, Map)) return MAP;
  if (typeof type === 'function' && type !== Object && type !== Function && type !== Promise) return OBJECT;
  return each ? COLLECTION : ANY;
}

function isKindOf(type: unknown, kind: Constructor): boolean {
  return typeof type === 'function' && (type === kind || type.prototype instanceof kind);
}

function isCollection(value: unknown): value is readonly unknown[] | ReadonlySet<unknown> | ReadonlyMap<unknown, unknown> {
  return Array.isArray(value) || value instanceof Set || value instanceof Map;
}

function isSingleObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !isCollection(value);
}

function itemsOf(values: readonly unknown[] | ReadonlySet<unknown> | ReadonlyMap<unknown, unknown>): [string | number, unknown][] {
  return values instanceof Map
    ? Array.from(values, ([key, item]) => [String(key), item])
    : Array.from(values as Iterable<unknown>, (item, index) => [index, item]);
}
