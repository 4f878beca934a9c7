import { BootstrapError } from '../../errors/bootstrap-error.js';
import { Scope } from '../../shared/provider.js';
import { labelOf, nameOf } from '../provider-plan.js';
import type { PlannedDependency, PlannedProvider } from './planned-provider.js';

/**
 * Propagates request scope: what depends on a request-scoped instance becomes request-scoped itself.
 *
 * @param order Dependencies first.
 * @throws BootstrapError when `forwardRef` breaks a circle between providers that are not all singletons.
 */
export function assignScopes(order: readonly PlannedProvider[]): void {
  for (const plan of order) assignScope(plan);
  for (const plan of order) for (const dependency of plan.dependencies) checkDeferred(plan, dependency);
}

function assignScope(plan: PlannedProvider): void {
  const needsEvent = plan.dependencies.some(({ target }) => target?.perEvent);
  if ('useExisting' in plan.definition) plan.scope = plan.dependencies[0]?.target?.scope ?? plan.scope;
  else if (needsEvent && plan.scope === Scope.DEFAULT) plan.scope = Scope.REQUEST;
  plan.perEvent = needsEvent || plan.scope === Scope.REQUEST;
}

function checkDeferred(plan: PlannedProvider, { target, deferred }: PlannedDependency): void {
  if (!deferred || !target) return;
  const other = [plan, target].find(({ scope }) => scope !== Scope.DEFAULT);
  if (!other) return;
  throw new BootstrapError(
    `${labelOf(plan)} and ${labelOf(target)} depend on each other through forwardRef, which works only between ` +
      `singletons, and ${nameOf(other)} is ${other.scope}-scoped. Move what they share into a provider of its own.`,
  );
}
