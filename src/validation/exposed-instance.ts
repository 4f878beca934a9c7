import { Exclude, Expose, instanceToPlain, type TargetMap, Transform } from 'class-transformer';
import type { Constructor, PlainObject } from '../shared/types.js';
import { isDecorated } from './transformer-store.js';

const decorated = new WeakMap<object, boolean>();

/** Whether decorators have a say in how a value is written; the answer is kept for its class. */
export function isExposed(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === null || prototype === Object.prototype) return false;
  let answer = decorated.get(prototype);
  if (answer === undefined) {
    const { constructor } = prototype as { constructor?: unknown };
    answer = typeof constructor === 'function' && isDecorated(constructor as Constructor);
    decorated.set(prototype, answer);
  }
  return answer;
}

/**
 * One instance by its decorators. What is inside waits for {@link release}, untouched.
 *
 * class-transformer would go on into a Decimal or an ObjectId. `targetMaps` gives each member without a `@Type` the
 * type {@link Held}, which wraps it; what a `@Type` led the library into is put back.
 */
export function plainForm(instance: object): PlainObject {
  const plain = transformed(instance);
  for (const [key, member] of Object.entries(instance)) {
    if (isTakenApart(plain[key]) && isObject(member) && writesItself(member) && !isExposed(member)) plain[key] = member;
  }
  return plain;
}

function transformed(instance: object): PlainObject {
  const hasFunctions = Object.values(instance).some((member) => typeof member === 'function');
  return instanceToPlain(hasFunctions ? withoutFunctions(instance) : instance, { targetMaps: EVERY_PROPERTY }) as PlainObject;
}

/** Whether `JSON.stringify` asks the value itself. */
export function writesItself(value: object): boolean {
  return typeof (value as { toJSON?: unknown }).toJSON === 'function';
}

/** Puts what `next` makes of the values that wait in a plain form in their places. */
export function release(plain: unknown, next: (value: unknown) => unknown): unknown {
  if (!isObject(plain)) return plain;
  if (Array.isArray(plain)) return plain.map((item) => release(item, next));
  if (HELD in plain) return next((plain[HELD] as () => unknown)());
  if (Object.getPrototypeOf(plain) !== Object.prototype) return plain;
  const members = plain as PlainObject;
  for (const key of Object.keys(members)) members[key] = release(members[key], next);
  return members;
}

/** The library calls the functions that it finds in an instance, were it `delete = () => …`; exposed ones it still gets. */
function withoutFunctions(instance: object): object {
  return new Proxy(instance, {
    ownKeys: (target) => Reflect.ownKeys(target).filter((key) => typeof Reflect.get(target, key) !== 'function'),
    get: (target, key): unknown => Reflect.get(target, key),
  });
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

/** Whether the library followed a `@Type` into the value. */
function isTakenApart(member: unknown): boolean {
  return isObject(member) && Object.getPrototypeOf(member) === Object.prototype && !(HELD in member);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
