import type { ModuleReference } from '../../shared/module.js';
import type { MaybePromise } from '../../shared/types.js';
import type { ApplicationPlan } from '../application-plan.js';

/** Receives the plan of an application before anything of it is created. The bootstrap waits for it. */
export type PlanWatcher = (root: ModuleReference, plan: ApplicationPlan) => MaybePromise<void>;

const WATCHER = Symbol.for('lambent.plan-watcher');

// On the global object: `lambent dev` may have another copy of the package than the function in its process.
const scope = globalThis as Record<symbol, PlanWatcher | undefined>;

/** Returns the watcher of this process. Only those of `lambent dev` have one. */
export function planWatcher(): PlanWatcher | undefined {
  return scope[WATCHER];
}

/** Watches the plans of every application that is created from now on. */
export function watchPlans(watcher: PlanWatcher | undefined): void {
  scope[WATCHER] = watcher;
}
