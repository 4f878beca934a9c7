import { refuseObservable } from '../shared/observable.js';
import { isPromiseLike } from '../shared/promise.js';
import type { MaybePromise } from '../shared/types.js';
import { annotateError } from './annotate-error.js';
import type { ProviderPlan } from './provider-plan.js';

/** An instance that was made here, and so is disposed of here. */
export interface Owned {
  readonly plan: ProviderPlan;
  readonly instance: unknown;
}

type Disposer = () => MaybePromise<unknown>;

/**
 * How an instance is disposed of: by its provider's `dispose`, or as a disposable; `undefined` when there is nothing to do.
 *
 * A `useValue` came from outside and stays its maker's unless its provider says `dispose`.
 */
export function disposerOf({ plan: { definition }, instance }: Owned): Disposer | undefined {
  if ('useExisting' in definition || 'read' in definition) return undefined;
  const { dispose } = definition;
  if (dispose) return () => dispose(instance);
  if ('useValue' in definition || !isObject(instance)) return undefined;
  const { [Symbol.asyncDispose]: disposeAsync, [Symbol.dispose]: disposeNow } = instance;
  if (typeof disposeAsync === 'function') return () => disposeAsync.call(instance);
  if (typeof disposeNow === 'function') return () => disposeNow.call(instance);
  return undefined;
}

function isObject(value: unknown): value is Partial<AsyncDisposable & Disposable> {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** Disposes one after the other, the last that was made first, each instance once; gives back what went wrong. */
export async function disposeAll(owned: readonly Owned[]): Promise<Error[]> {
  const errors: Error[] = [];
  const disposed = new Set<unknown>();
  for (const { plan, instance } of owned.toReversed()) {
    const dispose = disposed.has(instance) ? undefined : disposerOf({ plan, instance });
    // Two providers may well have made the same number or text.
    if (isObject(instance)) disposed.add(instance);
    try {
      const done = dispose?.();
      refuseObservable(isPromiseLike(done) ? await done : done);
    } catch (error) {
      errors.push(annotateError(error, `while disposing of ${String(plan)}`));
    }
  }
  return errors;
}

/** Throws the only error, or all of them as one. */
export function throwCollected(errors: readonly Error[], what: string): void {
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new AggregateError(errors, `${errors.length} errors while ${what}`);
}
