import type { LatePlanner } from './built-plan.js';
import { checkApplicationOptions } from './check-application-options.js';
import { warnOfDifference } from './differing-facts.js';
import { planApplication } from './plan-application.js';
import { planLazily } from './plan-lazy-modules.js';

/**
 * Returns the planner of a bundle, which plans in the process when no plan fits.
 *
 * @param built What the build read for each plan, to say what is different.
 */
export function latePlanner(built: Parameters<typeof warnOfDifference>[0]): LatePlanner {
  return {
    planAnew(root, config, subjects) {
      checkApplicationOptions(config.options);
      if (!config.overrides) warnOfDifference(built, subjects);
      return planApplication(root, config);
    },
    async describe(root, config) {
      const { describe } = await planApplication(root, config);
      return describe!();
    },
    planLazily,
  };
}
