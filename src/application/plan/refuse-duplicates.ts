import { addRoute } from '../../router/add-route.js';
import { Router, type RouterOptions } from '../../router/router.js';
import { methodName } from '../../shared/class-methods.js';
import type { Carriage } from '../../shared/event-types.js';
import type { RoutePlan } from '../http/route-plan.js';
import type { ConsumerPlan } from '../records/consumer-plan.js';
import { registryOf } from '../records/consumer-registry.js';

/** @throws BootstrapError for two routes that match the same requests. */
export function refuseDuplicateRoutes(routes: readonly RoutePlan[], options: RouterOptions): void {
  const router = new Router<string>(options);
  for (const { method, paths } of routes) {
    const target = methodName(method.controller, method.key);
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
