import type { ApplicationDescription } from '../contracts/application-description.js';
import type { CorsPolicy } from '../http/policies/cors.js';
import type { ConsumerMetadata, RedirectMetadata } from '../metadata/class-metadata.js';
import type { AddedModules, ModulesPlan, PrepareModules } from '../modules/provider-plan.js';
import type { RouteSegment } from '../router/route-segment.js';
import type { HttpMethod } from '../shared/http-method.js';
import type { LazyModule } from '../shared/module.js';
import type { MaybePromise } from '../shared/types.js';
import type { EnhancersPlan, MethodPlan } from './method/method-plan.js';

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

/** The routes and consumers that a lazy module adds to a running application. */
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
  /** Describes the application with the lazy modules that were planned; absent where a build has planned it. */
  describe?(): ApplicationDescription;
}

/** A controller method with its routes. */
export interface RoutePlan {
  readonly method: MethodPlan;
  readonly paths: readonly RoutePath[];
  readonly statusCode?: number;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly redirect?: RedirectMetadata;
  /** Of the method, else of the controller; `false` for none, `undefined` for the application's. */
  readonly cors?: (() => CorsPolicy) | false;
  /** For methods that no route at the path has: of the controller, else of the method. */
  readonly corsOfPath?: (() => CorsPolicy) | false;
}

/** One HTTP method and path of a controller method. */
export interface RoutePath {
  readonly httpMethod: HttpMethod | 'ALL';
  readonly pattern: string;
  /** The version in a header; a version in the path is part of the pattern. */
  readonly version?: string;
  /** The segments of the pattern; several lists, if some are optional. */
  readonly segments: readonly (readonly RouteSegment[])[];
}

/** A controller method that consumes events. */
export interface ConsumerPlan {
  readonly method: MethodPlan;
  readonly metadata: ConsumerMetadata;
}
