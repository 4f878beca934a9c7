import type { Logger } from '../contracts/logger.js';
import { AccessLogInterceptor } from '../logging/access-log-interceptor.js';
import type { ColdStart } from '../logging/cold-start.js';
import type { ModuleNode } from '../modules/module-node.js';
import { compileFilters } from '../pipeline/filters.js';
import { compileRoutes } from './compile-routes.js';
import type { ApplicationConfig } from './config.js';
import { enhancersFor } from './enhancers-for.js';
import { HttpDispatcher } from './http-dispatcher.js';
import { HttpRoutes } from './http-routes.js';
import { LazyRoutes } from './lazy-routes.js';
import type { MethodCompiler } from './method-compiler.js';

/** The part of an application that answers requests. */
export function createHttpDispatcher(methods: MethodCompiler, logger: Logger, coldStart: ColdStart): HttpDispatcher {
  return new HttpDispatcher(createRoutes(methods), dispatcherOptions(methods.config, logger, coldStart));
}

function createRoutes(methods: MethodCompiler): HttpRoutes {
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
  for (const { lazyModules } of container.modules) for (const module of lazyModules) lazy.add(module);
  const { filters } = enhancersFor(globals, 'http');
  const globalFilters = filters.length > 0 ? compileFilters(filters) : undefined;
  const routes = new HttpRoutes(routesOf(container.modules), lazy, { cors: config.cors, versioning, router: config.router, globalFilters, json: config.json });
  return routes;
}

function dispatcherOptions(config: ApplicationConfig, logger: Logger, coldStart: ColdStart): HttpDispatcher['options'] {
  const { options, settings, finish, json, time, basePath } = config;
  const { accessLog = true, unhandledErrors } = options;
  return {
    basePath,
    request: { bodyLimit: settings.BODY_LIMIT, json, nested: options.query === 'nested' },
    finish,
    ...time,
    respondToUnhandled: unhandledErrors === 'respond',
    accessLog: accessLog === false ? undefined : new AccessLogInterceptor(accessLog === true ? {} : accessLog, coldStart),
    logger,
  };
}
