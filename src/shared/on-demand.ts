import type { MaybePromise } from './types.js';

/**
 * Loads a value at its first use, such as a module that few applications need. It is there without a promise from then
 * on. A failed load is tried again by the next use.
 */
export function onDemand<T>(load: () => Promise<T>): () => MaybePromise<T> {
  let loaded: MaybePromise<T> | undefined;
  const forget = (error: unknown): never => {
    loaded = undefined;
    throw error;
  };
  return () => (loaded ??= load().then((value) => (loaded = value), forget));
}
