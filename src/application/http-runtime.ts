import type { Logger } from '../contracts/logger.js';
import { AccessLogInterceptor } from '../logging/access-log-interceptor.js';
import type { ColdStart } from '../logging/cold-start.js';
import type { ModuleNode } from '../modules/module-node.js';
import { compileFilters } from '../pipeline/filters.js';
import type { LazyModule } from '../shared/module.js';
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
  const { filters } = enhancersFor(globals, 'http');
  const addRoutes = (module: LazyModule, added: readonly ModuleNode[]) => {
    const compiled = container.controllers(added).flatMap((owner) => compileRoutes(owner, methods, module.lazyPrefix));
    for (const route of compiled) routes.add(route);
    addLazy(added);
  };
  const lazy = new LazyRoutes((module) => container.load(module), addRoutes);
  const addLazy = (modules: readonly ModuleNode[]) => {
    for (const { lazyModules } of modules) for (const module of lazyModules) lazy.add(module, versioning);
  };
  addLazy(container.modules);
  const routes = new HttpRoutes(
    container.controllers().flatMap((owner) => compileRoutes(owner, methods)),
    lazy,
    { cors: config.cors, versioning, globalFilters: filters.length > 0 ? compileFilters(filters) : undefined, json: config.json },
  );
  return routes;
}

function dispatcherOptions(config: ApplicationConfig, logger: Logger, coldStart: ColdStart): HttpDispatcher['options'] {
  const { options, settings, finish, json, time, basePath } = config;
  const { accessLog = true, unhandledErrors } = options;
  return {
    basePath,
    request: { bodyLimit: settings.BODY_LIMIT, json },
    finish,
    ...time,
    respondToUnhandled: unhandledErrors === 'respond',
    accessLog: accessLog === false ? undefined : new AccessLogInterceptor(accessLog === true ? {} : accessLog, coldStart),
    logger,
  };
}
