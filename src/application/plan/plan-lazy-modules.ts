import { BootstrapError } from '../../errors/bootstrap-error.js';
import { LazyModulePlanner } from '../../modules/plan/lazy-module-planner.js';
import type { ModuleGraph } from '../../modules/plan/module-graph.js';
import type { ModuleNode } from '../../modules/plan/module-node.js';
import { withRunningProviders } from '../../modules/plan/running-providers.js';
import { depthFirst } from '../../shared/depth-first.js';
import type { LazyModule, ModuleReference } from '../../shared/module.js';
import { provideSerialization } from '../../validation/transformer/serialization-rules.js';
import type { ApplicationPlan, LazyModulePlan, LazyPlanner } from '../application-plan.js';
import { checkPrefixes, isAt, nameOf, type PlacedModule, prefixOf } from '../http/lazy-routes.js';
import type { ApplicationConfig } from '../options/application-config.js';
import { settledGraph } from './plan-graph.js';
import { MethodPlanner } from './plan-methods.js';
import { namedRoutes, refuseDuplicateRoutes } from './refuse-duplicates.js';

/** A lazy module that was loaded, and what was planned for it. */
export interface LoadedModule extends PlacedModule {
  readonly reference: ModuleReference;
  readonly plan: LazyModulePlan;
}

/** The modules and routes that lazy modules add to an application. */
interface PlannedLazily extends Pick<ApplicationPlan, 'routes'> {
  readonly modules: readonly ModuleNode[];
}

type Planned = Omit<LoadedModule, 'reference'>;

/**
 * Plans the modules of an application again, to plan lazy modules on top of them.
 *
 * @param running The plan that runs, which was made of the same metadata.
 * @param loaded The lazy modules that were added to it, in this order.
 */
export async function planLazily(
  root: ModuleReference,
  config: ApplicationConfig,
  running: Pick<ApplicationPlan, 'modules' | 'routes'>,
  loaded: readonly LoadedModule[] = [],
): Promise<LazyPlanner> {
  provideSerialization();
  const graph = await settledGraph(root, config);
  return lazyPlanner(withRunningProviders(graph, graph.order, running.modules.order), config, running, loaded);
}

/**
 * Returns a planner of lazy modules.
 *
 * @param graph The modules of the application.
 */
export async function lazyPlanner(
  graph: ModuleGraph,
  config: ApplicationConfig,
  { routes }: Pick<ApplicationPlan, 'routes'>,
  loaded: readonly LoadedModule[] = [],
): Promise<LazyPlanner & { planned(): PlannedLazily }> {
  const planner = new LazyModulePlanner(graph, config.overrides);
  for (const { reference, plan } of loaded) await planner.adopt(reference, plan);
  const ofStart = graph.modules.flatMap(({ lazyModules }) => lazyModules);
  let all: readonly Planned[] = loaded;
  const nodesOf = new Map<LazyModulePlan, readonly ModuleNode[]>();
  return {
    prepare: (module, prefix, load) => async (isRunning) => {
      const plan = await planner.prepare({ ...module, ...(load && { load }) }, isRunning);
      return () => {
        const { nodes, modules, units } = plan();
        const methods = new MethodPlanner([...graph.modules, ...nodes], config);
        const added = {
          modules,
          units,
          routes: nodes.flatMap((node) => methods.routes(node, prefix)),
          lazyModules: [...new Set(nodes.flatMap(({ lazyModules }) => lazyModules))].filter(
            (one) => !ofStart.includes(one) || prefixOf(one, prefix) !== prefixOf(one),
          ),
        };
        checkPrefixes(added.lazyModules, prefix, config);
        // With plain names, as those of the application.
        refuseDuplicateRoutes(namedRoutes(added.routes), config.router);
        // One whose start failed is planned again.
        const others = all.filter((one) => !isAt(one, module, prefix));
        const next = [...others, { module, prefix, plan: added }];
        refuseRecursion(module, prefix, next);
        const ofLazy = next.flatMap((one) => namedRoutes(one.plan.routes, nameOf(one)));
        refuseDuplicateRoutes([...namedRoutes(routes), ...ofLazy], config.router);
        all = next;
        nodesOf.set(added, nodes);
        return added;
      };
    },
    planned: () => ({
      modules: [...new Set(all.flatMap(({ plan }) => nodesOf.get(plan) ?? []))],
      routes: all.flatMap(({ plan }) => plan.routes),
    }),
  };
}

/** Refuses a lazy module below itself: its routes would have no end. */
function refuseRecursion(module: LazyModule, prefix: string, all: readonly Planned[]): void {
  const below = (one: LazyModule): readonly LazyModule[] =>
    all.flatMap((each) => (each.module === one ? each.plan.lazyModules : []));
  if (!depthFirst(below(module), below).order.includes(module)) return;
  throw new BootstrapError(
    `What ${nameOf({ prefix })} loads imports it lazily again, below its own prefix, and so on without an end. ` +
      'Import it in one of these modules only.',
  );
}
