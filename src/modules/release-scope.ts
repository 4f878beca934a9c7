import { isPromiseLike } from '../shared/promise.js';
import type { MaybePromise } from '../shared/types.js';
import { type Owned, disposeAll, disposerOf, throwCollected } from './disposal.js';
import type { EventScope } from './event-scope.js';
import { ProviderPlan } from './provider-plan.js';

/**
 * Disposes of what was made for one event, the last first; costs nothing where there is nothing to dispose of.
 *
 * @throws The error of a disposal, after all of them were tried; an AggregateError of several.
 */
export function releaseScope(scope: EventScope): MaybePromise<void> {
  const { scoped } = scope;
  if (scoped === undefined) return;
  scope.scoped = undefined;
  for (const [plan, instance] of scoped) {
    if (isPromiseLike(instance) || isDisposable(plan, instance)) return release(scoped);
  }
}

function isDisposable(plan: object, instance: unknown): boolean {
  return plan instanceof ProviderPlan && disposerOf({ plan, instance }) !== undefined;
}

async function release(scoped: ReadonlyMap<object, unknown>): Promise<void> {
  const owned: Owned[] = [];
  for (const [plan, entry] of scoped) {
    // One that failed to be made has told those who asked for it.
    const [made] = await Promise.allSettled([entry]);
    if (plan instanceof ProviderPlan && made.status === 'fulfilled') owned.push({ plan, instance: made.value });
  }
  throwCollected(await disposeAll(owned), 'releasing what was made for an event');
}
