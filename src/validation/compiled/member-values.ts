import { plainToInstance } from 'class-transformer';
import { refuseDeep } from '../../http/message/hostile-input.js';
import type { Constructor, PlainObject } from '../../shared/types.js';
import { isKindOf } from '../dto/shape.js';
import { copyInput, copyMembers, isPlainObject } from '../plain-input.js';

/**
 * The depth in input that has been copied: names of Object.prototype are gone, and it is not too deep.
 * One more level is no more than that.
 */
export const COPIED = -Infinity;

/** An object as JSON has it. class-transformer takes one with a `then` for a promise. */
export function isRecord(value: object): value is PlainObject {
  return isPlainObject(value) && typeof value['then'] !== 'function';
}

/** What class-transformer makes of a value without `@Type`: a copy. */
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
  // Passes over holes, as class-transformer does.
  values.forEach((value) => copy.push(untypedMember(value, depth + 1)));
  return copy;
}

/** What class-transformer makes of a value by a type that is no class of members: `Number`, `Date` and such. */
export function scalarMember(type: Constructor, value: unknown, depth: number): unknown {
  if (value instanceof Map) return foreign(value, depth);
  return plainToInstance(type, copyInput(value, depth));
}

/** Makes what class-transformer makes of a member's value by whatever its `@Type` names for this one object. */
export function typedMember(
  value: unknown,
  depth: number,
  type: unknown,
  builderOf: (type: Constructor) => ObjectBuilder,
): unknown {
  if (Array.isArray(value)) return typedList(value, depth, type, builderOf);
  if (!type) return untypedMember(value, depth);
  if (value === null || value === undefined) return value;
  if (VALUES.has(type)) return scalarMember(type as Constructor, value, depth);
  if (typeof value !== 'object') return value;
  // Of what is no class the library says so itself; of a map it makes one.
  const isLibrarys = typeof type !== 'function' || isKindOf(type, Map);
  return isLibrarys
    ? plainToInstance(type as Constructor, copyInput(value, depth))
    : builderOf(type as Constructor).one(value, depth);
}

interface ObjectBuilder {
  readonly one: (value: unknown, depth: number) => unknown;
}

const VALUES: ReadonlySet<unknown> = new Set([String, Number, Boolean, Date, Buffer]);

function typedList(
  values: readonly unknown[],
  depth: number,
  type: unknown,
  builderOf: (type: Constructor) => ObjectBuilder,
): unknown[] {
  refuseDeep(depth);
  const made: unknown[] = [];
  values.forEach((value) => made.push(typedMember(value, depth + 1, type, builderOf)));
  return made;
}

class Holder {
  declare held: unknown;
}

/** What class-transformer makes of an object that no parser makes: a file of a form, an instance of some class. */
export function foreign(value: object, depth: number, type?: Constructor): unknown {
  const input = isPlainObject(value) ? copyMembers(value, depth) : value;
  // A map is read as a map where it is a member.
  if (!type || value instanceof Map) return plainToInstance(Holder, { held: input }).held;
  return plainToInstance(type, input);
}

/**
 * The items in what class-transformer takes for a property's collection: a set, a class with `push`, or else an array.
 */
export function collected(collection: object, items: unknown[]): unknown {
  if (collection instanceof Set) return addAll(collection, items);
  if (!('push' in collection)) return items;
  for (const item of items) (collection as unknown[]).push(item);
  return collection;
}

function addAll(set: Set<unknown>, items: unknown[]): Set<unknown> {
  for (const item of items) set.add(item);
  return set;
}
