import { httpArgument } from '../../binding/http-argument.js';
import type { CorsPolicy } from '../../http/policies/cors.js';
import { AccessLog } from '../../logging/access-log/access-log.js';
import { compileFilters } from '../../pipeline/filters.js';
import type { ApplicationPlan, RoutePlan } from '../application-plan.js';
import type { EventLogging } from '../event/run-event.js';
import { enhancersFor } from '../method/event-kinds.js';
import type { MethodCompiler } from '../method/method-compiler.js';
import { compileRoute } from './compile-route.js';
import { HttpDispatcher } from './http-dispatcher.js';
import type { HttpFeatures } from './http-features.js';
import { HttpRoutes, type Route } from './http-routes.js';

/** Creates the part of an application that dispatches requests. */
export async function createHttpDispatcher(
  plan: ApplicationPlan,
  methods: MethodCompiler,
  { policies, nestedFields }: HttpFeatures,
  { logger, coldStart, observe }: EventLogging,
): Promise<HttpDispatcher> {
  const { options, settings, json, time, basePath } = methods.config;
  const { accessLog = true, unhandledErrors } = options;
  const { cors } = policies;
  return new HttpDispatcher(await createRoutes(plan, methods, cors), {
    ...time,
    basePath,
    request: { bodyLimit: settings.BODY_LIMIT, json, nested: nestedFields },
    policies,
    cors,
    respondToUnhandled: unhandledErrors === 'respond',
    accessLog: accessLog === false ? undefined : new AccessLog(accessLog === true ? {} : accessLog, coldStart),
    logger,
    observe,
  });
}

async function createRoutes(
  plan: ApplicationPlan,
  methods: MethodCompiler,
  cors: CorsPolicy | undefined,
): Promise<HttpRoutes> {
  const { config, globals } = methods;
  const { versioning } = config.options;
  const compile = (plans: readonly RoutePlan[]): Route[] => plans.flatMap((one) => compileRoutes(one, methods, cors));
  const lazy =
    plan.lazyModules &&
    (await import('./lazy-routes.js')).lazyRoutes(plan, methods, {
      addRoutes: (added) => compile(added).forEach((route) => routes.add(route)),
      isRouted: (request) => routes.isRouted(request),
    });
  const { filters } = enhancersFor(globals, 'http');
  const globalFilters = filters.length > 0 ? compileFilters(filters) : undefined;
  const routes = new HttpRoutes(compile(plan.routes), lazy, {
    cors,
    versioning,
    router: config.router,
    globalFilters,
    json: config.json,
  });
  return routes;
}

/** Compiles a controller method, for each of its paths. */
function compileRoutes(plan: RoutePlan, methods: MethodCompiler, policy: CorsPolicy | undefined): Route[] {
  const parts = methods.parts(plan.method, { type: 'http', source: httpArgument });
  const own = corsOf(plan.cors);
  const cors = own === undefined ? policy : own || undefined;
  const { json, options } = methods.config;
  const plainJson = options.json ?? JSON;
  return plan.paths.map(compileRoute({ ...parts, plan, json, plainJson, cors, corsOfPath: corsOf(plan.corsOfPath) }));
}

function corsOf(given: RoutePlan['cors']): Route['corsOfPath'] {
  return given === undefined || given === false ? given : given();
}
