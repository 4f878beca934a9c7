import type { CanActivate, ExecutionContext } from '../contracts/pipeline.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import type { RequestUser } from '../http/request/request-user.js';
import type { Request } from '../http/request/request.js';
import { type AccessMetadata, builtInMetadata } from '../metadata/class-metadata.js';
import { declaredAccess, keysOf } from '../metadata/declared-access.js';
import { brand } from '../shared/brand.js';
import { chain } from '../shared/promise.js';
import type { Constructor, MaybePromise } from '../shared/types.js';
import { AlbAuth } from './alb/alb-auth.js';
import { ApiKeys } from './api-keys/api-keys.js';
import { Authenticators } from './authenticators.js';
import { GatewayAuth } from './gateway/gateway-auth.js';
import { TokenVerifier } from './jwt/token-verifier.js';
import { insufficientScope, missingRole } from './refusals.js';

/**
 * Authenticates the callers of HTTP requests, sets `request.user`, and checks what `@Roles`, `@Scopes`, `@OptionalAuth`
 * and `@Public` declare. It does not run for other events.
 *
 * `@Authenticated`, `@Roles`, `@Scopes` and `@OptionalAuth` bind it. To guard every route, provide it under
 * `APP_GUARD`.
 */
export class AuthGuard implements CanActivate {
  readonly #authenticators: Authenticators;
  /** Whether `Authorization` is for these authenticators alone, and not for the authorizer of a gateway. */
  readonly #readsAuthorization: boolean;
  readonly #access = new WeakMap<object, Map<unknown, readonly AccessMetadata[]>>();

  /** @throws BootstrapError without a module that authenticates. */
  constructor(gateway?: GatewayAuth, loadBalancer?: AlbAuth, tokens?: TokenVerifier, apiKeys?: ApiKeys) {
    // What the gateway has verified is not verified again.
    const found = [gateway, loadBalancer, tokens, apiKeys].filter((one) => one !== undefined);
    this.#authenticators = new Authenticators(found);
    this.#readsAuthorization = tokens !== undefined && gateway === undefined;
    if (found.length > 0) return;
    throw new BootstrapError(
      '@Authenticated, @Roles, @Scopes, @OptionalAuth and AuthGuard need a module that authenticates callers: add ' +
        "JwtModule.forRoot({ issuer, audience }), ApiKeyModule, GatewayAuthModule or AlbAuthModule of 'lambent/auth' " +
        'to the imports of the root module.',
    );
  }

  /**
   * @throws UnauthorizedException without valid credentials.
   * @throws ForbiddenException without a required role or scope.
   */
  canActivate(context: ExecutionContext): MaybePromise<boolean> {
    const required = this.#required(context.getClass(), context.getHandler());
    if (required.length > 0 && required.every(({ identity }) => identity === 'ignored')) return true;
    const { request } = context;
    return chain(this.#authenticators.user(request), (user) => {
      if (user) for (const access of required) check(user, access);
      else if (!required.every(isOpen) || this.#wasMeant(request)) throw this.#authenticators.refusal();
      return true;
    });
  }

  /** Usually one: a function that is two methods needs what both declare. */
  #required(controller: Constructor, method: unknown): readonly AccessMetadata[] {
    let ofClass = this.#access.get(controller);
    if (!ofClass) this.#access.set(controller, (ofClass = new Map()));
    let required = ofClass.get(method);
    if (!required) {
      required = declaredFor(controller, method);
      ofClass.set(method, required);
    }
    return required;
  }

  /** Whether the caller meant to be authenticated, in a way that no authenticator understands: `Authorization: abc`. */
  #wasMeant(request: Request): boolean {
    return this.#readsAuthorization && request.headerValues('authorization').length > 0;
  }
}
brand(AuthGuard, 'AuthGuard');
const metadata = builtInMetadata(AuthGuard);
metadata.injectable = {};
metadata.eventKinds = ['http'];
[GatewayAuth, AlbAuth, TokenVerifier, ApiKeys].forEach((token, index) =>
  metadata.injections.set(index, { token, optional: true }),
);

/** @throws Error for a method that was replaced since the start: what it requires is not known any more. */
function declaredFor(controller: Constructor, method: unknown): readonly AccessMetadata[] {
  const keys = keysOf(controller, method);
  if (keys.length === 0)
    throw new Error(
      `AuthGuard does not know a method of ${controller.name}, which was replaced on the prototype after the start. ` +
        'Replace it before LambdaApplication.create.',
    );
  return keys.map((key) => declaredAccess(controller, key) ?? {});
}

/** Whether callers without credentials may come in. */
function isOpen({ identity }: AccessMetadata): boolean {
  return identity === 'optional' || identity === 'ignored';
}

function check(user: RequestUser, access: AccessMetadata): void {
  if (isOpen(access)) return;
  const { roles, scopes } = access;
  if (roles && !roles.some((role) => user.roles.includes(role))) throw missingRole();
  if (scopes && !scopes.every((scope) => user.scopes.includes(scope)))
    throw insufficientScope(scopes, user.method === 'jwt');
}
