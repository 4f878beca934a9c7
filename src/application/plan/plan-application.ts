import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '../../contracts/app-tokens.js';
import type { ApplicationDescription } from '../../contracts/application-description.js';
import type { EnhancerKind } from '../../metadata/class-record.js';
import { ENHANCER_KINDS } from '../../modules/enhancer-kinds.js';
import { NO_OVERRIDES } from '../../modules/overrides.js';
import { appProviders } from '../../modules/plan/find-provider.js';
import type { ModuleGraph } from '../../modules/plan/module-graph.js';
import { ModuleLoader } from '../../modules/plan/module-loader.js';
import type { ModuleNode } from '../../modules/plan/module-node.js';
import { modulesPlan } from '../../modules/plan/modules-plan.js';
import { withRunningProviders } from '../../modules/plan/running-providers.js';
import type { ModulesPlan } from '../../modules/provider-plan.js';
import { methodName } from '../../shared/class-methods.js';
import type { ModuleReference } from '../../shared/module.js';
import { describeToken, type Token } from '../../shared/token.js';
import { provideSerialization } from '../../validation/transformer/serialization-rules.js';
import type { ApplicationPlan, LazyPlanner } from '../application-plan.js';
import type { RoutePlan } from '../http/route-plan.js';
import type { EnhancerPlan, EnhancersPlan } from '../method/method-plan.js';
import type { ApplicationConfig } from '../options/config.js';
import { describeModules } from './describe.js';
import { settledGraph } from './plan-graph.js';
import { MethodPlanner, plannedEnhancer } from './plan-methods.js';
import { planWatcher } from './plan-watcher.js';
import { type NamedRoute, refuseDuplicateConsumers, refuseDuplicateRoutes } from './refuse-duplicates.js';

/**
 * Plans an application: reads its metadata, checks it, and says what to create and what to call.
 *
 * @throws BootstrapError for every error that metadata shows. Nothing is created.
 */
export async function planApplication(root: ModuleReference, config: ApplicationConfig): Promise<ApplicationPlan> {
  provideSerialization();
  const graph = await settledGraph(root, config);
  const { modules } = graph;
  const planner = new MethodPlanner(modules, config);
  const lazyModules = modules.flatMap((module) => module.lazyModules);
  // Without lazy modules, whose routes are known once they are loaded.
  const planned = [...modules];
  const enhancers = globalEnhancers(graph, config, planner);
  const routes = modules.flatMap((module) => planner.routes(module));
  const consumers = modules.flatMap((module) => planner.consumers(module));
  refuseDuplicateRoutes(routes.flatMap(namedRoutes), config.router);
  refuseDuplicateConsumers(
    consumers.map(({ method, metadata }) => ({ name: methodName(method.controller, method.key), metadata })),
    config.requestsVia,
  );
  if (planner.scheduled.size > 0) {
    const { checkSchedules } = await import('./schedules/check-schedules.js');
    planner.scheduled.forEach(checkSchedules);
  }
  const describe = (): ApplicationDescription => describeModules(planned, config);
  const plan: ApplicationPlan = {
    modules: modulesPlan(graph),
    enhancers,
    routes,
    consumers,
    ...(lazyModules.length > 0 && { lazyModules, lazyPlanner: () => lazyPlanner(graph, config) }),
    describe,
  };
  await planWatcher()?.(root, describe());
  return plan;
}

function namedRoutes({ method, paths }: RoutePlan): NamedRoute[] {
  const target = methodName(method.controller, method.key);
  return paths.map(({ httpMethod, pattern, version, segments }) => ({
    route: { method: httpMethod, pattern, version, target },
    segments,
  }));
}

const APP_TOKENS: Readonly<Record<EnhancerKind, Token>> = {
  guards: APP_GUARD,
  interceptors: APP_INTERCEPTOR,
  pipes: APP_PIPE,
  filters: APP_FILTER,
};

/** Plans the providers of the `APP_*` tokens, then the enhancers of the options (in NestJS: `useGlobalGuards` …). */
function globalEnhancers({ root }: ModuleGraph, { options }: ApplicationConfig, planner: MethodPlanner): EnhancersPlan {
  const { guards = [], interceptors = [], pipes = [], filters = [] } = options;
  const given = planner.enhancers({ guards, interceptors, pipes, filters }, root);
  const lists = ENHANCER_KINDS.map((kind) => [kind, [...provided(root, kind), ...(given[kind] ?? [])]] as const);
  return Object.fromEntries(lists.filter(([, list]) => list.length > 0));
}

function provided(root: ModuleNode, kind: EnhancerKind): EnhancerPlan[] {
  const token = APP_TOKENS[kind];
  return appProviders(root, token).map((plan) =>
    plannedEnhancer(plan, kind, `What is provided under ${describeToken(token)}`),
  );
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
