import { isBoxedPrimitive, isDate, isMap, isProxy, isSet, isSymbolObject } from 'node:util/types';
import type { JsonCodec } from '../../http/message/json.js';
import { abandonPromises } from '../../shared/promise.js';
import { isObject, type PlainObject } from '../../shared/types.js';
import { endlessResult } from './endless-result.js';
import {
  checkResultDepth,
  EndlessResult,
  FUNCTION,
  hiddenContent,
  lossOf,
  MAX_RESULT_DEPTH,
  PROMISE,
  refuseLoss,
  resultPath,
} from './lost-values.js';
import { hasToJson, type HasToJson, mapMembers, serializeInstance } from './serialize-instance.js';
import { type SerializedClass, serializedClass } from './serialized-class.js';

/**
 * Returns what `JSON.stringify` may write: instances by their class-transformer decorators at any depth, the result of
 * a `toJSON` with its inside visited too, maps as objects and sets as lists. Everything else is left to JSON. A value
 * that needs no change is returned as it is, not copied.
 *
 * @throws TypeError that names the location and the fix when JSON would silently lose a value, such as a promise, and
 *   when the result is circular.
 */
export function serialize(value: unknown): unknown {
  if (typeof value === 'object') return value === null ? null : visitOrAbandon(value, 0);
  if (typeof value === 'symbol' || (typeof value === 'function' && !hasToJson(value))) refuseLoss(FUNCTION, 0);
  return typeof value === 'function' ? visitOrAbandon(value, 0) : value;
}

function visitOrAbandon(value: object, depth: number): unknown {
  try {
    return visit(value, depth);
  } catch (error) {
    abandonPromises(value);
    throw depth === 0 && error instanceof EndlessResult ? new TypeError(endlessResult(value)) : error;
  }
}

function visitAny(value: unknown, depth: number): unknown {
  return isObject(value) ? visit(value, depth) : value;
}

function visit(value: object, depth: number): unknown {
  if (depth > MAX_RESULT_DEPTH) checkResultDepth(depth);
  const isList = Array.isArray(value);
  if (!isList) {
    const prototype = Object.getPrototypeOf(value) as object | null;
    if (prototype !== Object.prototype && prototype !== null) return visitInstance(value, prototype, depth);
  }
  // Not by `hasToJson`, which would be one more call for each object of every result.
  if (typeof (value as Partial<HasToJson>).toJSON === 'function') return visitToJson(value as HasToJson, depth);
  return isList ? visitItems(value, depth) : visitMembers(value as PlainObject, depth);
}

function visitItems(items: unknown[], depth: number): unknown[] {
  let copy: unknown[] | undefined;
  for (let index = 0; index < items.length; index++) {
    const item = items[index];
    if (item === null || (typeof item !== 'object' && typeof item !== 'function')) continue;
    resultPath[depth] = index;
    const result = visit(item, depth + 1);
    if (result !== item) (copy ??= [...items])[index] = result;
  }
  return copy ?? items;
}

function visitMembers(members: PlainObject, depth: number): PlainObject {
  let copy: PlainObject | undefined;
  // Not `Object.keys`, which allocates an array a visit: inherited members are seen too, and left alone.
  for (const key in members) {
    const member = members[key];
    // Most members are scalars: calling nothing for them, not even `isObject`, takes a third off the walk.
    if (member === null || (typeof member !== 'object' && typeof member !== 'function')) continue;
    // A library's promise may be a plain object whose members are all functions.
    if (key === 'then' && typeof member === 'function') refuseLoss(PROMISE, depth);
    resultPath[depth] = key;
    const result = visit(member, depth + 1);
    if (result !== member && Object.hasOwn(members, key)) (copy ??= { ...members })[key] = result;
  }
  return copy ?? members;
}

/** The way to write the objects of one prototype, found once a class. */
interface Kind {
  readonly serialized: SerializedClass | undefined;
  /** Whether its `toJSON` is built in, and returns text or bytes. */
  readonly simple: boolean;
  readonly visit: (value: object, depth: number) => unknown;
}

const kinds = new WeakMap<object, Kind>();

function visitInstance(value: object, prototype: object, depth: number): unknown {
  // A shortcut for the instance that most results have; the code below would do, in three times the time.
  if (prototype === Date.prototype && !Object.hasOwn(value, 'toJSON')) return value;
  const kind = kinds.get(prototype) ?? kindOf(value, prototype);
  if (kind.serialized) return serializeInstance(value, kind.serialized, depth, visitAny);
  if (!hasToJson(value)) return kind.visit(value, depth);
  return kind.simple && !Object.hasOwn(value, 'toJSON') ? value : visitToJson(value, depth);
}

