import { consumedBy } from '../../binding/plan/body-kinds.js';
import { planParameters } from '../../binding/plan/plan-parameters.js';
import type { RouteDescription } from '../../contracts/application-description.js';
import { declaredAccess } from '../../metadata/declared-access.js';
import { guardsOf, mergedMetadata } from '../../metadata/merged-metadata.js';
import { isBranded } from '../../shared/brand.js';
import { methodName } from '../../shared/class-methods.js';
import type { Constructor } from '../../shared/types.js';
import type { RoutePlan } from '../application-plan.js';
import { declaredKinds, isFor } from '../method/event-kinds.js';

/**
 * Describes the planned routes of a method.
 *
 * @param guards The guards of all routes.
 */
export function describeRoutes({ method, paths }: RoutePlan, guards: readonly unknown[]): RouteDescription[] {
  const { controller, key, provider } = method;
  const metadata = mergedMetadata(controller).methods.get(key)!;
  const handler = methodName(controller, key);
  const parameters = planParameters({ controller, key, metadata });
  const described = {
    handler,
    controller,
    key,
    module: provider.moduleName,
    parameters,
    consumes: consumedBy(controller, metadata, handler) ?? parameters.find(({ kind }) => kind === 'body')?.consumes,
    guarded: isGuarded(controller, key, guards),
  };
  return paths.map(({ httpMethod, pattern, version }) => ({
    method: httpMethod,
    path: pattern,
    version,
    ...described,
  }));
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
