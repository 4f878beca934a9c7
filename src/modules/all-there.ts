import { isPromiseLike } from '../shared/promise.js';
import type { MaybePromise } from '../shared/types.js';

/** `Promise.all` that costs nothing where no promise is among the values. */
export function allThere(values: readonly unknown[]): MaybePromise<readonly unknown[]> {
  return values.some(isPromiseLike) ? Promise.all(values) : values;
}
