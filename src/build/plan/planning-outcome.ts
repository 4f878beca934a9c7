import type { BuiltPlan } from '../../application/plan/built-plan.js';
import type { PlanItem } from '../build-report.js';
import type { FeatureUse } from '../optional-peers.js';
import type { EmittedValue } from './emit-value.js';

// What the planning process tells the build, as JSON.

/** The plan of one application. */
export interface EmittedPlan
  extends Pick<BuiltPlan, 'classes' | 'hash' | 'optionsHash'>, Pick<EmittedValue, 'declarations' | 'expression'> {
  /** What planning read, as text. */
  readonly texts: readonly string[];
  readonly imports: readonly (readonly [module: string, names: readonly (readonly [name: string, local: string])[]])[];
  readonly items: readonly PlanItem[];
  /** Whether any of them has decorators of class-transformer. */
  readonly hasTransformers: boolean;
}

/** The plans of the applications of one entry; or the error of the application; or why there is no plan. */
export type Outcome = {
  /** The features that each application uses, as far as they are known. Also there if the plan can't be written. */
  readonly uses?: readonly FeatureUse[];
} & (
  | { readonly plans: readonly EmittedPlan[]; readonly mistake?: undefined; readonly reason?: undefined }
  | { readonly mistake: string; readonly plans?: undefined; readonly reason?: undefined }
  | { readonly reason: string; readonly plans?: undefined; readonly mistake?: undefined }
);
