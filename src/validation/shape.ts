import type { ValidationDetail } from '../errors/validation-exception.js';
import type { Constructor } from '../shared/types.js';
import type { Loc } from './input-reader.js';
import type { PropertyRules } from './property-rules.js';

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
 * `undefined` where every value will do. Where the compiler emits nothing that says more, as for `Point | null`, the class
 * that `@Type` names decides, unless rules of lists or of their items say that it may be one.
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
