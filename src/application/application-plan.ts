import type { ApplicationDescription } from '../contracts/application-description.js';
import type { AddedModules, ModulesPlan, PrepareModules } from '../modules/provider-plan.js';
import type { LazyModule } from '../shared/module.js';
import type { MaybePromise } from '../shared/types.js';
import type { RoutePlan } from './http/route-plan.js';
import type { EnhancersPlan } from './method/method-plan.js';
import type { ConsumerPlan } from './records/consumer-plan.js';

/** Everything that metadata decides about an application: data that is run without reading metadata again. */
export interface ApplicationPlan {
  readonly modules: ModulesPlan;
  /** The enhancers of the `APP_*` tokens, then those of the options. */
  readonly enhancers: EnhancersPlan;
  readonly routes: readonly RoutePlan[];
  readonly consumers: readonly ConsumerPlan[];
  /** The lazy modules of the modules, if there are any. Each is planned when it is loaded. */
  readonly lazyModules?: readonly LazyModule[];
  /** Plans lazy modules. A plan that was built loads the planner for it. */
  readonly lazyPlanner?: () => MaybePromise<LazyPlanner>;
  /** Describes the application. A plan that was built loads the planner for it. */
  readonly describe?: () => MaybePromise<ApplicationDescription>;
}

/** What a lazy module adds to a running application. */
export interface LazyModulePlan extends AddedModules {
  /** The routes of all its modules, under its prefix. */
  readonly routes: readonly RoutePlan[];
  /** The lazy modules that its modules import. */
  readonly lazyModules: readonly LazyModule[];
}

/** Plans the lazy modules of a running application. */
export interface LazyPlanner {
  /**
   * @param prefix Before every path.
   * @param load Loads it in place of its own function.
   */
  prepare(module: LazyModule, prefix: string, load?: LazyModule['load']): PrepareModules<LazyModulePlan>;
}
