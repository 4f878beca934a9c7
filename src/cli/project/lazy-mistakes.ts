import type { LazyPlanner } from '../../application/application-plan.js';
import { nameOf, prefixOf } from '../../application/http/lazy-routes.js';
import { annotateError } from '../../modules/annotate-error.js';
import type { LazyModule } from '../../shared/module.js';
import { orStuck } from './import-watch.js';

const NEVER_LOADED = 'The promise of its function never settles';

/**
 * Loads the lazy modules of an application and plans them, as if the first request for each came now: what a lazy
 * module itself imports lazily, too. Nothing is created.
 *
 * @returns the errors that those requests would get, each with the name of its lazy module.
 */
export async function lazyMistakes(modules: readonly LazyModule[], planner: LazyPlanner): Promise<readonly Error[]> {
  const mistakes: Error[] = [];
  const check = async (module: LazyModule, within: string): Promise<void> => {
    const prefix = prefixOf(module, within);
    try {
      const plan = await orStuck(
        planner.prepare(module, prefix)(() => true),
        NEVER_LOADED,
      );
      await checkAll(plan().lazyModules, prefix);
    } catch (error) {
      mistakes.push(annotateError(error, `in ${nameOf({ prefix })}`));
    }
  };
  const checkAll = (all: readonly LazyModule[], within: string): Promise<unknown> =>
    Promise.all(all.map((module) => check(module, within)));
  await checkAll(modules, '/');
  return mistakes;
}
