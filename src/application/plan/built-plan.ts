import type { ApplicationDescription } from '../../contracts/application-description.js';
import { decoratedClasses } from '../../metadata/class-registry.js';
import type { ModuleReference } from '../../shared/module.js';
import type { MaybePromise } from '../../shared/types.js';
import type { TransformerMaps } from '../../validation/transformer/transformer-maps.js';
import type { ApplicationPlan, LazyPlanner } from '../application-plan.js';
import type { ApplicationConfig } from '../options/application-config.js';
import type { ApplicationOptions } from '../options/application-options.js';
import { foundHash, type FactSubject, optionsHash } from './application-facts.js';
import type { LoadPlan } from './built-lazy-modules.js';
import type { LoadedModule } from './plan-lazy-modules.js';

/** A plan that `lambent build` made, for one call of `LambdaApplication.create`. */
export interface BuiltPlan {
  /** The hash of what planning read. */
  readonly hash: string;
  /** The hash of all options, which the build has checked. */
  readonly optionsHash: string;
  /** The number of decorated classes at the call. */
  readonly classes: number;
  readonly make: (root: ModuleReference, options: ApplicationOptions) => MaybePromise<ApplicationPlan>;
  /** Loads the plans of its lazy modules, in their order; `undefined` for one that only the process can plan. */
  readonly lazy?: readonly LoadPlan[];
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
  /**
   * @param subjects What the facts of this process are about, for each of the plans.
   * @throws BootstrapError for a bad option, and for every error that metadata shows.
   */
  planAnew(
    root: ModuleReference,
    config: ApplicationConfig,
    subjects: readonly FactSubject[],
  ): Promise<ApplicationPlan>;
  describe(root: ModuleReference, config: ApplicationConfig): Promise<ApplicationDescription>;
  planLazily(
    root: ModuleReference,
    config: ApplicationConfig,
    running: Pick<ApplicationPlan, 'modules' | 'routes'>,
    loaded: readonly LoadedModule[],
  ): Promise<LazyPlanner>;
}

/**
 * Returns the function that a bundle has instead of the planner: it returns the plan that was made of what is
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
    const subjects: FactSubject[] = [];
    for (const plan of plans) {
      const subject = { root, options, classes: decoratedClasses().slice(0, plan.classes), maps: maps?.() };
      if (!config.overrides && foundHash(subject) === plan.hash) {
        if (optionsHash(subject) !== plan.optionsHash) await checkOptions(options);
        const made = await plan.make(root, options);
        return {
          ...made,
          describe: () => planner().then((late) => late.describe(root, config)),
          lazyPlanner: async () => {
            const { BuiltLazyModules } = await import('./built-lazy-modules.js');
            return new BuiltLazyModules(made, plan.lazy ?? [], subject, (loaded) =>
              planner().then((late) => late.planLazily(root, config, made, loaded)),
            );
          },
        };
      }
      subjects.push(subject);
    }
    return (await planner()).planAnew(root, config, subjects);
  };
}
