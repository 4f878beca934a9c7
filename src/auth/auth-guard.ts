import type { CanActivate, ExecutionContext } from '../contracts/pipeline.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import type { RequestUser } from '../http/request/request-user.js';
import type { Request } from '../http/request/request.js';
import { type AccessMetadata, ownClassMetadata } from '../metadata/class-record.js';
import { declaredAccess, keysOf } from '../metadata/declared-access.js';
import { brand } from '../shared/brand.js';
import { chain } from '../shared/promise.js';
import type { Constructor, MaybePromise } from '../shared/types.js';
import { ApiKeys } from './api-keys/api-keys.js';
import type { Authenticator } from './authenticator.js';
import { GatewayAuth } from './gateway/gateway-auth.js';
import { TokenVerifier } from './jwt/token-verifier.js';
import { insufficientScope, missingRole, unauthenticated } from './refusals.js';

/**
 * Authenticates the callers of HTTP requests, sets `request.user`, and checks what `@Roles`, `@Scopes` and `@Public`
 * declare. For other events it is not asked.
 *
 * `@Authenticated`, `@Roles` and `@Scopes` bring it along. To guard every route, provide it under `APP_GUARD`.
 */
export class AuthGuard implements CanActivate {
  readonly #authenticators: readonly Authenticator[];
  readonly #access = new WeakMap<object, Map<unknown, readonly AccessMetadata[]>>();

  /** @throws BootstrapError without a module that authenticates. */
  constructor(gateway?: GatewayAuth, tokens?: TokenVerifier, apiKeys?: ApiKeys) {
    // What the gateway has verified is not verified again.
    this.#authenticators = [gateway, tokens, apiKeys].filter((one) => one !== undefined);
    if (this.#authenticators.length > 0) return;
    throw new BootstrapError(
      '@Authenticated, @Roles, @Scopes and AuthGuard need a module that authenticates callers: add ' +
        "JwtModule.forRoot({ issuer, audience }), ApiKeyModule or GatewayAuthModule of 'lambent/auth' to the imports " +
        'of the root module.',
    );
  }

  /**
   * @throws UnauthorizedException without valid credentials.
   * @throws ForbiddenException without a required role or scope.
   */
  canActivate(context: ExecutionContext): MaybePromise<boolean> {
    const required = this.#required(context.getClass(), context.getHandler());
    if (required.length > 0 && required.every(({ open }) => open)) return true;
    return chain(this.#user(context.request), (user) => {
      for (const access of required) check(user, access);
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

  #user(request: Request): MaybePromise<RequestUser> {
    return authenticated.get(request) ?? chain(this.#ask(request, 0), (user) => accept(request, user));
  }

  /** The first kind of credentials that the request has decides; if they are not valid, no other is tried. */
  #ask(request: Request, index: number): MaybePromise<RequestUser> {
    const authenticator = this.#authenticators[index];
    if (!authenticator) throw unauthenticated(this.#authenticators.flatMap(({ challenge }) => challenge ?? []));
    return chain(authenticator.authenticate(request), (user) => user ?? this.#ask(request, index + 1));
  }
}
brand(AuthGuard, 'AuthGuard');
const metadata = ownClassMetadata(AuthGuard);
metadata.injectable = {};
metadata.eventKinds = ['http'];
[GatewayAuth, TokenVerifier, ApiKeys].forEach((token, index) =>
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

/**
 * Those of requests with several guards. What a guard of the application sets as `request.user` is not trusted here.
 */
const authenticated = new WeakMap<Request, RequestUser>();

function accept(request: Request, user: RequestUser): RequestUser {
  authenticated.set(request, user);
  request.user = user;
  return user;
}

function check(user: RequestUser, { open, roles, scopes }: AccessMetadata): void {
  if (open) return;
  if (roles && !roles.some((role) => user.roles.includes(role))) throw missingRole();
  if (scopes && !scopes.every((scope) => user.scopes.includes(scope)))
    throw insufficientScope(scopes, user.method === 'jwt');
}
