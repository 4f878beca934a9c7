import type { ProviderPlan } from './provider-plan.js';

/** Longer chains help nobody. */
const MOST = 8;

/** `while creating A, needed by B, C in SomeModule`: who failed, and for whom it was made. */
export function creationChain(failed: ProviderPlan, order: readonly ProviderPlan[]): string {
  const dependants = firstDependants(order);
  const chain = [failed];
  for (let next = dependants.get(failed); next && !chain.includes(next); next = dependants.get(next)) {
    if (chain.push(next) > MOST) break;
  }
  const [first, ...needy] = chain.map(({ name }) => name);
  const neededBy = needy.length > 0 ? `, needed by ${needy.join(', ')}` : '';
  return `while creating ${first}${neededBy} in ${chain.at(-1)?.moduleName}`;
}

function firstDependants(order: readonly ProviderPlan[]): Map<ProviderPlan, ProviderPlan> {
  const dependants = new Map<ProviderPlan, ProviderPlan>();
  for (const plan of order) {
    for (const { target } of plan.dependencies) if (target && !dependants.has(target)) dependants.set(target, plan);
  }
  return dependants;
}
