import { consumedBy } from '../../binding/plan/body-kinds.js';
import { planParameters } from '../../binding/plan/plan-parameters.js';
import type { RouteDescription } from '../../contracts/application-description.js';
import { guardsOf } from '../../metadata/class-metadata.js';
import { declaredAccess } from '../../metadata/declared-access.js';
import type { ModuleNode } from '../../modules/plan/module-node.js';
import { isBranded } from '../../shared/brand.js';
import { methodName } from '../../shared/class-methods.js';
import type { Constructor } from '../../shared/types.js';
import { declaredKinds, isFor } from '../method/event-kinds.js';
import type { ApplicationConfig } from '../options/application-config.js';
import { controllerRoutes } from './controller-routes.js';

/** What the options of the application and its modules say of all routes. */
interface OfAllRoutes extends Pick<ApplicationConfig['options'], 'versioning'> {
  readonly guards: readonly unknown[];
}

/** Describes the routes of modules. */
export function describeRoutes(modules: readonly ModuleNode[], ofAll: OfAllRoutes): RouteDescription[] {
  return modules.flatMap((module) =>
    module.controllers.flatMap(({ definition }) =>
      describeController(definition.provide as Constructor, module, ofAll),
    ),
  );
}

function describeController(
  controller: Constructor,
  module: ModuleNode,
  { versioning, guards }: OfAllRoutes,
): RouteDescription[] {
  return controllerRoutes(controller, module.routePrefix, versioning).flatMap(({ key, metadata, paths }) => {
    const handler = methodName(controller, key);
    const parameters = planParameters({ controller, key, metadata });
    const consumes =
      consumedBy(controller, metadata, handler) ?? parameters.find(({ kind }) => kind === 'body')?.consumes;
    const guarded = isGuarded(controller, key, guards);
    return paths.map(({ httpMethod, pattern, version }) => ({
      method: httpMethod,
      path: pattern,
      version,
      handler,
      controller,
      key,
      module: module.name,
      parameters,
      consumes,
      guarded,
    }));
  });
}

/** Whether a guard may refuse the callers of a route. Of guards that are not known here, any may. */
function isGuarded(controller: Constructor, key: string | symbol, ofAll: readonly unknown[]): boolean {
  const { identity } = declaredAccess(controller, key) ?? {};
  const isOpen = identity === 'ignored' || identity === 'optional';
  return guardsOf(controller, key, ofAll).some(
    (guard) =>
      isFor(declaredKinds(guard), 'http') &&
      !isBranded(guard, 'RateLimitGuard') &&
      !(isOpen && isBranded(guard, 'AuthGuard')),
  );
}
