import type { ValidationDetail } from '../../errors/validation-detail.js';
import type { Loc } from '../input-reader.js';

/** The shape that a value must have for the rules of its property to make sense. */
export interface Shape {
  readonly fits: (value: unknown) => boolean;
  /** The function of this file that generated code calls; `undefined` for a list. */
  readonly check?: 'isSingleObject' | 'isListOrSet' | 'isMapOrObject';
  readonly noun: string;
  readonly rule: string;
}

export const OBJECT: Shape = { fits: isSingleObject, check: 'isSingleObject', noun: 'an object', rule: 'isObject' };

export function misfitDetail({ noun, rule }: Shape, name: string, loc: Loc): ValidationDetail {
  return { loc: [...loc], msg: misfitMessage(name, noun), type: rule };
}

export function misfitMessage(name: string, noun: string): string {
  return `${name} must be ${noun}`;
}

/** Names the items of a property in messages. */
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

// Without @Type class-transformer leaves a set as an array, and a map as an object.

export function isListOrSet(value: unknown): boolean {
  return Array.isArray(value) || value instanceof Set;
}

export function isMapOrObject(value: unknown): boolean {
  return value instanceof Map || isSingleObject(value);
}

/** Returns the items with their keys in a `loc`. */
export function itemsOf(values: Collection): [string | number, unknown][] {
  return values instanceof Map
    ? Array.from(values, ([key, item]) => [String(key), item])
    : Array.from(values as Iterable<unknown>, (item, index) => [index, item]);
}
