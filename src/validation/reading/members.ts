import { refuseDeep } from '../../http/message/hostile-input.js';
import { MAX_DEPTH } from '../../shared/input-limits.js';
import { isPlainObject } from '../../shared/plain-object.js';
import type { Constructor, PlainObject } from '../../shared/types.js';
import { copyInput, copyMembers } from '../plain-input.js';
import { libraries } from './libraries.js';

export { copyMembers, refuseDeep };

/**
 * The depth of input that is already copied: names of Object.prototype are gone, and its nesting is checked. Adding a
 * level leaves it unchanged.
 */
export const COPIED = -Infinity;

/** Whether a value is an object as JSON can hold it. class-transformer takes an object with a `then` for a promise. */
export function isRecord(value: unknown): value is PlainObject {
  return isPlainObject(value) && typeof value['then'] !== 'function';
}

/** Copies a value without `@Type` as class-transformer does. */
export function plain(value: unknown, depth: number): unknown {
  return typeof value === 'object' && value !== null ? untyped(value, depth) : value;
}

function untyped(value: object, depth: number): unknown {
  if (Array.isArray(value)) return untypedList(value, depth);
  if (!isRecord(value)) return foreign(value, depth);
  refuseDeep(depth);
  const copy: PlainObject = {};
  for (const key of Object.keys(value)) {
    if (!(key in Object.prototype)) copy[key] = plain(value[key], depth + 1);
  }
  return copy;
}

function untypedList(values: readonly unknown[], depth: number): unknown[] {
  refuseDeep(depth);
  const copy: unknown[] = [];
  // forEach skips holes, as class-transformer does.
  values.forEach((value) => copy.push(plain(value, depth + 1)));
  return copy;
}

/** Builds from every item of an array. */
export function buildItems(
  build: (value: unknown, depth: number) => unknown,
  values: readonly unknown[],
  depth: number,
): unknown[] {
  if (depth > MAX_DEPTH) refuseDeep(depth);
  const items: unknown[] = [];
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (value === undefined && !(index in values)) continue;
    items.push(Array.isArray(value) ? buildItems(build, value, depth + 1) : build(value, depth + 1));
  }
  return items;
}

/** Sets a member that no decorator of class-transformer names. */
export function setOther(made: object, key: string, value: unknown, depth: number): void {
  if (key in Object.prototype) return;
  const members = made as PlainObject;
  if (isMethod(members[key])) passOver(value, depth);
  else members[key] = plain(value, depth);
}

/** Whether class-transformer leaves a member as it is. */
export function isMethod(member: unknown): boolean {
  // oxlint-disable-next-line unicorn/no-instanceof-builtins -- as the library tells
  return typeof member === 'function' && member instanceof Function;
}

/** A member that is not read must not be nested too deep either. */
export function passOver(value: unknown, depth: number): void {
  if (typeof value === 'object') copyInput(value, depth);
}

/**
 * Builds from an object that no parser returns, such as an uploaded file or an instance, as class-transformer does.
 * Returns any value that is not an object unchanged.
 */
export function foreign(value: unknown, depth: number, type?: Constructor): unknown {
  return typeof value === 'object' && value !== null ? libraries().foreign(value, depth, type) : value;
}

/** Converts an object or a list to a type without members, such as `Number` or `Date`, as class-transformer does. */
export function scalar(type: Constructor, value: unknown, depth: number): unknown {
  return libraries().scalar(type, value, depth);
}

/** Builds a value by the type that its `@Type` function returned for this object, as class-transformer does. */
export function typed(value: unknown, depth: number, type: unknown): unknown {
  return libraries().typed(value, depth, type);
}

/**
 * Puts the items into a property's collection as class-transformer does: into a set, a class with `push`, or an array.
 */
export function collected(collection: object, items: unknown[]): unknown {
  if (collection instanceof Set) {
    for (const item of items) collection.add(item);
    return collection;
  }
  if (!('push' in collection)) return items;
  for (const item of items) (collection as unknown[]).push(item);
  return collection;
}
