import type { Context as LambdaContext } from 'aws-lambda';
import type { Logger } from '../contracts/logger.js';
import { detectHttpAdapter } from '../events/http-adapters.js';
import { AccessLogInterceptor } from '../logging/access-log-interceptor.js';
import type { Container } from '../modules/container.js';
import type { ModuleNode } from '../modules/module-node.js';
import { compileFilters } from '../pipeline/filters.js';
import type { LazyModule } from '../shared/module.js';
import type { ApplicationConfig } from './config.js';
import type { Deliver } from './deliver.js';
import { globalEnhancers } from './global-enhancers.js';
import type { HttpContext } from './http-context.js';
import { HttpDispatcher } from './http-dispatcher.js';
import { HttpRoutes } from './http-routes.js';
import { LazyRoutes } from './lazy-routes.js';
import { RouteCompiler } from './route-compiler.js';

/** An application that is there: its instances, and the way events take through them. */
export interface Runtime {
  readonly container: Container<HttpContext>;
  dispatch(event: unknown, context: LambdaContext, deliver: Deliver): Promise<unknown>;
}

export function createRuntime(container: Container<HttpContext>, config: ApplicationConfig, logger: Logger): Runtime {
  const routes = createRoutes(container, config);
  const dispatcher = createDispatcher(routes, config, logger);
  return {
    container,
    async dispatch(event, context, deliver) {
      const adapter = detectHttpAdapter(event);
      if (!adapter) throw new Error(unknownEvent(event));
      return dispatcher.dispatch(adapter, event, context, deliver);
    },
  };
}

function createRoutes(container: Container<HttpContext>, config: ApplicationConfig): HttpRoutes {
  const globals = globalEnhancers(container, config.options);
  const compiler = new RouteCompiler(container, config, globals);
  const { versioning } = config.options;
  const addRoutes = (module: LazyModule, added: readonly ModuleNode[]) => {
    const compiled = container.controllers(added).flatMap((entry) => compiler.compile(entry, module.lazyPrefix));
    for (const route of compiled) routes.add(route);
    addLazy(added);
  };
  const lazy = new LazyRoutes((module) => container.load(module), addRoutes);
  const addLazy = (modules: readonly ModuleNode[]) => {
    for (const { lazyModules } of modules) for (const module of lazyModules) lazy.add(module, versioning);
  };
  addLazy(container.modules);
  const routes = new HttpRoutes(
    container.controllers().flatMap((entry) => compiler.compile(entry)),
    lazy,
    { cors: config.cors, versioning, globalFilters: compileFilters(globals.filters), json: config.json },
  );
  return routes;
}

function createDispatcher(
  routes: HttpRoutes,
  { options, settings, finish, json, timeoutMargin, basePath }: ApplicationConfig,
  logger: Logger,
): HttpDispatcher {
  const { accessLog = true, unhandledErrors } = options;
  return new HttpDispatcher(routes, {
    basePath,
    request: { bodyLimit: settings.BODY_LIMIT, json },
    finish,
    timeout: settings.FUNCTION_TIMEOUT,
    timeoutMargin,
    respondToUnhandled: unhandledErrors === 'respond',
    accessLog: accessLog === false ? undefined : new AccessLogInterceptor(accessLog === true ? {} : accessLog),
    logger,
  });
}

function unknownEvent(event: unknown): string {
  const members = typeof event === 'object' && event !== null ? `an object with ${Object.keys(event).join(', ') || 'no members'}` : String(event);
  return (
    `No consumer takes this event: ${members}. HTTP requests of API Gateway (REST, HTTP API), Function URLs and ` +
    'Application Load Balancers are dispatched to controllers.'
  );
}
