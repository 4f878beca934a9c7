import { isAlbEvent } from '../../events/http/event-shapes.js';
import type { RequestUser } from '../../http/request/request-user.js';
import type { Request } from '../../http/request/request.js';
import { chain } from '../../shared/promise.js';
import { messageOf } from '../../shared/thrown.js';
import type { MaybePromise } from '../../shared/types.js';
import { type Claims, grantsOf } from '../claims.js';
import type { TokenVerifierParts } from '../jwt/token-verifier.js';
import { verifiedClaims } from '../jwt/verified-claims.js';
import { notSignedIn } from '../refusals.js';
import { userOf } from '../user-option.js';
import { AlbAuth } from './alb-auth.js';

const HEADER = 'x-amzn-oidc-data';

/** In characters. A load balancer signs at most 11 kB of claims. */
const MAX_LENGTH = 16_384;

/** Believes what a load balancer has signed, in its own events alone. */
export class AlbVerifier extends AlbAuth {
  constructor(private readonly parts: TokenVerifierParts) {
    super();
  }

  /** Other sources pass on the header as their callers have written it, and so does whoever sends a message. */
  authenticate(request: Request): MaybePromise<RequestUser | undefined> {
    if (request.via !== undefined || !isAlbEvent(request.event)) return undefined;
    const [token, ...others] = request.headerValues(HEADER);
    if (token === undefined) return undefined;
    if (others.length > 0) throw notSignedIn(`${HEADER} is there twice`);
    if (token.length > MAX_LENGTH) throw notSignedIn(`${HEADER} is too long`);
    const { verify, keys } = this.parts;
    const refuse = (error: unknown): Error => this.#refusal(error);
    return chain(verifiedClaims(token, { verify, keys, refuse }), (claims) => this.#user(claims));
  }

  #refusal(error: unknown): Error {
    return notSignedIn(messageOf(error), this.parts.isExpiry(error) ? 'The session has expired' : undefined);
  }

  #user(claims: Claims): MaybePromise<RequestUser> {
    const { options } = this.parts;
    const id = claims['sub'];
    if (typeof id !== 'string' || id === '') throw notSignedIn(`${HEADER} has no sub`);
    return userOf({ id, method: 'alb', ...grantsOf(claims, options), claims }, options.user);
  }
}
