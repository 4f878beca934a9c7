import type { BuiltLazyModule } from '../../application/plan/built-lazy-modules.js';
import type { BuiltPlan } from '../../application/plan/built-plan.js';
import type { NamedRoutes } from '../../application/plan/refuse-duplicates.js';
import type { RouterOptions } from '../../router/router.js';
import type { PlanItem } from '../build-report.js';
import type { FeatureUse } from '../optional-peers.js';
import type { EmittedValue } from './emit-value.js';

// What the planning process tells the build, as JSON.

/** A plan as text, and what it is about. */
export interface PlanText extends Pick<EmittedValue, 'declarations' | 'expression'> {
  readonly imports: readonly (readonly [module: string, names: readonly (readonly [name: string, local: string])[]])[];
  readonly items: readonly PlanItem[];
  /** Whether any of its classes has decorators of class-transformer. */
  readonly hasTransformers: boolean;
}

/** The plan of one application. */
export interface ApplicationText extends PlanText, Pick<BuiltPlan, 'classes' | 'hash' | 'optionsHash'> {
  /** The facts that planning read, as text. */
  readonly texts: readonly string[];
}

/** The plan of a lazy module. */
export interface LazyModuleText extends PlanText, Pick<BuiltLazyModule, 'hash' | 'names'> {}

/** The findings of planning about an application or a lazy module. Available even if its plan can't be written. */
export interface Findings {
  readonly uses: FeatureUse;
  readonly routes: readonly NamedRoutes[];
  readonly router: RouterOptions;
  /** The whole prefixes of its lazy modules. Each is planned in a process of its own. */
  readonly lazyPrefixes: readonly string[];
}

/** The plans of the applications of one entry; or the error of the application; or why there is no plan. */
export type Outcome<P = ApplicationText> = { readonly findings?: readonly Findings[] } & (
  | { readonly plans: readonly P[]; readonly mistake?: undefined; readonly reason?: undefined }
  | { readonly mistake: string; readonly plans?: undefined; readonly reason?: undefined }
  | { readonly reason: string; readonly plans?: undefined; readonly mistake?: undefined }
);

/** A plan with those of its lazy modules, each by its place among them. */
export type Linked<P extends PlanText> = P & { readonly lazy: readonly LazyPlan[] };

/** The plan of a lazy module; without one, the process plans it when it is loaded. */
export interface LazyPlan {
  readonly plan?: Linked<LazyModuleText>;
}

export type EmittedPlan = Linked<ApplicationText>;
