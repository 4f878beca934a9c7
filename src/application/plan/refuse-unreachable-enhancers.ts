import { BootstrapError } from '../../errors/bootstrap-error.js';
import type { MethodMetadata } from '../../metadata/class-metadata.js';
import { mergedMetadata } from '../../metadata/merged-metadata.js';
import { allEnhancers } from '../../modules/plan/check-enhancers.js';
import { methodName, parentOf } from '../../shared/class-methods.js';
import type { Constructor } from '../../shared/types.js';
import { declaredKinds, isFor } from '../method/event-kinds.js';

/**
 * Checks that every enhancer is for some event of the place where it is named: a guard that never runs protects
 * nothing.
 *
 * @throws BootstrapError naming the enhancer, the place and the fix.
 */
export function refuseUnreachableEnhancers(type: Constructor): void {
  const { enhancers, methods, eventKinds } = mergedMetadata(type);
  if (eventKinds)
    throw new BootstrapError(`@For on ${type.name} has no effect: put it on guards, interceptors, pipes and filters.`);
  // The enhancers of a parent class may be for its other subclasses.
  const inherited = new Set(enhancersOf(parentOf(type)));
  const own = allEnhancers(enhancers).filter((enhancer) => !inherited.has(enhancer));
  refuseIn(own, [...methods.values()].flatMap(typesOf), type.name);
  for (const [key, method] of methods) {
    const ofParameters = [...method.parameters.values()].flatMap(({ pipes }) => pipes);
    refuseIn([...allEnhancers(method.enhancers), ...ofParameters], typesOf(method), methodName(type, key));
  }
}

function refuseIn(enhancers: readonly unknown[], types: readonly string[], place: string): void {
  if (types.length === 0) return;
  for (const enhancer of enhancers) {
    const kinds = declaredKinds(enhancer);
    if (types.some((type) => isFor(kinds, type))) continue;
    const name = nameOf(enhancer);
    throw new BootstrapError(
      `${place} names ${name}, which is @For(${quoted(kinds ?? [])}) and would never run there: its events are ` +
        `${[...new Set(types)].join(', ')}. Remove ${name} there, or add one of these to its @For.`,
    );
  }
}

function enhancersOf(type: Constructor | undefined): unknown[] {
  return type ? allEnhancers(mergedMetadata(type).enhancers) : [];
}

function typesOf({ routes, consumers }: MethodMetadata): string[] {
  return [...(routes.length > 0 ? ['http'] : []), ...consumers.map(({ source }) => source)];
}

function nameOf(enhancer: unknown): string {
  return typeof enhancer === 'function' ? enhancer.name : (enhancer as object).constructor.name;
}

function quoted(kinds: readonly string[]): string {
  return kinds.map((kind) => `'${kind}'`).join(', ');
}
