import type { ApplicationDescription } from '../../contracts/application-description.js';
import { modulesPlan } from '../../modules/plan/module-graph.js';
import type { ModuleNode } from '../../modules/plan/module-node.js';
import type { ModuleReference } from '../../shared/module.js';
import { provideSerialization } from '../../validation/transformer/serialization-rules.js';
import type { ApplicationPlan, RoutePlan } from '../application-plan.js';
import type { ApplicationConfig } from '../options/application-config.js';
import { describePlanned } from './describe-application.js';
import { planDispatch } from './plan-dispatch.js';
import { settledGraph } from './plan-graph.js';
import { planWatcher } from './plan-watcher.js';

/**
 * Plans an application: reads its metadata, checks it, and says what to create and what to call.
 *
 * @throws BootstrapError for every error that metadata shows. Nothing is created.
 */
export async function planApplication(root: ModuleReference, config: ApplicationConfig): Promise<ApplicationPlan> {
  provideSerialization();
  const graph = await settledGraph(root, config);
  const { modules } = graph;
  const lazyModules = [...new Set(modules.flatMap((module) => module.lazyModules))];
  if (lazyModules.length > 0) {
    const { checkPrefixes } = await import('../http/lazy-routes.js');
    checkPrefixes(lazyModules, '/', config);
  }
  // Without lazy modules, whose routes are known once they are loaded.
  const planned = [...modules];
  const dispatch = planDispatch(graph, config);
  const { schedules, ...dispatched } = dispatch;
  if (schedules.size > 0) {
    const { checkSchedules } = await import('./schedules/check-schedules.js');
    for (const type of new Set([...schedules.keys()].map(({ method }) => method.controller))) checkSchedules(type);
  }
  const describe = (): ApplicationDescription => describePlanned(planned, dispatch, config);
  const describeWith = (lazy: { modules: readonly ModuleNode[]; routes: readonly RoutePlan[] }) => ({
    ...describePlanned(
      [...planned, ...lazy.modules],
      { ...dispatch, routes: [...dispatch.routes, ...lazy.routes] },
      config,
    ),
    // Those that lazy modules import have prefixes below theirs.
    lazy: describe().lazy,
  });
  const plan: ApplicationPlan = {
    modules: modulesPlan(graph),
    ...dispatched,
    ...(lazyModules.length > 0 && {
      lazyModules,
      lazyPlanner: async () => {
        const { lazyPlanner } = await import('./plan-lazy-modules.js');
        const planner = await lazyPlanner(graph, config, dispatched);
        return { ...planner, describe: () => describeWith(planner.planned()) };
      },
    }),
    describe,
  };
  await planWatcher()?.(root, plan);
  return plan;
}
