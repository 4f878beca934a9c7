import { depthFirst } from './depth-first.js';
import type { ModuleNode } from './module-node.js';
import { type ProviderPlan, targetsOf } from './provider-plan.js';

/** Modules that start and end together: one, or several that need each other. */
export interface ModuleUnit {
  readonly modules: readonly ModuleNode[];
  /** What they have, dependencies first. */
  readonly order: readonly ProviderPlan[];
  /** The modules that come before these. */
  readonly needs: readonly ModuleNode[];
}

/**
 * Brings modules into the order they start in, those that others need first: for they import them, or depend on what they have. That is
 * more than imports: a global module may be imported anywhere.
 *
 * @param order Every provider, dependencies first.
 */
export function moduleUnits(modules: readonly ModuleNode[], order: readonly ProviderPlan[]): ModuleUnit[] {
  const needs = moduleNeeds(modules);
  const needed = (module: ModuleNode): ModuleNode[] => [...(needs.get(module) ?? [])].filter((other) => needs.has(other));
  const units = components(depthFirst(modules, needed).order, needed).map((members) => ({ modules: members, order: [] as ProviderPlan[] }));
  const owners = new Map(units.flatMap((unit) => unit.modules.flatMap(({ plans }) => plans.map((plan) => [plan, unit] as const))));
  for (const plan of order) owners.get(plan)?.order.push(plan);
  return units.map((unit) => ({ ...unit, needs: others(unit.modules, needs) }));
}

function others(members: readonly ModuleNode[], needs: ReadonlyMap<ModuleNode, Set<ModuleNode>>): ModuleNode[] {
  return [...new Set(members.flatMap((member) => [...(needs.get(member) ?? [])]))].filter((module) => !members.includes(module));
}

function moduleNeeds(modules: readonly ModuleNode[]): Map<ModuleNode, Set<ModuleNode>> {
  const owners = new Map(modules.flatMap((module) => module.plans.map((plan) => [plan, module] as const)));
  return new Map(
    modules.map((module) => {
      const targets = module.plans.flatMap(targetsOf).flatMap((target) => owners.get(target) ?? []);
      return [module, new Set([...module.imports, ...targets])];
    }),
  );
}

/** What can be reached from each other, those that are needed first (Kosaraju's way, from the end of a walk back). */
function components(order: readonly ModuleNode[], needed: (module: ModuleNode) => ModuleNode[]): ModuleNode[][] {
  const needers = new Map<ModuleNode, ModuleNode[]>(order.map((module) => [module, []]));
  for (const module of order) for (const other of needed(module)) needers.get(other)?.push(module);
  const places = new Map(order.map((module, place) => [module, place]));
  const taken = new Set<ModuleNode>();
  const found: ModuleNode[][] = [];
  for (const module of order.toReversed()) {
    if (taken.has(module)) continue;
    const members = depthFirst([module], (each) => (needers.get(each) ?? []).filter((other) => !taken.has(other))).order;
    for (const member of members) taken.add(member);
    found.push(members.toSorted((a, b) => places.get(a)! - places.get(b)!));
  }
  return found.toReversed();
}
