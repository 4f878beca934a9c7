import { keptName, KeptNames } from '../../contracts/kept-names.js';
import { mergedMetadata } from '../../metadata/merged-metadata.js';
import { addRoute, Router, type RouterOptions } from '../../router/router.js';
import { methodName } from '../../shared/class-methods.js';
import type { Carriage } from '../../shared/event-types.js';
import type { ConsumerPlan, RoutePath, RoutePlan } from '../application-plan.js';
import type { MethodPlan } from '../method/method-plan.js';
import { registryOf } from '../records/consumer-registry.js';

/** The routes of a controller method, with its name for messages. */
export interface NamedRoutes {
  readonly target: string;
  readonly paths: readonly RoutePath[];
}

/** @param lazy The name of the lazy module that brings the routes. */
export function namedRoutes(routes: readonly RoutePlan[], lazy?: string): NamedRoutes[] {
  return routes.map(({ method: { controller, key, provider }, paths }) => {
    const name = methodName(controller, key);
    return { target: lazy !== undefined ? `${name} in ${provider.moduleName} (${lazy})` : name, paths };
  });
}

/** @throws BootstrapError for two routes that match the same requests. */
export function refuseDuplicateRoutes(routes: readonly NamedRoutes[], options: RouterOptions): void {
  const router = new Router<string>(options);
  for (const { target, paths } of routes) {
    for (const { httpMethod, pattern, version, segments } of paths)
      addRoute(router, { method: httpMethod, pattern, version, target }, segments, (name) => name);
  }
}

/** @throws BootstrapError for two consumers, or a consumer and the option `requestsVia`, that take the same records. */
export function refuseDuplicateConsumers(consumers: readonly ConsumerPlan[], requestsVia: readonly Carriage[]): void {
  const declared = consumers.map(({ method, metadata }) => {
    const name = methodName(method.controller, method.key);
    return { name, metadata, criteria: Object.entries(metadata.criteria) };
  });
  registryOf(declared, requestsVia);
}

/** @throws BootstrapError for two classes with a name under which a decorator keeps something. */
export function refuseSharedNames(methods: readonly MethodPlan[]): void {
  const names = new KeptNames();
  for (const { controller, key } of methods) {
    const { keeps: ofClass = [], methods: ofMethods } = mergedMetadata(controller);
    for (const keeping of [...ofClass, ...(ofMethods.get(key)?.keeps ?? [])])
      names.claim(keptName(controller, key, keeping), controller, keeping.decorator);
  }
}
