import { httpArgument } from '../../binding/http-argument.js';
import type { Logger } from '../../contracts/logger.js';
import type { CorsPolicy } from '../../http/policies/cors.js';
import { AccessLog } from '../../logging/access-log/access-log.js';
import type { ColdStart } from '../../logging/logger/event-fields.js';
import { classMetadata } from '../../metadata/class-metadata.js';
import type { PlannedHandler } from '../../modules/instances/provider-lookup.js';
import type { ModuleNode } from '../../modules/plan/module-node.js';
import { compileFilters } from '../../pipeline/filters.js';
import type { EventContext } from '../event/event-context.js';
import { enhancersFor } from '../method/event-kinds.js';
import type { MethodCompiler } from '../method/method-compiler.js';
import type { ApplicationConfig } from '../options/config.js';
import { compileRoute } from './compile-route.js';
import { controllerRoutes } from './controller-routes.js';
import { HttpDispatcher } from './http-dispatcher.js';
import { HttpRoutes, type Route } from './http-routes.js';
import { LazyRoutes } from './lazy-routes.js';
import type { ResponsePolicies } from './make-policies.js';

/** Creates the part of an application that dispatches requests. */
export function createHttpDispatcher(
  methods: MethodCompiler,
  policies: ResponsePolicies,
  logger: Logger,
  coldStart: ColdStart,
): HttpDispatcher {
  const options = { ...dispatcherOptions(methods.config, logger, coldStart), policies };
  return new HttpDispatcher(createRoutes(methods, policies.cors), options);
}

function createRoutes(methods: MethodCompiler, cors: CorsPolicy | undefined): HttpRoutes {
  const { config, container, globals } = methods;
  const { versioning } = config.options;
  const routesOf = (modules: readonly ModuleNode[], prefix?: string) =>
    container.controllers(modules).flatMap((owner) => compileRoutes(owner, methods, prefix));
  const lazy = new LazyRoutes({
    versioning,
    caseSensitive: config.router.caseSensitive,
    bootstrap: (module) => container.load(module),
    addRoutes: (added, prefix) => routesOf(added, prefix).forEach((route) => routes.add(route)),
    isRouted: (path) => routes.isRouted(path),
  });
  const lazyModules = container.modules.flatMap((module) => module.lazyModules);
  for (const module of lazyModules) lazy.add(module);
  const { filters } = enhancersFor(globals, 'http');
  const globalFilters = filters.length > 0 ? compileFilters(filters) : undefined;
  const routes = new HttpRoutes(routesOf(container.modules), lazyModules.length > 0 ? lazy : undefined, {
    cors,
    versioning,
    router: config.router,
    globalFilters,
    json: config.json,
  });
  return routes;
}

function dispatcherOptions(
  config: ApplicationConfig,
  logger: Logger,
  coldStart: ColdStart,
): Omit<HttpDispatcher['options'], 'policies'> {
  const { options, settings, json, time, basePath } = config;
  const { accessLog = true, unhandledErrors } = options;
  return {
    basePath,
    request: { bodyLimit: settings.BODY_LIMIT, json, nested: options.query === 'nested' },
    ...time,
    respondToUnhandled: unhandledErrors === 'respond',
    accessLog: accessLog === false ? undefined : new AccessLog(accessLog === true ? {} : accessLog, coldStart),
    logger,
  };
}

/**
 * Compiles the routes of a controller.
 *
 * @param prefix The prefix of a lazy module, before every path.
 */
function compileRoutes(owner: PlannedHandler<EventContext>, methods: MethodCompiler, prefix = ''): Route[] {
  const { json, options } = methods.config;
  const corsOfClass = corsOf(classMetadata(owner.type).cors);
  return controllerRoutes(owner.type, prefix, options.versioning).flatMap(({ key, metadata, paths }) => {
    const parts = methods.parts({ owner, key, metadata }, { type: 'http', source: httpArgument });
    const cors = metadata.cors === undefined ? corsOfClass : corsOf(metadata.cors);
    return paths.map(compileRoute({ ...parts, json, cors, corsOfPath: corsOfClass ?? cors }));
  });
}

function corsOf(given: unknown): Route['cors'] {
  return given === undefined || given === false ? given : (given as () => CorsPolicy)();
}
