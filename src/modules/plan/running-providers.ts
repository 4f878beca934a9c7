import { BootstrapError } from '../../errors/bootstrap-error.js';
import { labelOf, type ProviderPlan } from '../provider-plan.js';
import type { ModuleGraph } from './module-graph.js';
import type { PlannedProvider } from './planned-provider.js';

/**
 * Replaces the providers of a graph, which was planned again from the same metadata, by the running ones: instances are
 * found by the objects that plan them. Both plans have the same providers in the same order.
 *
 * @param planned The providers of the graph that are to be replaced.
 * @throws BootstrapError where they differ, because a function in `imports` has returned another module this time.
 */
export function withRunningProviders(
  graph: ModuleGraph,
  planned: readonly PlannedProvider[],
  running: readonly ProviderPlan[],
): ModuleGraph {
  const replaced = new Map<PlannedProvider, PlannedProvider>();
  for (const [index, plan] of planned.entries()) {
    const other = running[index];
    if (!other || labelOf(other) !== labelOf(plan)) throw new BootstrapError(differs(labelOf(plan)));
    replaced.set(plan, other as PlannedProvider);
  }
  for (const node of graph.modules) node.replacePlans(replaced);
  return graph;
}

function differs(label: string): string {
  return (
    `${label} was not planned when the application started, so no lazy module can be added to it. ` +
    'A forwardRef in imports must return the same module each time.'
  );
}
