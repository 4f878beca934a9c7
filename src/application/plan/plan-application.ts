import type { ApplicationDescription } from '../../contracts/application-description.js';
import { LazyModulePlanner } from '../../modules/plan/lazy-module-planner.js';
import { modulesPlan } from '../../modules/plan/module-graph.js';
import { withRunningProviders } from '../../modules/plan/running-providers.js';
import type { ModulesPlan } from '../../modules/provider-plan.js';
import type { ModuleReference } from '../../shared/module.js';
import { provideSerialization } from '../../validation/transformer/serialization-rules.js';
import type { ApplicationPlan, LazyModulePlan, LazyPlanner } from '../application-plan.js';
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
    ...(lazyModules.length > 0 && {
      lazyModules,
      lazyPlanner: () => lazyPlanner(new LazyModulePlanner(graph, config.overrides), config),
    }),
    describe,
  };
  await planWatcher()?.(root, describe());
  return plan;
}

/** A lazy module that runs, and what was planned for it. */
export interface LoadedModule {
  readonly reference: ModuleReference;
  readonly plan: LazyModulePlan;
}

/**
 * Plans the modules of an application again, to plan lazy modules on top of them.
 *
 * @param running The plan that runs, which was made of the same metadata.
 * @param loaded The lazy modules that were added to it, in this order.
 */
export async function planLazily(
  root: ModuleReference,
  config: ApplicationConfig,
  running: ModulesPlan,
  loaded: readonly LoadedModule[] = [],
): Promise<LazyPlanner> {
  provideSerialization();
  const graph = await settledGraph(root, config);
  const planner = new LazyModulePlanner(withRunningProviders(graph, graph.order, running.order), config.overrides);
  for (const { reference, plan } of loaded) await planner.adopt(reference, plan);
  return lazyPlanner(planner, config);
}

function lazyPlanner(planner: LazyModulePlanner, config: ApplicationConfig): LazyPlanner {
  return {
    prepare: (module, prefix) => async (isRunning) => {
      const plan = await planner.prepare(module, isRunning);
      return () => {
        const { nodes, modules, units } = plan();
        const methods = new MethodPlanner([...planner.base.modules, ...nodes], config);
        return {
          modules,
          units,
          routes: nodes.flatMap((node) => methods.routes(node, prefix)),
          lazyModules: nodes.flatMap((node) => node.lazyModules),
        };
      };
    },
  };
}
