import { forget, isPromiseLike } from '../shared/promise.js';
import type { MaybePromise } from '../shared/types.js';

/**
 * Reads a value of each source; costs no promise where none of them is one.
 *
 * @throws What a source throws. Those that were read before are not waited for any more, and may fail unheard.
 */
export function gather<S>(sources: readonly S[], read: (source: S) => unknown): MaybePromise<readonly unknown[]> {
  const values: unknown[] = [];
  let waiting = false;
  try {
    for (const source of sources) {
      const value = read(source);
      waiting ||= isPromiseLike(value);
      values.push(value);
    }
  } catch (error) {
    values.forEach(forget);
    throw error;
  }
  return waiting ? Promise.all(values) : values;
}
