import type { ApplicationDescription } from '../../contracts/application-description.js';
import { NO_OVERRIDES } from '../../modules/overrides.js';
import { type ModuleGraph, modulesPlan } from '../../modules/plan/module-graph.js';
import { ModuleLoader } from '../../modules/plan/module-loader.js';
import type { ModuleNode } from '../../modules/plan/module-node.js';
import { withRunningProviders } from '../../modules/plan/running-providers.js';
import type { ModulesPlan } from '../../modules/provider-plan.js';
import type { ModuleReference } from '../../shared/module.js';
import { provideSerialization } from '../../validation/transformer/serialization-rules.js';
import type { ApplicationPlan, LazyPlanner } from '../application-plan.js';
import type { ApplicationConfig } from '../options/application-config.js';
import { describePlanned } from './describe-application.js';
import { planDispatch } from './plan-dispatch.js';
import { settledGraph } from './plan-graph.js';
import { MethodPlanner } from './plan-methods.js';
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
  const lazyModules = modules.flatMap((module) => module.lazyModules);
  // Without lazy modules, whose routes are known once they are loaded.
  const planned = [...modules];
  const dispatch = planDispatch(graph, config);
  const { schedules, ...dispatched } = dispatch;
  if (schedules.size > 0) {
    const { checkSchedules } = await import('./schedules/check-schedules.js');
    for (const type of new Set([...schedules.keys()].map(({ method }) => method.controller))) checkSchedules(type);
  }
  const describe = (): ApplicationDescription => describePlanned(planned, dispatch, config);
  const plan: ApplicationPlan = {
    modules: modulesPlan(graph),
    ...dispatched,
    ...(lazyModules.length > 0 && { lazyModules, lazyPlanner: () => lazyPlanner(graph, config) }),
    describe,
  };
  await planWatcher()?.(root, describe());
  return plan;
}

/**
 * Plans the modules of an application again, to plan lazy modules on top of them.
 *
 * @param running The plan that runs, which was made of the same metadata.
 */
export async function planLazily(
  root: ModuleReference,
  config: ApplicationConfig,
  running: ModulesPlan,
): Promise<LazyPlanner> {
  provideSerialization();
  return lazyPlanner(withRunningProviders(await settledGraph(root, config), running), config);
}

function lazyPlanner(graph: ModuleGraph, config: ApplicationConfig): LazyPlanner {
  const { overrides = NO_OVERRIDES } = config;
  const planner: LazyPlanner<ModuleNode> = {
    loading: (application) => new ModuleLoader(application, graph, overrides),
    routesOf: (module, prefix) => new MethodPlanner([...graph.modules, module], config).routes(module, prefix),
    lazyModulesOf: (module) => module.lazyModules,
  };
  return planner as unknown as LazyPlanner;
}
