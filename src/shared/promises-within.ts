import { isMap, isPromise, isSet } from 'node:util/types';
import { isObject } from './is-object.js';
import { forget, isPromiseLike } from './promise.js';

/** Objects that are looked at: a result may be large, or hold a client with all that belongs to it. */
const MOST = 10_000;

/** The promises that stand in a value at any depth of lists, maps, sets and plain objects. */
export function promisesWithin(value: object): PromiseLike<unknown>[] {
  return objectsWithin(value, isPlain).filter((one): one is PromiseLike<unknown> & object => isPromiseLike(one));
}

/**
 * Leaves the promises within a refused value to themselves: nobody awaits them any more, and for one that is rejected Node would end the
 * process, with whatever else is running. Queries and the like begin their work when they are asked for `then`, so that they are left alone.
 */
export function abandonPromises(value: unknown): void {
  if (isObject(value)) objectsWithin(value, () => true).filter(isPromise).forEach(forget);
}

function objectsWithin(value: object, looksInto: (one: object) => boolean): object[] {
  const found = new Set<object>([value]);
  for (const one of found) {
    if (found.size > MOST) break;
    if (looksInto(one)) for (const member of membersOf(one)) if (isObject(member)) found.add(member);
  }
  return [...found];
}

function isPlain(value: object): boolean {
  return Array.isArray(value) || isMap(value) || isSet(value) || Object.getPrototypeOf(value) === Object.prototype;
}

/** Getters are not asked: they may begin something. */
function membersOf(value: object): Iterable<unknown> {
  if (Array.isArray(value) || isSet(value)) return value;
  if (isMap(value)) return [...value.keys(), ...value.values()];
  return Object.values(Object.getOwnPropertyDescriptors(value)).map((descriptor: PropertyDescriptor) => descriptor.value as unknown);
}
