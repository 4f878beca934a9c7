import type { ApplicationDescription, RouteDescription } from '../../contracts/application-description.js';
import { classMetadata } from '../../metadata/class-metadata.js';
import { declaredAccess } from '../../metadata/declared-access.js';
import { isBranded } from '../../shared/brand.js';
import type { SecurityRequirement } from '../openapi-document.js';

/**
 * Returns what `AuthGuard` requires of the callers of a route: any one of the schemes that modules bring, with the
 * scopes of `@Scopes`. An empty list for a `@Public()` route, `undefined` for one without the guard.
 */
export function guardedSecurity(
  { controller, key }: RouteDescription,
  { guards, securitySchemes }: Pick<ApplicationDescription, 'guards' | 'securitySchemes'>,
): SecurityRequirement[] | undefined {
  const { enhancers, methods } = classMetadata(controller);
  const all = [...guards, ...enhancers.guards, ...(methods.get(key)?.enhancers.guards ?? [])];
  if (!all.some((guard) => isBranded(guard, 'AuthGuard'))) return undefined;
  const { open = false, scopes = [] } = declaredAccess(controller, key) ?? {};
  const names = Object.keys(securitySchemes);
  if (open) return [];
  return names.length > 0 ? names.map((name) => ({ [name]: scopes })) : undefined;
}
