import { addRoute } from '../../router/add-route.js';
import type { Route } from '../../router/route-node.js';
import type { RouteSegment } from '../../router/route-segment.js';
import { Router, type RouterOptions } from '../../router/router.js';
import type { Carriage } from '../../shared/event-types.js';
import { ConsumerRegistry, type DeclaredConsumer } from '../records/consumer-registry.js';

/** One method and path of a controller method, whose name is the target, as in `OrdersController.get`. */
export interface NamedRoute {
  readonly route: Route<string>;
  /** The segments of the pattern; several lists, if some are optional. */
  readonly segments: readonly (readonly RouteSegment[])[];
}

/** @throws BootstrapError for two routes that match the same requests. */
export function refuseDuplicateRoutes(routes: Iterable<NamedRoute>, options: RouterOptions): void {
  const router = new Router<string>(options);
  for (const { route, segments } of routes) addRoute(router, route, segments, (name) => name);
}

/** @throws BootstrapError for two consumers, or a consumer and the option `requestsVia`, that take the same records. */
export function refuseDuplicateConsumers(
  consumers: Iterable<Pick<DeclaredConsumer, 'name' | 'metadata'>>,
  requestsVia: readonly Carriage[],
): void {
  const registry = new ConsumerRegistry<DeclaredConsumer>();
  for (const { name, metadata } of consumers)
    registry.add({ name, metadata, criteria: Object.entries(metadata.criteria) });
  for (const carriage of requestsVia) registry.addRequests(carriage);
}
