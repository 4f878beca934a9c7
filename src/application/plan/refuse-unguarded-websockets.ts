import { BootstrapError } from '../../errors/bootstrap-error.js';
import { declaredAccess } from '../../metadata/declared-access.js';
import { guardsOf, mergedMetadata } from '../../metadata/merged-metadata.js';
import { isBranded } from '../../shared/brand.js';
import { methodName } from '../../shared/class-methods.js';
import type { Constructor } from '../../shared/types.js';
import { declaredKinds, isFor } from '../method/event-kinds.js';

/**
 * Checks that no WebSocket method stands where `AuthGuard` guards the routes, and only those. Messages of queues come
 * from who may send to them; those of a WebSocket come from callers, as requests do.
 *
 * @throws BootstrapError naming the method and the fix.
 */
export function refuseUnguardedWebSockets(type: Constructor): void {
  for (const [key, { consumers }] of mergedMetadata(type).methods) {
    if (!consumers.some(({ source }) => source === 'websocket') || !looksGuarded(type, key)) continue;
    throw new BootstrapError(
      `${methodName(type, key)} handles a WebSocket route, and @Authenticated, @Roles, @Scopes, @OptionalAuth and ` +
        'AuthGuard guard HTTP routes only: everyone could call it. Move it to a class without them, and verify ' +
        'callers in the method for $connect. If everyone may call it, or it does that itself, write @Public() on it.',
    );
  }
}

function looksGuarded(type: Constructor, key: string | symbol): boolean {
  if (declaredAccess(type, key)?.identity === 'ignored') return false;
  return guardsOf(type, key, []).some(
    (guard) => isBranded(guard, 'AuthGuard') && !isFor(declaredKinds(guard), 'websocket'),
  );
}
