import { BootstrapError } from '../../errors/bootstrap-error.js';
import { classMetadata, guardsOf } from '../../metadata/class-metadata.js';
import type { MethodMetadata } from '../../metadata/class-record.js';
import { declaredAccess } from '../../metadata/declared-access.js';
import { allEnhancers } from '../../modules/plan/check-enhancers.js';
import { isBranded } from '../../shared/brand.js';
import type { Constructor } from '../../shared/types.js';
import { declaredKinds, isFor } from '../method/event-kinds.js';

/**
 * Checks that every enhancer is for some event of the place where it is named: a guard that never runs protects
 * nothing.
 *
 * @throws BootstrapError naming the enhancer, the place and the fix; also for WebSocket methods that look guarded.
 */
export function refuseUnreachable(type: Constructor): void {
  const { enhancers, methods, eventKinds } = classMetadata(type);
  if (eventKinds)
    throw new BootstrapError(`@For on ${type.name} has no effect: put it on guards, interceptors, pipes and filters.`);
  // The enhancers of a parent class may be for its other subclasses.
  const inherited = new Set(enhancersOf(parentOf(type)));
  const own = allEnhancers(enhancers).filter((enhancer) => !inherited.has(enhancer));
  refuseIn(own, [...methods.values()].flatMap(typesOf), type.name);
  for (const [key, method] of methods) {
    const ofParameters = [...method.parameters.values()].flatMap(({ pipes }) => pipes);
    refuseIn([...allEnhancers(method.enhancers), ...ofParameters], typesOf(method), `${type.name}.${String(key)}`);
    if (looksGuarded(type, key, method)) throw new BootstrapError(unguarded(`${type.name}.${String(key)}`));
  }
}

/**
 * Whether a WebSocket method is where `AuthGuard` guards the routes, and only those. Messages of queues come from who
 * may send to them; those of a WebSocket come from callers, as requests do.
 */
function looksGuarded(type: Constructor, key: string | symbol, method: MethodMetadata): boolean {
  if (!typesOf(method).includes('websocket') || declaredAccess(type, key)?.identity === 'ignored') return false;
  return guardsOf(type, key, []).some(
    (guard) => isBranded(guard, 'AuthGuard') && !isFor(declaredKinds(guard), 'websocket'),
  );
}

function unguarded(place: string): string {
  return (
    `${place} handles a WebSocket route, and @Authenticated, @Roles, @Scopes, @OptionalAuth and AuthGuard guard HTTP ` +
    'routes only: everyone could call it. Move it to a class without them, and verify callers in the method for ' +
    '$connect. If everyone may call it, or it does that itself, write @Public() on it.'
  );
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

function parentOf(type: Constructor): Constructor | undefined {
  const parent: unknown = Object.getPrototypeOf(type);
  return typeof parent === 'function' && parent !== Function.prototype ? (parent as Constructor) : undefined;
}

function enhancersOf(type: Constructor | undefined): unknown[] {
  return type ? allEnhancers(classMetadata(type).enhancers) : [];
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
