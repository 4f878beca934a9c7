import { depthFirst } from './depth-first.js';
import { type ProviderPlan, targetsOf } from './provider-plan.js';

/** The built-in that `plan` reads from the event, itself or further down; `undefined` when it can be made without one. */
export function eventReading(plan: ProviderPlan): ProviderPlan | undefined {
  return depthFirst([plan], targetsOf).order.find(({ definition }) => 'read' in definition);
}
