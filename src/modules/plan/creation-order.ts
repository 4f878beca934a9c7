import { BootstrapError } from '../../errors/bootstrap-error.js';
import { depthFirst } from '../../shared/depth-first.js';
import { labelOf, type StartUnit, targetsOf } from '../provider-plan.js';
import type { ModuleNode } from './module-node.js';
import type { PlannedDependency, PlannedProvider } from './planned-provider.js';

/**
 * Sorts providers by creation order: dependencies first, otherwise in the order of modules.
 *
 * Breaks circles at a `forwardRef`. Each one costs another walk, and there are few.
 *
 * @throws BootstrapError for a circle without a `forwardRef`.
 */
export function creationOrder(plans: readonly PlannedProvider[]): readonly PlannedProvider[] {
  const own = new Set(plans);
  // Providers of an earlier load exist already and are not part of this graph.
  const next = (plan: PlannedProvider): PlannedProvider[] =>
    plan.dependencies.flatMap(({ target, deferred }) => (target && !deferred && own.has(target) ? [target] : []));
  for (;;) {
    const { order, circle } = depthFirst(plans, next);
    if (!circle) return order;
    breakCircle(circle);
  }
}

/**
 * Defers one `forwardRef`, the last, so that there are few stand-ins. A property is preferred, because its stand-in can
 * always be replaced by the instance.
 */
function breakCircle(circle: readonly PlannedProvider[]): void {
  const edges = circle.flatMap((plan, index) => forwardEdge(plan, circle[(index + 1) % circle.length]) ?? []);
  const edge = edges.findLast(({ property }) => property !== undefined) ?? edges.at(-1);
  if (!edge) throw new BootstrapError(describeCircle(circle));
  edge.deferred = true;
}

/** Another name of a provider can't have a stand-in: it would be that, instead of having it replaced. */
function forwardEdge(from: PlannedProvider, to: PlannedProvider | undefined): PlannedDependency | undefined {
  if ('useExisting' in from.definition) return undefined;
  return from.dependencies.find(({ target, forward, deferred }) => target === to && forward && !deferred);
}

function describeCircle(circle: readonly PlannedProvider[]): string {
  const [first] = circle;
  const path = [...circle, ...circle.slice(0, 1)].map(labelOf).join(' → ');
  if (circle.length === 1) return `${labelOf(first!)} depends on itself: ${path}.`;
  return (
    `These providers depend on each other in a circle: ${path}. Move what they share into a provider of its own, ` +
    `or break the circle with @Inject(forwardRef(() => TheOther)) on one of the parameters.`
  );
}

/** Modules that start and stop together. */
export interface ModuleUnit extends StartUnit {
  readonly modules: readonly ModuleNode[];
  /** The modules that must start before these. */
  readonly needs: readonly ModuleNode[];
}

/**
 * Sorts modules by start order: a module comes after those it imports or whose providers it depends on. Imports alone
 * are not enough, because a global module may be imported anywhere.
 *
 * @param order All providers, dependencies first.
 */
export function moduleUnits(modules: readonly ModuleNode[], order: readonly PlannedProvider[]): ModuleUnit[] {
  const needs = moduleNeeds(modules);
  const needed = (module: ModuleNode): ModuleNode[] =>
    [...(needs.get(module) ?? [])].filter((other) => needs.has(other));
  const units = components(depthFirst(modules, needed).order, needed).map((members) => ({
    modules: members,
    declared: members.flatMap(({ plans }) => plans),
    order: [] as PlannedProvider[],
  }));
  const owners = new Map(units.flatMap((unit) => unit.declared.map((plan) => [plan, unit] as const)));
  for (const plan of order) owners.get(plan)?.order.push(plan);
  return units.map((unit) => ({ ...unit, needs: neededModules(unit.modules, needs) }));
}

function neededModules(members: readonly ModuleNode[], needs: ReadonlyMap<ModuleNode, Set<ModuleNode>>): ModuleNode[] {
  return [...new Set(members.flatMap((member) => [...(needs.get(member) ?? [])]))].filter(
    (module) => !members.includes(module),
  );
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

/** Groups modules that need each other, needed groups first (Kosaraju's algorithm, walking backwards). */
function components(order: readonly ModuleNode[], needed: (module: ModuleNode) => ModuleNode[]): ModuleNode[][] {
  const needers = new Map<ModuleNode, ModuleNode[]>(order.map((module) => [module, []]));
  for (const module of order) for (const other of needed(module)) needers.get(other)?.push(module);
  const places = new Map(order.map((module, place) => [module, place]));
  const grouped = new Set<ModuleNode>();
  const found: ModuleNode[][] = [];
  for (const module of order.toReversed()) {
    if (grouped.has(module)) continue;
    const members = depthFirst([module], (each) =>
      (needers.get(each) ?? []).filter((other) => !grouped.has(other)),
    ).order;
    for (const member of members) grouped.add(member);
    found.push(members.toSorted((a, b) => places.get(a)! - places.get(b)!));
  }
  return found.toReversed();
}
