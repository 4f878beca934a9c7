import type { ApplicationDescription } from '../../contracts/application-description.js';
import { decoratedClasses } from '../../metadata/class-registry.js';
import type { ModuleReference } from '../../shared/module.js';
import type { MaybePromise } from '../../shared/types.js';
import type { TransformerMaps } from '../../validation/transformer/transformer-maps.js';
import type { ApplicationPlan } from '../application-plan.js';
import type { ApplicationOptions } from '../options/application-options.js';
import type { ApplicationConfig } from '../options/config.js';
import { applicationFacts, type ApplicationFacts } from './application-facts.js';

/** A plan that `lambent build` made, for one call of `LambdaApplication.create`. */
export interface BuiltPlan extends Pick<ApplicationFacts, 'hash' | 'optionsHash'> {
  /** How many decorated classes there were at the call. */
  readonly classes: number;
  readonly make: (root: ModuleReference, options: ApplicationOptions) => MaybePromise<ApplicationPlan>;
}

/** The plans of a bundle, and what is loaded where they are not enough. */
export interface BuiltPlans {
  readonly plans: readonly BuiltPlan[];
  /** `undefined` where nothing has decorators of class-transformer. */
  readonly maps: (() => TransformerMaps) | undefined;
  readonly planner: () => Promise<LatePlanner>;
  /** @throws BootstrapError for a bad option. */
  readonly checkOptions: (options: ApplicationOptions) => Promise<void>;
}

/** The planner, in a file of its own. */
export interface LatePlanner {
  /** @param facts The texts of the facts in this process, for each of the plans. */
  planAnew(root: ModuleReference, config: ApplicationConfig, facts: PlanFacts): Promise<ApplicationPlan>;
  describe(root: ModuleReference, config: ApplicationConfig): Promise<ApplicationDescription>;
}

/** The texts of the facts, for each plan. */
export type PlanFacts = readonly (readonly string[])[];

/**
 * Returns the function that a bundle has in the place of the planner: it returns the plan that was made of what is
 * there, and plans anew if there is none.
 */
export function builtPlanner({
  plans,
  maps,
  planner,
  checkOptions,
}: BuiltPlans): (root: ModuleReference, config: ApplicationConfig) => Promise<ApplicationPlan> {
  return async (root, config) => {
    const { options } = config;
    const found: (readonly string[])[] = [];
    for (const plan of plans) {
      const classes = decoratedClasses().slice(0, plan.classes);
      const facts = applicationFacts({ root, options, classes, maps: maps?.() });
      // The build has checked the options that it saw.
      if (facts.optionsHash !== plan.optionsHash) await checkOptions(options);
      if (facts.hash === plan.hash && !config.overrides) {
        const describe = () => planner().then((late) => late.describe(root, config));
        return { ...(await plan.make(root, options)), describe };
      }
      found.push(facts.texts);
    }
    return (await planner()).planAnew(root, config, found);
  };
}
