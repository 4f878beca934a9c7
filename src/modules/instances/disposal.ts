import { refuseObservable } from '../../shared/observable.js';
import { isPromiseLike } from '../../shared/promise.js';
import { isObject, type MaybePromise } from '../../shared/types.js';
import { annotateError } from '../annotate-error.js';
import { labelOf, type ProviderPlan } from '../provider-plan.js';
import { withinTimeout } from './shutdown-time.js';

type Disposer = () => MaybePromise<unknown>;

/** An instance, and how its owner disposes of it. */
export interface OwnedInstance {
  readonly plan: ProviderPlan;
  readonly instance: unknown;
  readonly dispose: Disposer;
  /**
   * Whether the provider has a `dispose`, which is called even if there are other owners: it may return a connection
   * to its pool.
   */
  readonly isExplicit: boolean;
}

/** Disposal methods that an object itself may have; `dispose` is tsyringe's. */
interface Disposable {
  readonly [Symbol.asyncDispose]?: unknown;
  readonly [Symbol.dispose]?: unknown;
  readonly dispose?: unknown;
}

/**
 * Returns how an instance disposes of itself: `Symbol.asyncDispose`, `Symbol.dispose`, or for classes a `dispose()`
 * without parameters, as in tsyringe. Returns `undefined` when it has none.
 */
export function ownDisposer(
  { definition, disposeTakesEvents }: ProviderPlan,
  instance: Disposable,
): Disposer | undefined {
  const { [Symbol.asyncDispose]: disposeAsync, [Symbol.dispose]: disposeNow } = instance;
  if (typeof disposeAsync === 'function') return () => disposeAsync.call(instance) as unknown;
  if (typeof disposeNow === 'function') return () => disposeNow.call(instance) as unknown;
  // A route or a consumer may have that name.
  if (!('useClass' in definition) || disposeTakesEvents) return undefined;
  const { dispose } = instance;
  if (typeof dispose !== 'function' || dispose.length > 0) return undefined;
  return () => dispose.call(instance) as unknown;
}

/**
 * Disposes of instances one after the other, in reverse order of creation.
 *
 * @param disposed What the same lifetime has disposed of, so that each object is disposed of once.
 * @param timeout Milliseconds for each.
 * @returns The errors.
 */
export async function disposeAll(
  owned: readonly OwnedInstance[],
  disposed: WeakSet<object>,
  timeout: number,
): Promise<Error[]> {
  const errors: Error[] = [];
  for (const one of owned.toReversed()) {
    try {
      const done = disposeOne(one, disposed);
      refuseObservable(isPromiseLike(done) ? await withinTimeout(timeout, done) : done);
    } catch (error) {
      errors.push(annotateError(error, `while disposing of ${labelOf(one.plan)}`));
    }
  }
  return errors;
}

function disposeOne(
  { instance, dispose, isExplicit }: OwnedInstance,
  disposed: WeakSet<object>,
): MaybePromise<unknown> {
  // Primitives have no identity: two providers may have created the same number or string.
  if (!isObject(instance)) return dispose();
  const isLast = releaseOwner(instance);
  if (disposed.has(instance) || !(isLast || isExplicit)) return undefined;
  disposed.add(instance);
  return dispose();
}

/** Throws a single error as it is, and several as one AggregateError. */
export function throwCollected(errors: readonly Error[], activity: string): void {
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new AggregateError(errors, `${errors.length} errors while ${activity}`);
}

/**
 * The number of owners (providers, events, callers, in all applications of the process) of an instance. The last one
 * disposes of it.
 *
 * Several owners can hold the same object: a factory may return one it was given, and two may return one constant.
 */
const owners = new WeakMap<object, number>();

/** Adds an owner. */
export function retain(instance: object): void {
  owners.set(instance, (owners.get(instance) ?? 0) + 1);
}

/** Removes an owner, and returns whether it was the last. */
export function releaseOwner(instance: object): boolean {
  const left = (owners.get(instance) ?? 1) - 1;
  if (left > 0) owners.set(instance, left);
  else owners.delete(instance);
  return left <= 0;
}

/** Leaves a value from outside to whoever created it. */
export function retainForever(value: object): void {
  owners.set(value, Number.POSITIVE_INFINITY);
}
