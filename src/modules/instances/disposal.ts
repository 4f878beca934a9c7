import { classMetadata } from '../../metadata/class-metadata.js';
import { refuseObservable } from '../../shared/observable.js';
import { isPromiseLike } from '../../shared/promise.js';
import { type Constructor, isObject, type MaybePromise } from '../../shared/types.js';
import { annotateError } from '../annotate-error.js';
import type { Definition, ProviderPlan } from '../plan/provider-plan.js';
import { endWithin } from './shutdown.js';

type Disposer = () => MaybePromise<unknown>;

/** An instance, and how its holder lets go of it. */
export interface Owned {
  readonly plan: ProviderPlan;
  readonly instance: unknown;
  readonly dispose: Disposer;
  /**
   * By the provider's word, which counts whoever else holds the instance: a connection may be of a pool, and go back to
   * it.
   */
  readonly asked: boolean;
}

/** The ways in which an object says itself how it ends; the last is tsyringe's. */
interface OwnWays {
  readonly [Symbol.asyncDispose]?: unknown;
  readonly [Symbol.dispose]?: unknown;
  readonly dispose?: unknown;
}

/**
 * How an instance ends by its own word: as a disposable, or as tsyringe ends what it has constructed, by a `dispose()`
 * that takes nothing; `undefined` when there is nothing to do.
 */
export function ownDisposer(definition: Definition, instance: OwnWays): Disposer | undefined {
  const { [Symbol.asyncDispose]: disposeAsync, [Symbol.dispose]: disposeNow } = instance;
  if (typeof disposeAsync === 'function') return () => disposeAsync.call(instance) as unknown;
  if (typeof disposeNow === 'function') return () => disposeNow.call(instance) as unknown;
  if (!('useClass' in definition)) return undefined;
  const { dispose } = instance;
  if (typeof dispose !== 'function' || dispose.length > 0 || takesEvents(definition.useClass, 'dispose'))
    return undefined;
  return () => dispose.call(instance) as unknown;
}

/** A route or a consumer may well be called that. */
function takesEvents(type: Constructor, key: string): boolean {
  const method = classMetadata(type).methods.get(key);
  return method !== undefined && method.routes.length + method.consumers.length > 0;
}

/**
 * Disposes one after the other, the last that was made first; gives back what went wrong.
 *
 * @param ended What the same holder has disposed of: each object once.
 * @param patience Milliseconds for each.
 */
export async function disposeAll(owned: readonly Owned[], ended: WeakSet<object>, patience: number): Promise<Error[]> {
  const errors: Error[] = [];
  for (const one of owned.toReversed()) {
    try {
      const done = end(one, ended);
      refuseObservable(isPromiseLike(done) ? await endWithin(patience, done) : done);
    } catch (error) {
      errors.push(annotateError(error, `while disposing of ${String(one.plan)}`));
    }
  }
  return errors;
}

function end({ instance, dispose, asked }: Owned, ended: WeakSet<object>): MaybePromise<unknown> {
  // Two providers may well have made the same number or text.
  if (!isObject(instance)) return dispose();
  const isLast = letGo(instance);
  if (ended.has(instance) || !(isLast || asked)) return undefined;
  ended.add(instance);
  return dispose();
}

/** Throws the only error, or all of them as one. */
export function throwCollected(errors: readonly Error[], what: string): void {
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new AggregateError(errors, `${errors.length} errors while ${what}`);
}

/**
 * How many hold an instance, in all applications of the process: providers, events, callers. Its last holder disposes
 * of it.
 *
 * The same object may come from several: from a factory that was given it, or from two that take it from a constant.
 */
const holders = new WeakMap<object, number>();

export function hold(instance: object): void {
  holders.set(instance, (holders.get(instance) ?? 0) + 1);
}

/** Whether nobody else holds it. */
export function letGo(instance: object): boolean {
  const left = (holders.get(instance) ?? 1) - 1;
  if (left > 0) holders.set(instance, left);
  else holders.delete(instance);
  return left <= 0;
}

/** What comes from outside, as a value, is its maker's for good. */
export function keep(value: object): void {
  holders.set(value, Number.POSITIVE_INFINITY);
}
