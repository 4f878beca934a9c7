import { planParameters } from '../binding/parameter.js';
import { getLogger } from '../logging/current-logger.js';
import { classMetadata, type HttpMethod } from '../metadata/class-metadata.js';
import type { ModuleNode } from '../modules/module-node.js';
import { planModules } from '../modules/plan-modules.js';
import { Router } from '../router/router.js';
import type { ModuleReference } from '../shared/module.js';
import type { Constructor } from '../shared/types.js';
import { builtIns } from './built-ins.js';
import type { ApplicationConfig } from './config.js';
import { controllerRoutes } from './controller-routes.js';
import { globalClasses } from './global-enhancers.js';

export interface RouteDescription {
  readonly method: HttpMethod | 'ALL';
  readonly path: string;
  /** Of header versioning; a path version stands in the path. */
  readonly version: string | undefined;
  /** Class and method, as in `OrdersController.create`. */
  readonly handler: string;
  readonly controller: Constructor;
  readonly key: string | symbol;
  readonly module: string;
}

export interface ConsumerDescription {
  /** As in `sqs`; `event` for `@OnEvent`. */
  readonly source: string;
  /** What a record's attributes have to be, as in `{ queue: 'orders' }`. */
  readonly criteria: Readonly<Record<string, string>>;
  readonly batch: boolean;
  /** Class and method, as in `Shipping.ship`. */
  readonly handler: string;
  readonly type: Constructor;
  readonly key: string | symbol;
  readonly module: string;
}

export interface ModuleDescription {
  readonly name: string;
  readonly global: boolean;
  readonly imports: readonly string[];
  readonly controllers: readonly string[];
  readonly providers: readonly string[];
  readonly exports: readonly string[];
}

/** What an application is made of, as its metadata says. */
export interface ApplicationDescription {
  readonly routes: readonly RouteDescription[];
  readonly consumers: readonly ConsumerDescription[];
  /** Imported modules first. */
  readonly modules: readonly ModuleDescription[];
  /** Prefixes of modules that are loaded at their first request; their routes are not known before. */
  readonly lazy: readonly string[];
}

/** @throws BootstrapError for every mistake that metadata shows. */
export function describeApplication(root: ModuleReference, config: ApplicationConfig): ApplicationDescription {
  const { options } = config;
  const plan = planModules(root, { builtIns: builtIns(getLogger(), config), rootInjectables: globalClasses(options) });
  const routes = plan.modules.flatMap((module) =>
    module.controllers.flatMap(({ token }) => describeController(token as Constructor, module, options.versioning)),
  );
  refuseDuplicates(routes);
  const lazy = plan.modules.flatMap(({ lazyModules }) => lazyModules.map(({ lazyPrefix }) => lazyPrefix));
  const consumers = plan.modules.flatMap((module) => module.handlers.flatMap(({ type }) => describeConsumers(type, module.name)));
  return { routes, consumers, modules: plan.modules.map(describeModule), lazy };
}

function describeController(
  controller: Constructor,
  module: ModuleNode,
  versioning: ApplicationConfig['options']['versioning'],
): RouteDescription[] {
  return controllerRoutes(controller, '', versioning).flatMap(({ key, metadata, paths }) => {
    planParameters({ controller, key, metadata });
    return paths.map(({ httpMethod, pattern, version }) => ({
      method: httpMethod,
      path: pattern,
      version,
      handler: `${controller.name}.${String(key)}`,
      controller,
      key,
      module: module.name,
    }));
  });
}

function describeConsumers(type: Constructor, module: string): ConsumerDescription[] {
  return [...classMetadata(type).methods].flatMap(([key, { consumers }]) =>
    consumers.map(({ source, criteria, batch = false }) => ({
      source,
      criteria,
      batch,
      handler: `${type.name}.${String(key)}`,
      type,
      key,
      module,
    })),
  );
}

function refuseDuplicates(routes: readonly RouteDescription[]): void {
  const router = new Router<RouteDescription>(({ handler }) => handler);
  for (const route of routes) router.add(route.method, route.path, route, route.version);
}

function describeModule(module: ModuleNode): ModuleDescription {
  return {
    name: module.name,
    global: module.declaration.global,
    imports: names(module.imports),
    controllers: names(module.controllers),
    providers: names([...module.providers.values(), ...module.appProviders]),
    exports: names(module.exported.values()),
  };
}

function names(named: Iterable<{ readonly name: string }>): string[] {
  return Array.from(named, ({ name }) => name);
}
