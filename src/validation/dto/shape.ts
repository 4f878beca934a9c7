import type { ValidationDetail } from '../../errors/validation-exception.js';
import type { Constructor, PlainObject } from '../../shared/types.js';
import type { Loc } from '../input-reader.js';
import { type CheckingOptions, isSkipped } from '../validation-options.js';
import { type PropertyRules, propertyRules } from './property-rules.js';

/** What a value has to be for the rules of its property to mean anything. */
export interface Shape {
  readonly fits: (value: unknown) => boolean;
  readonly noun: string;
  readonly rule: string;
}

export const OBJECT: Shape = { fits: isSingleObject, noun: 'an object', rule: 'isObject' };
const LIST: Shape = { fits: Array.isArray, noun: 'an array', rule: 'isArray' };
const OPEN: ReadonlySet<unknown> = new Set([undefined, Object, Function, Promise]);

/** Whether it is what a compiler emits for a union, an interface, an inferred type, or nothing that it can name. */
export function isOpen(type: unknown): boolean {
  return OPEN.has(type);
}

// Without @Type class-transformer leaves a set an array, and a map an object.
const SET: Shape = { ...LIST, fits: (value) => Array.isArray(value) || value instanceof Set };
const MAP: Shape = { ...OBJECT, fits: (value) => value instanceof Map || isSingleObject(value) };

/**
 * `undefined` where every value will do. Where the compiler emits nothing that says more, as for `Point | null`, the
 * class that `@Type` names decides, unless rules of lists or of their items say that it may be one.
 */
export function shapeOf({ type, nested, listed, named }: PropertyRules): Shape | undefined {
  if (isKindOf(type, Array)) return LIST;
  if (!nested) return undefined;
  const known = isOpen(type) && !listed ? named : type;
  if (isKindOf(known, Set)) return SET;
  if (isKindOf(known, Map)) return MAP;
  return isOpen(known) ? undefined : OBJECT;
}

/** Whether a type is one of the kinds, or a class that extends one. */
export function isKindOf(type: unknown, ...kinds: readonly Constructor[]): boolean {
  return typeof type === 'function' && kinds.some((kind) => type === kind || type.prototype instanceof kind);
}

export function misfitDetail({ noun, rule }: Shape, name: string, loc: Loc): ValidationDetail {
  return { loc: [...loc], msg: `${name} must be ${noun}`, type: rule };
}

/** What to call the items of a property. */
export function itemName(name: string): string {
  return `each value in ${name}`;
}

export type Collection = readonly unknown[] | ReadonlySet<unknown> | ReadonlyMap<unknown, unknown>;

export function isCollection(value: unknown): value is Collection {
  return Array.isArray(value) || value instanceof Set || value instanceof Map;
}

export function isSingleObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !isCollection(value);
}

/** The items with what stands for them in a `loc`. */
export function itemsOf(values: Collection): [string | number, unknown][] {
  return values instanceof Map
    ? Array.from(values, ([key, item]) => [String(key), item])
    : Array.from(values as Iterable<unknown>, (item, index) => [index, item]);
}

/** Finds lists where an object is declared and the other way round, which class-validator lets pass. */
type ShapeCheck = (instance: object, loc: Loc) => ValidationDetail[];

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
      if (value === undefined || isSkipped(options, value) || !mayMatter(rules) || !applies(rules, instance, value))
        return [];
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
