import { BootstrapError } from '../errors/bootstrap-error.js';
import { depthFirst } from './depth-first.js';
import type { Dependency, ProviderPlan } from './provider-plan.js';

/**
 * Brings providers into the order they can be made in, dependencies first, modules in their order otherwise.
 *
 * A circle is cut at a `forwardRef`; each cut costs another walk, and there are few.
 *
 * @throws BootstrapError for a circle that has no `forwardRef`.
 */
export function creationOrder(plans: readonly ProviderPlan[]): readonly ProviderPlan[] {
  const own = new Set(plans);
  // What an earlier load has made is no node of this graph.
  const next = (plan: ProviderPlan): ProviderPlan[] => uncut(plan).filter((target) => own.has(target));
  for (;;) {
    const { order, circle } = depthFirst(plans, next);
    if (!circle) return order;
    cut(circle);
  }
}

function uncut(plan: ProviderPlan): ProviderPlan[] {
  return plan.dependencies.flatMap(({ target, deferred }) => (target && !deferred ? [target] : []));
}

/** Only one `forwardRef` is cut, the last: the fewer stand-ins the better. A property can always be given the instance in the end. */
function cut(circle: readonly ProviderPlan[]): void {
  const edges = circle.flatMap((plan, index) => forwardEdge(plan, circle[(index + 1) % circle.length]) ?? []);
  const edge = edges.findLast(({ property }) => property !== undefined) ?? edges.at(-1);
  if (!edge) throw new BootstrapError(describeCircle(circle));
  edge.deferred = true;
}

function forwardEdge(from: ProviderPlan, to: ProviderPlan | undefined): Dependency | undefined {
  return from.dependencies.find(({ target, forward, deferred }) => target === to && forward && !deferred);
}

function describeCircle(circle: readonly ProviderPlan[]): string {
  const [first] = circle;
  const path = [...circle, first].map(String).join(' → ');
  if (circle.length === 1) return `${String(first)} depends on itself: ${path}.`;
  return (
    `These providers depend on each other in a circle: ${path}. Move what they share into a provider of its own, ` +
    `or cut the circle with @Inject(forwardRef(() => TheOther)) on one of the parameters.`
  );
}
