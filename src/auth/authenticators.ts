import type { RequestUser } from '../http/request/request-user.js';
import type { Request } from '../http/request/request.js';
import { chain } from '../shared/promise.js';
import type { MaybePromise } from '../shared/types.js';
import { unauthenticated } from './refusals.js';

/** One way to authenticate callers. */
export interface Authenticator {
  /** The challenge for callers without credentials, as in `Bearer`; `undefined` if no header could help. */
  readonly challenge?: string;
  /**
   * Returns the caller; `undefined` if the request has no credentials of this kind.
   *
   * @throws HttpException for credentials that are not valid.
   */
  authenticate(request: Request): MaybePromise<RequestUser | undefined>;
}

/** The ways to authenticate callers that an application has, in the order in which they are asked. */
export class Authenticators {
  constructor(private readonly all: readonly Authenticator[]) {}

  /**
   * Returns who calls; `undefined` for a request without credentials.
   *
   * @throws HttpException for credentials that are not valid.
   */
  user(request: Request): MaybePromise<RequestUser | undefined> {
    const known = authenticated.get(request);
    // Another module may have other authenticators, whose users are not those of this one.
    return known && this.all.includes(known.by) ? known.user : this.#ask(request, 0);
  }

  /** Returns the error for a request without credentials. */
  refusal(): Error {
    return unauthenticated(this.all.flatMap(({ challenge }) => challenge ?? []));
  }

  /**
   * The first kind of credentials that the request has decides; if they are not valid, no other is tried. `undefined`
   * for a request without.
   */
  #ask(request: Request, index: number): MaybePromise<RequestUser | undefined> {
    const by = this.all[index];
    if (!by) return undefined;
    return chain(by.authenticate(request), (user) =>
      user ? accept(request, { by, user }) : this.#ask(request, index + 1),
    );
  }
}

interface Authentication {
  readonly by: Authenticator;
  readonly user: RequestUser;
}

/**
 * Those of requests with several guards. What a guard of the application sets as `request.user` is not trusted here.
 */
const authenticated = new WeakMap<Request, Authentication>();

function accept(request: Request, authentication: Authentication): RequestUser {
  authenticated.set(request, authentication);
  request.user = authentication.user;
  return authentication.user;
}
