import { BootstrapError } from '../errors/bootstrap-error.js';
import type { Route } from './route-node.js';
import type { RouteSegment } from './route-segment.js';
import type { Router } from './router.js';

/**
 * Adds a route to the router.
 *
 * @param paths The segments of its pattern; several lists if some segments are optional.
 * @param describe Names a target in error messages, as in `OrdersController.get`.
 * @throws BootstrapError if another route matches the same requests.
 */
export function addRoute<T>(
  router: Router<T>,
  route: Route<T>,
  paths: readonly (readonly RouteSegment[])[],
  describe: (target: T) => string,
): void {
  const first = router.add(route, paths);
  if (!first) return;
  const version = route.version === undefined ? '' : ` in version ${route.version}`;
  const both =
    first.pattern === route.pattern
      ? ` ${first.pattern}`
      : `: some path matches "${first.pattern}" and "${route.pattern}", and neither is more specific`;
  throw new BootstrapError(
    `${describe(first.target)} and ${describe(route.target)} both handle ${route.method}${both}${version}. ` +
      'Change the method, path or version of one.',
  );
}
