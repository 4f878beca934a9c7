import { BootstrapError } from '../errors/bootstrap-error.js';
import { Scope } from '../shared/scope.js';
import type { Dependency, ProviderPlan } from './provider-plan.js';

/**
 * Lets request scope bubble up: what depends on an event's instance is made once an event itself.
 *
 * @param order Dependencies first.
 * @throws BootstrapError where a circle was cut between providers that are not singletons.
 */
export function assignScopes(order: readonly ProviderPlan[]): void {
  for (const plan of order) assignScope(plan);
  for (const plan of order) for (const dependency of plan.dependencies) checkCut(plan, dependency);
}

function assignScope(plan: ProviderPlan): void {
  const needsEvent = plan.dependencies.some(({ target }) => target?.perEvent);
  if ('useExisting' in plan.definition) plan.scope = plan.dependencies[0]?.target?.scope ?? plan.scope;
  else if (needsEvent && plan.scope === Scope.DEFAULT) plan.scope = Scope.REQUEST;
  plan.perEvent = needsEvent || plan.scope === Scope.REQUEST;
}

function checkCut(plan: ProviderPlan, { target, deferred }: Dependency): void {
  if (!deferred || !target) return;
  const other = [plan, target].find(({ scope }) => scope !== Scope.DEFAULT);
  if (!other) return;
  throw new BootstrapError(
    `${String(plan)} and ${String(target)} depend on each other through forwardRef, which works between singletons only, ` +
      `and ${other.name} is ${other.scope}-scoped. Move what they share into a provider of its own.`,
  );
}
