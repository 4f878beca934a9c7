import { Exclude, Expose, instanceToPlain, type TargetMap, Transform } from 'class-transformer';
import { propertyType } from '../metadata/reflection.js';
import type { Constructor, PlainObject } from '../shared/types.js';
import { isDecorated, transformerStore } from './transformer-store.js';

/** Deeper results are taken for circular; `JSON.stringify` ends not far above. */
const MAX_DEPTH = 1000;

/**
 * Applies class-transformer's decorators to instances anywhere in a result, and leaves everything else to
 * `JSON.stringify`: what has no decorators is returned as it is, not copied.
 *
 * @throws TypeError when the result is circular.
 */
export function serialize(value: unknown): unknown {
  return visit(value, 0);
}

function visit(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH) throw new TypeError(`The result is circular, or nested more than ${MAX_DEPTH} levels deep`);
  if (Array.isArray(value)) return visitItems(value, depth);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) {
    if (isExposed(value, prototype as object)) return expose(value, depth);
    if (ArrayBuffer.isView(value)) return value;
  }
  return hasToJson(value) ? value : visitMembers(value as PlainObject, depth);
}

function visitItems(items: unknown[], depth: number): unknown[] {
  let copy: unknown[] | undefined;
  for (let index = 0; index < items.length; index++) {
    const item = items[index];
    const result = visit(item, depth + 1);
    if (result !== item) (copy ??= [...items])[index] = result;
  }
  return copy ?? items;
}

function visitMembers(members: PlainObject, depth: number): PlainObject {
  let copy: PlainObject | undefined;
  for (const key of Object.keys(members)) {
    const member = members[key];
    const result = visit(member, depth + 1);
    if (result !== member) (copy ??= { ...members })[key] = result;
  }
  return copy ?? members;
}

function hasToJson(value: object): boolean {
  return typeof (value as { toJSON?: unknown }).toJSON === 'function';
}

const exposedPrototypes = new WeakMap<object, boolean>();

function isExposed(value: object, prototype: object): boolean {
  let exposed = exposedPrototypes.get(prototype);
  if (exposed === undefined) {
    const { constructor } = prototype as { constructor?: unknown };
    if (typeof constructor !== 'function') return false;
    exposed = transformerStore ? isDecorated(transformerStore, constructor as Constructor) : mayBeDecorated(value, prototype);
    // Without the storage the answer hangs on the instance; only a sure one is kept.
    if (transformerStore) exposedPrototypes.set(prototype, exposed);
  }
  return exposed;
}

/**
 * The guess where class-transformer's storage is out of reach: rather once too often than that an excluded password
 * is sent. Instances that write themselves, or hold functions, which the library would call, need a decorated property.
 */
function mayBeDecorated(value: object, prototype: object): boolean {
  const keys = [...Object.keys(value), ...Object.getOwnPropertyNames(prototype)];
  if (keys.some((key) => propertyType(prototype, key) !== undefined)) return true;
  const isBuiltIn = Object.prototype.toString.call(value) !== '[object Object]';
  return !isBuiltIn && !hasToJson(value) && !Object.values(value).some((member) => typeof member === 'function');
}

/**
 * One instance by its decorators. The library would take apart whatever is inside, a Decimal or an ObjectId too;
 * `targetMaps` gives each member that has no @Type the type {@link Held}, which wraps it, so that we go on from there.
 */
function expose(instance: object, depth: number): unknown {
  const plain = instanceToPlain(instance, { targetMaps: EVERY_PROPERTY }) as PlainObject;
  for (const [key, member] of Object.entries(instance)) {
    if (writesItself(member) && isTakenApart(plain[key])) plain[key] = member;
  }
  return release(plain, depth);
}

const HELD = Symbol('held');

/** Plain form of any object: a function that gives it back. class-transformer leaves functions as they are. */
class Held {
  declare [HELD]: () => unknown;
}
Exclude()(Held);
Expose()(Held.prototype, HELD);
Transform(({ obj }: { obj: unknown }) => () => obj)(Held.prototype, HELD);

class EveryProperty extends Array<TargetMap> {
  override filter(): TargetMap[] {
    return [{ target: Object, properties: new Proxy({}, { get: () => Held }) }];
  }
}
const EVERY_PROPERTY: TargetMap[] = new EveryProperty();

function writesItself(member: unknown): boolean {
  if (typeof member !== 'object' || member === null || member instanceof Date || !hasToJson(member)) return false;
  return !isExposed(member, Object.getPrototypeOf(member) as object);
}

/** Whether the library followed a @Type into the value. */
function isTakenApart(member: unknown): boolean {
  return typeof member === 'object' && member !== null && Object.getPrototypeOf(member) === Object.prototype && !(HELD in member);
}

function release(plain: unknown, depth: number): unknown {
  if (typeof plain !== 'object' || plain === null) return plain;
  if (Array.isArray(plain)) return plain.map((item) => release(item, depth + 1));
  if (HELD in plain) return visit((plain[HELD] as () => unknown)(), depth + 1);
  if (Object.getPrototypeOf(plain) !== Object.prototype) return plain;
  const members = plain as PlainObject;
  for (const key of Object.keys(members)) members[key] = release(members[key], depth + 1);
  return members;
}