function kindOf(value: object, prototype: object): Kind {
  const { constructor, toJSON } = prototype as { constructor?: unknown; toJSON?: unknown };
  const serialized = decoratedClass(value, serializedClass(constructor));
  const kind = { serialized, simple: PLATFORM.has(toJSON), visit: visitOf(value) };
  // A proxy decides nothing about the class that it shows.
  if (!isProxy(value)) kinds.set(prototype, kind);
  return kind;
}

/** Members of a date or an error are not its content, unless `@Expose` names those that are. */
function decoratedClass(value: object, serialized: SerializedClass | undefined): SerializedClass | undefined {
  if (!serialized || isMap(value) || isSet(value) || typeof value === 'function') return undefined;
  return serialized.exposes || !(isDate(value) || isBoxedPrimitive(value) || lossOf(value)) ? serialized : undefined;
}

const PLATFORM: ReadonlySet<unknown> = new Set([Date.prototype.toJSON, Buffer.prototype.toJSON]);

function visitOf(value: object): Kind['visit'] {
  if (typeof value === 'function') return (given) => given;
  if (isMap(value)) return (map, depth) => mapMembers(map as ReadonlyMap<unknown, unknown>, depth, visitAny);
  if (isSet(value)) return (set, depth) => visitItems([...(set as Set<unknown>)], depth);
  if (isBoxedPrimitive(value) && !isSymbolObject(value)) return (boxed) => boxed.valueOf();
  const loss = lossOf(value);
  return loss === undefined ? visitOwnMembers : (_, depth) => refuseLoss(loss, depth);
}

function visitOwnMembers(value: object, depth: number): unknown {
  const loss = showsNothing(value as PlainObject) ? hiddenContent(value) : undefined;
  return loss === undefined ? visitMembers(value as PlainObject, depth) : refuseLoss(loss, depth);
}

/** Stops at the first member. A member that is `undefined` means that there is no value; functions mean nothing. */
function showsNothing(members: PlainObject): boolean {
  for (const key in members) if (Object.hasOwn(members, key) && typeof members[key] !== 'function') return false;
  return true;
}

/** Returns the result of a `toJSON`, with its inside visited. */
function visitToJson(value: HasToJson, depth: number): unknown {
  const result = value.toJSON(String(resultPath[depth - 1] ?? ''));
  if (!isObject(result)) return result;
  resultPath[depth] = 'toJSON()';
  if (result !== value) return visitOrAbandon(result, depth + 1);
  // `toJSON` returned the value itself: its members are copied, so that JSON does not call it again and write the
  // original.
  return Array.isArray(value)
    ? [...visitItems(value, depth)]
    : { ...visitMembers({ ...value }, depth), toJSON: undefined };
}

/** Returns a value as JSON takes it: serialized, with big integers as text. */
export function written(value: unknown): unknown {
  return withoutBigInts(serialize(value));
}

/**
 * Replaces big integers in a serialized result with text, as the log does. JSON has no such type, and a client that
 * reads one as a number may round it. A result without any is returned as it is. If the application has given BigInt a
 * `toJSON`, that is used.
 */
export function withoutBigInts(value: unknown): unknown {
  if (typeof value === 'bigint') return 'toJSON' in BigInt.prototype ? value : String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return inItems(value);
  return typeof (value as { toJSON?: unknown }).toJSON === 'function' ? value : inMembers(value as PlainObject);
}

function inItems(items: readonly unknown[]): readonly unknown[] {
  const replaced = items.map(withoutBigInts);
  return replaced.some((item, index) => item !== items[index]) ? replaced : items;
}

function inMembers(members: PlainObject): PlainObject {
  const replaced = Object.entries(members).map(([key, member]): [string, unknown] => [key, withoutBigInts(member)]);
  return replaced.some(([key, member]) => member !== members[key]) ? Object.fromEntries(replaced) : members;
}

/** Wraps the codec so that class-transformer's decorators apply. */
export function serializingJson(json: JsonCodec): JsonCodec {
  return {
    parse: (text) => json.parse(text),
    stringify: (given: unknown) => {
      const value = serialize(given);
      try {
        return json.stringify(value);
      } catch (error) {
        // Big integers are converted only now: an application may have taught JSON to, and the others pay nothing.
        const converted = withoutBigInts(value);
        if (converted === value) throw error;
        return json.stringify(converted);
      }
    },
  };
}
