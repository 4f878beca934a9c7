import { isMap, isPromise, isSet } from 'node:util/types';
import { isObject, type MaybePromise } from './types.js';

export function isPromiseLike<T>(value: MaybePromise<T>): value is Promise<T> {
  return (
    value !== null &&
    (typeof value === 'object' || typeof value === 'function') &&
    typeof (value as { then?: unknown }).then === 'function'
  );
}

/**
 * A promise to go on with. The `then` of somebody's own object may give nothing, or anything: what is made of that
 * would pass for the outcome.
 */
export function native<T>(value: Promise<T>): Promise<T> {
  return value instanceof Promise ? value : Promise.resolve(value);
}

/** Goes on with `next` at once when `value` is there already: a synchronous route costs no promise. */
export function chain<T, R>(value: MaybePromise<T>, next: (value: T) => MaybePromise<R>): MaybePromise<R> {
  return isPromiseLike(value) ? native(value).then(next) : next(value);
}

/** Runs `work` and hands whatever it throws or rejects with to `recover`. */
export function attempt<T, R>(
  work: () => MaybePromise<T>,
  recover: (error: unknown) => MaybePromise<R>,
): MaybePromise<T | R> {
  try {
    const value = work();
    return isPromiseLike(value) ? native(value).then(undefined, recover) : value;
  } catch (error) {
    return recover(error);
  }
}

/** The promise of what `work` gives or throws; a promise that it gives is handed on as it is. */
export function promised<T>(work: () => MaybePromise<T>): Promise<T> {
  try {
    return Promise.resolve(work());
  } catch (error) {
    return Promise.reject(error as Error);
  }
}

/** For a promise that nobody may ever wait for: one that fails ends no process. */
export function forget(value: unknown): void {
  if (isPromiseLike(value)) value.then(undefined, () => undefined);
}

/**
 * Waits for work, but no longer than for so many milliseconds; the work goes on all the same.
 *
 * @param late gives, or throws, what there is instead when they are over; that is `undefined` unless given.
 */
export async function atMost<T, L = undefined>(milliseconds: number, work: Promise<T>, late?: () => L): Promise<T | L> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.min(milliseconds, LONGEST_DELAY));
  });
  try {
    return await Promise.race([work, over.then(late) as Promise<L>]);
  } finally {
    clearTimeout(timer);
  }
}

/** Milliseconds: what `setTimeout` holds. A longer delay would be over at once. */
export const LONGEST_DELAY = 2 ** 31 - 1;

/** Objects that are looked at: a result may be large, or hold a client with all that belongs to it. */
const MAX_OBJECTS = 10_000;

/** The promises that stand in a value at any depth of lists, maps, sets and plain objects. */
export function promisesWithin(value: object): PromiseLike<unknown>[] {
  return objectsWithin(value, isPlain).filter((one): one is PromiseLike<unknown> & object => isPromiseLike(one));
}

/**
 * Leaves the promises within a refused value to themselves: nobody awaits them any more, and for one that is rejected
 * Node would end the process, with whatever else is running. Queries and the like begin their work when they are asked
 * for `then`, so that they are left alone.
 */
export function abandonPromises(value: unknown): void {
  if (isObject(value))
    objectsWithin(value, () => true)
      .filter(isPromise)
      .forEach(forget);
}

function objectsWithin(value: object, looksInto: (one: object) => boolean): object[] {
  const found = new Set<object>([value]);
  for (const one of found) {
    if (found.size > MAX_OBJECTS) break;
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
  return Object.values(Object.getOwnPropertyDescriptors(value)).map(
    (descriptor: PropertyDescriptor) => descriptor.value as unknown,
  );
}
