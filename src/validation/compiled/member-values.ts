import { plainToInstance } from 'class-transformer';
import { refuseDeep } from '../../http/message/hostile-input.js';
import { type Constructor, isKindOf, type PlainObject } from '../../shared/types.js';
import { copyInput, copyMembers, isPlainObject } from '../plain-input.js';
import { SCALARS } from '../transformer/transformer-metadata.js';

/**
 * The depth of input that is already copied: names of Object.prototype are gone, and its nesting is checked. Adding a
 * level leaves it unchanged.
 */
export const COPIED = -Infinity;

/** Whether an object is one that JSON can hold. class-transformer takes an object with a `then` for a promise. */
export function isRecord(value: object): value is PlainObject {
  return isPlainObject(value) && typeof value['then'] !== 'function';
}

/** Copies a value without `@Type` as class-transformer does. */
export function untyped(value: object, depth: number): unknown {
  if (Array.isArray(value)) return untypedList(value, depth);
  if (!isRecord(value)) return foreign(value, depth);
  refuseDeep(depth);
  const copy: PlainObject = {};
  for (const key of Object.keys(value)) {
    if (!(key in Object.prototype)) copy[key] = untypedMember(value[key], depth + 1);
  }
  return copy;
}

function untypedMember(value: unknown, depth: number): unknown {
  return typeof value === 'object' && value !== null ? untyped(value, depth) : value;
}

function untypedList(values: readonly unknown[], depth: number): unknown[] {
  refuseDeep(depth);
  const copy: unknown[] = [];
  // forEach skips holes, as class-transformer does.
  values.forEach((value) => copy.push(untypedMember(value, depth + 1)));
  return copy;
}

/** Converts a value to a type without members, such as `Number` or `Date`, as class-transformer does. */
export function scalarMember(type: Constructor, value: unknown, depth: number): unknown {
  if (value instanceof Map) return foreign(value, depth);
  return plainToInstance(type, copyInput(value, depth));
}

/**
 * Builds a member's value by the type that its `@Type` function returned for this object, as class-transformer does.
 */
export function typedMember(
  value: unknown,
  depth: number,
  type: unknown,
  builderOf: (type: Constructor) => ObjectBuilder,
): unknown {
  if (Array.isArray(value)) return typedList(value, depth, type, builderOf);
  if (!type) return untypedMember(value, depth);
  if (value === null || value === undefined) return value;
  if (SCALARS.has(type)) return scalarMember(type as Constructor, value, depth);
  if (typeof value !== 'object') return value;
  // The library reports a type that is not a class, and builds maps.
  const isLibrarys = typeof type !== 'function' || isKindOf(type, Map);
  return isLibrarys
    ? plainToInstance(type as Constructor, copyInput(value, depth))
    : builderOf(type as Constructor).one(value, depth);
}

interface ObjectBuilder {
  readonly one: (value: unknown, depth: number) => unknown;
}

function typedList(
  values: readonly unknown[],
  depth: number,
  type: unknown,
  builderOf: (type: Constructor) => ObjectBuilder,
): unknown[] {
  refuseDeep(depth);
  const items: unknown[] = [];
  values.forEach((value) => items.push(typedMember(value, depth + 1, type, builderOf)));
  return items;
}

class Holder {
  declare held: unknown;
}

/** Builds from an object that no parser returns, such as an uploaded file or an instance, as class-transformer does. */
export function foreign(value: object, depth: number, type?: Constructor): unknown {
  const input = isPlainObject(value) ? copyMembers(value, depth) : value;
  // A map that is a member is read as a map.
  if (!type || value instanceof Map) return plainToInstance(Holder, { held: input }).held;
  return plainToInstance(type, input);
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
