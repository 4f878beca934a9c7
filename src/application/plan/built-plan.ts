import { decoratedClasses } from '../../metadata/class-registry.js';
import type { ModuleReference } from '../../shared/module.js';
import type { MaybePromise } from '../../shared/types.js';
import type { TransformerMaps } from '../../validation/transformer/transformer-maps.js';
import type { ApplicationOptions } from '../options/application-options.js';
import type { ApplicationConfig } from '../options/config.js';
import { applicationFacts } from './application-facts.js';

/** A plan that `lambent build` made, for one call of `LambdaApplication.create`. */
export interface BuiltPlan<P> {
  /** How many decorated classes there were at the call. */
  readonly classes: number;
  /** The hash of the facts that the plan was made of. */
  readonly hash: string;
  readonly make: (root: ModuleReference, options: ApplicationOptions) => P;
}

/** The plans of a bundle, and what to do where none of them fits. */
export interface BuiltPlans<P> {
  readonly plans: readonly BuiltPlan<P>[];
  /** `undefined` where nothing has decorators of class-transformer. */
  readonly maps: (() => TransformerMaps) | undefined;
  /** Plans in the process, and tells why, given the facts of this process for each of the plans. */
  readonly planAnew: (root: ModuleReference, config: ApplicationConfig, facts: PlanFacts) => Promise<P>;
}

/** The texts of the facts, for each plan. */
export type PlanFacts = readonly (readonly string[])[];

/**
 * Returns the function that a bundle has in the place of the planner: it returns the plan that was made of what is
 * there, and plans anew if there is none.
 */
export function builtPlanner<P>({
  plans,
  maps,
  planAnew,
}: BuiltPlans<P>): (root: ModuleReference, config: ApplicationConfig) => MaybePromise<P> {
  return (root, config) => {
    const { options } = config;
    const all: string[][] = [];
    if (!config.overrides) {
      for (const { classes, hash, make } of plans) {
        const known = decoratedClasses().slice(0, classes);
        const facts = applicationFacts({ root, options, classes: known, maps: maps?.() });
        if (facts.hash === hash) return make(root, options);
        all.push([...facts.texts]);
      }
    }
    return planAnew(root, config, all);
  };
}
