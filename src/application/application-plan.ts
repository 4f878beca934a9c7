import type { ApplicationDescription } from '../contracts/application-description.js';
import type { NewModuleLoading } from '../modules/instances/container.js';
import type { ModulesPlan } from '../modules/provider-plan.js';
import type { LazyModule } from '../shared/module.js';
import type { MaybePromise } from '../shared/types.js';
import type { EventContext } from './event/event-context.js';
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

/** Plans the lazy modules of a running application. */
export interface LazyPlanner<M extends object = object> {
  /** Begins to load them into the application. */
  readonly loading: NewModuleLoading<EventContext, M>;
  /** @param prefix Before every path. */
  routesOf(module: M, prefix: string): readonly RoutePlan[];
  lazyModulesOf(module: M): readonly LazyModule[];
}
