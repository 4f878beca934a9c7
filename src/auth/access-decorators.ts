import { classOrMethod, type ClassOrMethodDecorator } from '../decorators/apply-decorators.js';
import { describeValue } from '../errors/describe-value.js';
import type { AccessMetadata, ClassMetadata, MethodMetadata } from '../metadata/class-metadata.js';
import { noteMistake, noteUncalled } from '../metadata/mistakes.js';
import { AuthGuard } from './auth-guard.js';

/**
 * Requires an authenticated caller, on one route or on all of a controller. Without one, the response is a 401.
 *
 * Needs `JwtModule`, `ApiKeyModule`, `GatewayAuthModule` or `AlbAuthModule`. Guards HTTP routes only: a method with
 * `@OnWebSocket` in the class is a bootstrap error, unless it has `@Public`.
 */
export function Authenticated(): ClassOrMethodDecorator {
  noteUncalled(arguments, '@Authenticated');
  return guarded('@Authenticated()', { identity: 'required' });
}

/**
 * Requires an authenticated caller who has at least one of the roles. Otherwise, the response is a 403.
 *
 * On a method, it replaces the roles of its class.
 */
export function Roles(...roles: readonly string[]): ClassOrMethodDecorator {
  noteUncalled(roles, '@Roles');
  return guarded('@Roles()', { identity: 'required', roles }, mistakeIn(roles, '@Roles', "@Roles('admin')", isText));
}

/**
 * Requires an authenticated caller who has all of the scopes. Otherwise, the response is a 403 that names them.
 *
 * On a method, it replaces the scopes of its class.
 */
export function Scopes(...scopes: readonly string[]): ClassOrMethodDecorator {
  noteUncalled(scopes, '@Scopes');
  return guarded(
    '@Scopes()',
    { identity: 'required', scopes },
    mistakeIn(scopes, '@Scopes', "@Scopes('orders:read')", isScope),
  );
}

/**
 * Opens a route, or all routes of a controller, to everyone, and tells who calls: `request.user` is set for callers
 * with credentials, and `undefined` for those without. Credentials that are not valid are a 401, as on every guarded
 * route.
 *
 * On a method, it lifts the roles and scopes of its class. Needs a module that authenticates, as `@Authenticated` does.
 */
export function OptionalAuth(): ClassOrMethodDecorator {
  noteUncalled(arguments, '@OptionalAuth');
  return guarded('@OptionalAuth()', { identity: 'optional' });
}

/**
 * Opens a route, or all routes of a controller, to everyone. Credentials are not read: `request.user` is not set.
 *
 * Beside `@OnWebSocket`, it says that the decorators of the class don't guard the method.
 */
export function Public(): ClassOrMethodDecorator {
  noteUncalled(arguments, '@Public');
  return classOrMethod((metadata) => declare(metadata, '@Public()', { identity: 'ignored' }));
}

function guarded(name: string, required: AccessMetadata, mistake?: string): ClassOrMethodDecorator {
  return classOrMethod((metadata) => {
    noteMistake(metadata, mistake);
    declare(metadata, name, required);
    const { guards } = metadata.enhancers;
    if (!guards.includes(AuthGuard)) metadata.enhancers.guards = [...guards, AuthGuard];
  });
}

function declare(metadata: ClassMetadata | MethodMetadata, name: string, added: AccessMetadata): void {
  const { access = {} } = metadata;
  if (access.identity !== undefined && access.identity !== added.identity)
    noteMistake(
      metadata,
      `${openingOf(access, added)} contradicts the other decorators that say who may call it. Remove one of them.`,
    );
  for (const kind of ['roles', 'scopes'] as const)
    if (access[kind] && added[kind]) noteMistake(metadata, `${name} is there twice. Name everything in one of them.`);
  metadata.access = { ...access, ...added };
}

/** Names the decorator that opens a route which another one closes, or opens in another way. */
function openingOf(...both: readonly AccessMetadata[]): string {
  return both.some(({ identity }) => identity === 'ignored') ? '@Public()' : '@OptionalAuth()';
}

/** Refuses what no caller could have, such as a list of names: everyone would be refused, and nobody would know why. */
function mistakeIn(
  names: readonly unknown[],
  decorator: string,
  example: string,
  accepts: (name: unknown) => boolean,
): string | undefined {
  if (names.length === 0)
    return `${decorator}() names nothing that is required: write ${example}, or @Authenticated().`;
  const wrong = names.find((name) => !accepts(name));
  return names.every(accepts)
    ? undefined
    : `an argument of ${decorator} is ${describeValue(wrong)}; it takes names, as in ${example}.`;
}

function isText(name: unknown): boolean {
  return typeof name === 'string' && name.trim() !== '';
}

/** RFC 6749, section 3.3: printable ASCII without spaces, quotation marks and backslashes. */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

function isScope(name: unknown): boolean {
  return typeof name === 'string' && SCOPE.test(name);
}
