import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '../../contracts/app-tokens.js';
import type { EnhancerKind } from '../../metadata/class-metadata.js';
import { ENHANCER_KINDS } from '../../modules/enhancer-kinds.js';
import { appProviders } from '../../modules/plan/find-provider.js';
import type { ModuleGraph } from '../../modules/plan/module-graph.js';
import type { ModuleNode } from '../../modules/plan/module-node.js';
import type { Schedule } from '../../shared/schedule.js';
import { describeToken, type Token } from '../../shared/token.js';
import type { ApplicationPlan, ConsumerPlan } from '../application-plan.js';
import type { EnhancerPlan, EnhancersPlan } from '../method/method-plan.js';
import type { ApplicationConfig } from '../options/application-config.js';
import { MethodPlanner, plannedEnhancer } from './plan-methods.js';
import {
  namedRoutes,
  refuseDuplicateConsumers,
  refuseDuplicateRoutes,
  refuseSharedNames,
} from './refuse-duplicates.js';

/** The dispatch plan of an application's events. */
export interface PlannedDispatch extends Pick<ApplicationPlan, 'enhancers' | 'routes' | 'consumers'> {
  /** The schedules that consumers declare, which are to be checked. */
  readonly schedules: ReadonlyMap<ConsumerPlan, Schedule>;
}

/**
 * Plans the routes, the consumers and the global enhancers of an application.
 *
 * @throws BootstrapError for every error of theirs that metadata shows, but for those of schedules.
 */
export function planDispatch(graph: ModuleGraph, config: ApplicationConfig): PlannedDispatch {
  const { modules } = graph;
  const planner = new MethodPlanner(modules, config);
  const enhancers = globalEnhancers(graph, config, planner);
  const routes = modules.flatMap((module) => planner.routes(module));
  const consumers = modules.flatMap((module) => planner.consumers(module));
  refuseDuplicateRoutes(namedRoutes(routes), config.router);
  refuseDuplicateConsumers(consumers, config.requestsVia);
  refuseSharedNames([...routes, ...consumers].map(({ method }) => method));
  return { enhancers, routes, consumers, schedules: planner.schedules };
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
