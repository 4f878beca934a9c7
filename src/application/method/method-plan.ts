import type { ArgumentsPlan } from '../../binding/argument-plan.js';
import type { EnhancerKind } from '../../metadata/class-metadata.js';
import type { ProviderPlan } from '../../modules/provider-plan.js';
import type { Constructor } from '../../shared/types.js';

/** A guard, interceptor, pipe or filter: the provider of its instance, or the instance itself. */
export type EnhancerPlan =
  | {
      readonly provider: ProviderPlan;
      /** The place that names it, if only the instance shows whether it has the method of its kind. */
      readonly unchecked?: string;
    }
  | { readonly instance: object };

/** The enhancers of one level: global, of a class, or of a method. */
export type EnhancersPlan = { readonly [K in EnhancerKind]?: readonly EnhancerPlan[] };

/** A controller method that events are dispatched to. */
export interface MethodPlan {
  readonly controller: Constructor;
  readonly key: string | symbol;
  /** The provider of the controller. */
  readonly provider: ProviderPlan;
  /** Of the class, then of the method. */
  readonly enhancers: readonly EnhancersPlan[];
  readonly arguments: ArgumentsPlan;
  /** Seconds. */
  readonly timeout?: number;
}
