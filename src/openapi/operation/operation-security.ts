import type { ApplicationDescription, RouteDescription } from '../../contracts/application-description.js';
import type { ApiMetadata } from '../../metadata/api-metadata.js';
import { declaredAccess } from '../../metadata/declared-access.js';
import { guardsOf } from '../../metadata/merged-metadata.js';
import { readMetadata } from '../../metadata/reflection.js';
import { isBranded } from '../../shared/brand.js';
import { methodOf } from '../../shared/class-methods.js';
import type { SecurityRequirement } from '../openapi-document.js';
import { type OpenApiOptions, securityRequirement } from '../openapi-options.js';

/** The requirements of an application for callers beyond its decorators. */
export interface ApplicationSecurity {
  readonly options: OpenApiOptions;
  /** The schemes that modules bring, and the guards of all routes. */
  readonly guarding: Pick<ApplicationDescription, 'guards' | 'securitySchemes'>;
}

/**
 * Returns the security that decorators declare, or else what guards require; none for a route that everyone may call.
 */
export function securityOf(
  { security }: ApiMetadata,
  route: RouteDescription,
  { options, guarding }: ApplicationSecurity,
): SecurityRequirement[] | undefined {
  if (security)
    return security.map((requirement) => securityRequirement(requirement, options, `@ApiSecurity of ${route.handler}`));
  return isPublic(route, options) ? [] : guardedSecurity(route, guarding);
}

function isPublic({ controller, key }: RouteDescription, { publicMetadata }: OpenApiOptions): boolean {
  if (publicMetadata === undefined) return false;
  const written = [methodOf(controller.prototype, key), controller].map(
    (target) => target && readMetadata<unknown>(publicMetadata, target),
  );
  return Boolean(written.find((value) => value !== undefined));
}

/**
 * Returns what `AuthGuard` requires of the callers of a route: any one of the schemes that modules bring, with the
 * scopes of `@Scopes`; or none of them, where `@OptionalAuth` says so. An empty list for a `@Public()` route,
 * `undefined` for one without the guard.
 */
function guardedSecurity(
  { controller, key }: RouteDescription,
  { guards, securitySchemes }: ApplicationSecurity['guarding'],
): SecurityRequirement[] | undefined {
  if (!guardsOf(controller, key, guards).some((guard) => isBranded(guard, 'AuthGuard'))) return undefined;
  const { identity, scopes = [] } = declaredAccess(controller, key) ?? {};
  const names = Object.keys(securitySchemes);
  if (identity === 'ignored') return [];
  if (names.length === 0) return undefined;
  // OpenAPI 3.1, section 4.8.10: the empty requirement makes security optional.
  if (identity === 'optional') return [...names.map((name) => ({ [name]: [] })), {}];
  return names.map((name) => ({ [name]: scopes }));
}
