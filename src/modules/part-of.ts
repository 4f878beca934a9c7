import { isProxy } from 'node:util/types';
import { isObject } from '../shared/is-object.js';
import { isStandIn } from './stand-in.js';

/** Objects that are looked at, the nearest first: there may be much in what a factory is given, and events make instances, too. */
const MOST = 1000;

/**
 * Whether a factory's result is something that it was given: itself, an entry of a list, a record, a map or a set at any depth, a property of
 * an object, or a view of one (`Object.create(given)`). So is what can't be told: a `Proxy`, which does not show what it stands before, and
 * what was not found where there is too much to look at. To leave alone what is one's own wastes it; to end what is not breaks others.
 *
 * What a pool hands out is not: lists within objects of a class are their own business.
 */
export function isPartOf(result: object, given: readonly unknown[]): boolean {
  if (isProxy(result)) return given.some(isObject);
  const containers = new Set<object>([given]);
  let looked = 0;
  for (const container of containers) {
    for (const entry of entriesOf(container)) {
      if (entry === result) return true;
      if (typeof entry !== 'object' || entry === null || isStandIn(entry)) continue;
      if (++looked > MOST) return true;
      if (Object.prototype.isPrototypeOf.call(entry, result)) return true;
      if (isPlain(container)) containers.add(entry);
    }
  }
  return false;
}

function entriesOf(container: object): Iterable<unknown> {
  if (Array.isArray(container) || container instanceof Set) return container;
  if (container instanceof Map) return container.values();
  // No getters: they may do anything.
  return Object.values(Object.getOwnPropertyDescriptors(container)).map(({ value }) => value as unknown);
}

function isPlain(container: object): boolean {
  if (Array.isArray(container) || container instanceof Map || container instanceof Set) return true;
  const prototype: unknown = Object.getPrototypeOf(container);
  return prototype === null || !isObject(Object.getPrototypeOf(prototype as object));
}
