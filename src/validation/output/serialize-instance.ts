import { isDate, isMap, isSet } from 'node:util/types';
import { isPromiseLike } from '../../shared/promise.js';
import { isKindOf, isObject, type PlainObject } from '../../shared/types.js';
import { checkResultDepth, refuseLoss, resultPath } from './lost-values.js';
import { serializedClass, type SerializedClass, type Typed } from './serialized-class.js';

export interface HasToJson {
  toJSON(key: string): unknown;
}

/** Whether `JSON.stringify` asks the value itself. */
export function hasToJson<T extends object>(value: T): value is T & HasToJson {
  return typeof (value as { toJSON?: unknown }).toJSON === 'function';
}

/** Serializes an instance, or data that `@Type` declares as one, by the decorators of its class. */
export function serializeInstance(
  instance: object,
  serialized: SerializedClass,
  depth: number,
  visit: Visit,
): PlainObject {
  const members = instance as PlainObject;
  const plain: PlainObject = {};
  for (const key of serialized.keysOf(instance)) {
    const property = serialized.property(key);
    resultPath[depth] = key;
    if (property) {
      const value = property.valueIn(members);
      plain[property.name] = property.typedIn
        ? visitTyped(value, property.typedIn(members), depth + 1, visit)
        : visit(value, depth + 1);
    } else {
      const member = members[key];
      // A function that is not exposed belongs to the application, such as `delete = () => …`.
      if (typeof member !== 'function' || hasToJson(member)) plain[key] = visit(member, depth + 1);
    }
  }
  return plain;
}

const CONVERSIONS: ReadonlyMap<unknown, (value: unknown) => unknown> = new Map<unknown, (value: unknown) => unknown>([
  [String, String],
  [Number, Number],
  [Boolean, Boolean],
  [Date, (value) => (isDate(value) ? value : new Date(value as string))],
  [Buffer, (value) => Buffer.from(value as Uint8Array)],
]);

/**
 * Serializes a value as its `@Type` declares it: data is serialized as an instance would be, without what the class
 * excludes.
 */
function visitTyped(value: unknown, typed: Typed, depth: number, visit: Visit): unknown {
  checkResultDepth(depth);
  if (value === null || value === undefined) return value;
  const convert = Array.isArray(value) || isSet(value) || isMap(value) ? undefined : CONVERSIONS.get(typed.type);
  if (convert) return visit(convert(value), depth);
  if (!isObject(value) || isPromiseLike(value)) return visit(value, depth);
  const given = hasToJson(value) && !ownClass(value) ? value.toJSON(String(resultPath[depth - 1])) : value;
  if (given !== value) return visitTyped(given, typed, depth + 1, visit);
  return (
    serializeItems(value, typed, depth, (item, level) => visitTyped(item, { ...typed, map: false }, level, visit)) ??
    serializeTyped(value, typed, depth, visit)
  );
}

/** Serializes the items of a collection by `@Type`; returns `undefined` for any other value. */
function serializeItems(value: object, { map }: Typed, depth: number, visitItem: Visit): unknown {
  if (isMap(value)) return mapMembers(value, depth, visitItem);
  if (Array.isArray(value) || isSet(value)) {
    return Array.from(value as Iterable<unknown>, (item, index) => {
      resultPath[depth] = index;
      return visitItem(item, depth + 1);
    });
  }
  return map ? mapMembers(Object.entries(value), depth, visitItem) : undefined;
}

function serializeTyped(value: object, { type, discriminator }: Typed, depth: number, visit: Visit): unknown {
  const subType = discriminator?.subTypes?.find((one) => one.value === value.constructor);
  const declared = serializedClass(subType?.value ?? type);
  const plain = declared ? serializeDeclared(value, declared, depth, visit) : visit(value, depth);
  const property = discriminator?.property;
  if (!subType || property === undefined || !isObject(plain) || declared?.writes(property) === false) return plain;
  return { ...plain, [property]: subType.name };
}

/**
 * Serializes a value by its own class, which knows it better, if that is decorated. What the declared class leaves out
 * stays out.
 */
function serializeDeclared(value: object, declared: SerializedClass, depth: number, visit: Visit): PlainObject {
  const own = ownClass(value);
  const plain = serializeInstance(value, own ?? declared, depth, visit);
  if (!own || isKindOf(own.type, declared.type)) return plain;
  return Object.fromEntries(Object.entries(plain).filter(([key]) => declared.writes(key)));
}

function ownClass(value: object): SerializedClass | undefined {
  return serializedClass((Object.getPrototypeOf(value) as object | null)?.constructor);
}

/** Visits a value at a depth, which is the level of the value in the result. */
type Visit = (value: unknown, depth: number) => unknown;

/**
 * Serializes a map as an object.
 *
 * @throws TypeError when a key would be lost.
 */
export function mapMembers(map: Iterable<readonly [unknown, unknown]>, depth: number, visit: Visit): PlainObject {
  const entries = Array.from(map, ([key, item]): [string, unknown] => {
    if (typeof key === 'object' || typeof key === 'function' || typeof key === 'symbol') refuseLoss(OTHER_KEYS, depth);
    resultPath[depth] = String(key);
    return [String(key), visit(item, depth + 1)];
  });
  const members = Object.fromEntries(entries);
  if (Object.keys(members).length < entries.length) refuseLoss(SAME_KEYS, depth);
  return members;
}

const OTHER_KEYS = 'a Map with a key that is neither text nor a number: return a list of its entries, such as [...it]';
const SAME_KEYS = 'a Map with two keys that are the same as text: return a list of its entries, such as [...it]';
