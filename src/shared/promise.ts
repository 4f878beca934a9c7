import type { MaybePromise } from './types.js';

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
