import { isMap, isPromise, isSet } from 'node:util/types';
import { membersOf } from './members.js';
import { isObject, type MaybePromise } from './types.js';

export function isPromiseLike<T>(value: MaybePromise<T>): value is Promise<T> {
  return (
    value !== null &&
    (typeof value === 'object' || typeof value === 'function') &&
    typeof (value as { then?: unknown }).then === 'function'
  );
}

/**
 * Wraps a thenable in a native promise. The `then` of a custom thenable may return anything, which must not be taken
 * for the result of the chain.
 */
export function native<T>(value: Promise<T>): Promise<T> {
  return value instanceof Promise ? value : Promise.resolve(value);
}

/** Calls `next` at once unless `value` is a promise, so that a synchronous route costs no promise. */
export function chain<T, R>(value: MaybePromise<T>, next: (value: T) => MaybePromise<R>): MaybePromise<R> {
  return isPromiseLike(value) ? native(value).then(next) : next(value);
}

/** Runs `work` and passes what it throws or rejects with to `recover`. */
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

/** Runs `work` and returns a promise of its result or error. A promise that it returns is passed on as it is. */
export function promised<T, A>(work: (argument: A) => MaybePromise<T>, argument?: A): Promise<T> {
  try {
    return Promise.resolve(work(argument as A));
  } catch (error) {
    return Promise.reject(error as Error);
  }
}

/** Ignores the rejection of a promise that may never be awaited, so that it does not end the process. */
export function forget(value: unknown): void {
  if (isPromiseLike(value)) value.then(undefined, () => undefined);
}

/**
 * Waits for work for a limited time. The work continues even after that.
 *
 * @param late Returns or throws the result after the time is over; `undefined` unless given.
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

/** The maximum delay of `setTimeout` in milliseconds. A longer delay would fire at once. */
export const LONGEST_DELAY = 2 ** 31 - 1;

/** Limits how many objects are searched: a result may be large, or reference a client with all its state. */
const MAX_OBJECTS = 10_000;

/** Returns the promises in a value, at any depth of lists, maps, sets and plain objects. */
export function promisesWithin(value: object): PromiseLike<unknown>[] {
  return objectsWithin(value, isPlain).filter((one): one is PromiseLike<unknown> & object => isPromiseLike(one));
}

/**
 * Ignores the rejections of the promises in a refused value. Nothing awaits them any more, so Node would end the
 * process. Only native promises: a lazy query starts its work when its `then` is called.
 */
export function abandonPromises(value: unknown): void {
  if (isObject(value))
    objectsWithin(value, () => true)
      .filter(isPromise)
      .forEach(forget);
}

function objectsWithin(value: object, isSearched: (one: object) => boolean): object[] {
  const found = new Set<object>([value]);
  for (const one of found) {
    if (found.size > MAX_OBJECTS) break;
    if (isSearched(one)) for (const member of membersOf(one)) if (isObject(member)) found.add(member);
  }
  return [...found];
}

function isPlain(value: object): boolean {
  return Array.isArray(value) || isMap(value) || isSet(value) || Object.getPrototypeOf(value) === Object.prototype;
}
