import { isBoxedPrimitive, isDate, isMap, isProxy, isSet, isSymbolObject } from 'node:util/types';
import { abandonPromises } from '../../shared/promise.js';
import type { PlainObject } from '../../shared/types.js';
import {
  checkResultDepth,
  FUNCTION,
  hiddenContent,
  lossOf,
  MAX_RESULT_DEPTH,
  PROMISE,
  refuseLoss,
  resultPath,
} from './lost-values.js';
import { type WrittenClass, writtenClass } from './written-class.js';
import { asksItself, isAsked, mapMembers, writeInstance, type WritesItself } from './written-instance.js';

/**
 * What `JSON.stringify` may write: instances by class-transformer's decorators, wherever they stand, what a `toJSON`
 * gives with its inside looked at too, maps as objects and sets as lists. Everything else is left to JSON: what needs
 * no change is returned as it is, not copied.
 *
 * @throws TypeError naming the place and the mend for what JSON would lose without a word, such as a promise, and when
 *   the result is circular.
 */
export function serialize(value: unknown): unknown {
  if (typeof value === 'symbol' || (typeof value === 'function' && !asksItself(value))) refuseLoss(FUNCTION, 0);
  return isAsked(value) ? visitOrAbandon(value, 0) : value;
}

function visitOrAbandon(value: object, depth: number): unknown {
  try {
    return visit(value, depth);
  } catch (error) {
    abandonPromises(value);
    throw error;
  }
}

function visitAny(value: unknown, depth: number): unknown {
  return isAsked(value) ? visit(value, depth) : value;
}

function visit(value: object, depth: number): unknown {
  if (depth > MAX_RESULT_DEPTH) checkResultDepth(depth);
  if (Array.isArray(value)) return asksItself(value) ? visitAsked(value, depth) : visitItems(value, depth);
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype !== Object.prototype && prototype !== null) return visitInstance(value, prototype, depth);
  return asksItself(value) ? visitAsked(value, depth) : visitMembers(value as PlainObject, depth);
}

function visitItems(items: unknown[], depth: number): unknown[] {
  let copy: unknown[] | undefined;
  for (let index = 0; index < items.length; index++) {
    const item = items[index];
    if (!isAsked(item)) continue;
    resultPath[depth] = index;
    const result = visit(item, depth + 1);
    if (result !== item) (copy ??= [...items])[index] = result;
  }
  return copy ?? items;
}

function visitMembers(members: PlainObject, depth: number): PlainObject {
  let copy: PlainObject | undefined;
  // Not over `Object.keys`, which makes an array a visit: what is inherited is seen, too, and left alone.
  for (const key in members) {
    const member = members[key];
    // Most members are none: not calling `visit` for them takes a third off the walk.
    if (!isAsked(member)) continue;
    // Promises of a library may be plain objects: all that they show are functions.
    if (key === 'then' && typeof member === 'function') refuseLoss(PROMISE, depth);
    resultPath[depth] = key;
    const result = visit(member, depth + 1);
    if (result !== member && Object.hasOwn(members, key)) (copy ??= { ...members })[key] = result;
  }
  return copy ?? members;
}

/** What is asked once a class: its prototype tells. */
interface Kind {
  readonly written: WrittenClass | undefined;
  /** Its `toJSON` is the platform's, and gives text or bytes. */
  readonly simple: boolean;
  readonly visit: (value: object, depth: number) => unknown;
}

const kinds = new WeakMap<object, Kind>();

function visitInstance(value: object, prototype: object, depth: number): unknown {
  // The one instance that most results have; what follows would do, in three times the time.
  if (prototype === Date.prototype && !Object.hasOwn(value, 'toJSON')) return value;
  const kind = kinds.get(prototype) ?? kindOf(value, prototype);
  if (kind.written) return writeInstance(value, kind.written, depth, visitAny);
  if (!asksItself(value)) return kind.visit(value, depth);
  return kind.simple && !Object.hasOwn(value, 'toJSON') ? value : visitAsked(value, depth);
}

function kindOf(value: object, prototype: object): Kind {
  const { constructor, toJSON } = prototype as { constructor?: unknown; toJSON?: unknown };
  const written = saysWhatToWrite(value, writtenClass(constructor));
  const kind = { written, simple: PLATFORM.has(toJSON), visit: visitOf(value) };
  // What is behind a proxy is no word about the class that it shows.
  if (!isProxy(value)) kinds.set(prototype, kind);
  return kind;
}

/** The members of a date or an error are not its content: a class of such ones says with `@Expose` which are. */
function saysWhatToWrite(value: object, written: WrittenClass | undefined): WrittenClass | undefined {
  if (!written || isMap(value) || isSet(value) || typeof value === 'function') return undefined;
  return written.exposes || !(isDate(value) || isBoxedPrimitive(value) || lossOf(value)) ? written : undefined;
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

/** The first member ends it. One that is `undefined` says that there is no value; functions say nothing. */
function showsNothing(members: PlainObject): boolean {
  for (const key in members) if (Object.hasOwn(members, key) && typeof members[key] !== 'function') return false;
  return true;
}

/** What a `toJSON` gives, with its inside visited. */
function visitAsked(value: WritesItself, depth: number): unknown {
  const result = value.toJSON(String(resultPath[depth - 1] ?? ''));
  if (!isAsked(result)) return result;
  resultPath[depth] = 'toJSON()';
  if (result !== value) return visitOrAbandon(result, depth + 1);
  // Written as it stands, by its members: JSON must not ask again, and get what is not visited.
  return Array.isArray(value)
    ? [...visitItems(value, depth)]
    : { ...visitMembers({ ...value }, depth), toJSON: undefined };
}

/**
 * A serialised result with its big integers as text, as they stand in the log; JSON has no such number, and a client
 * that reads one as a number may round it. What has none is returned as it is. Where a program has given BigInt a
 * `toJSON`, that is asked.
 */
export function withoutBigInts(value: unknown): unknown {
  if (typeof value === 'bigint') return 'toJSON' in BigInt.prototype ? value : String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return inItems(value);
  return typeof (value as { toJSON?: unknown }).toJSON === 'function' ? value : inMembers(value as PlainObject);
}

function inItems(items: readonly unknown[]): readonly unknown[] {
  const mended = items.map(withoutBigInts);
  return mended.some((item, index) => item !== items[index]) ? mended : items;
}

function inMembers(members: PlainObject): PlainObject {
  const mended = Object.entries(members).map(([key, member]): [string, unknown] => [key, withoutBigInts(member)]);
  return mended.some(([key, member]) => member !== members[key]) ? Object.fromEntries(mended) : members;
}
