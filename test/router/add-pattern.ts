import { planPattern } from '../../src/router/plan-pattern.js';
import type { Route } from '../../src/router/route-node.js';
import { addRoute, type Router } from '../../src/router/router.js';

/** Plans the pattern of a route and adds it to the router. */
export function addPattern<T>(router: Router<T>, route: Route<T>, describe: (target: T) => string): void {
  addRoute(router, route, planPattern(route.pattern, describe(route.target), router.options), describe);
}
