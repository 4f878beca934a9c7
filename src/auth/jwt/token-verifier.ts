import type { RequestUser } from '../../http/request/request-user.js';
import type { Request } from '../../http/request/request.js';
import { brand } from '../../shared/brand.js';
import { chain } from '../../shared/promise.js';
import { messageOf } from '../../shared/thrown.js';
import type { MaybePromise } from '../../shared/types.js';
import type { Authenticator } from '../authenticators.js';
import { type ClaimOptions, type Claims, grantsOf } from '../claims.js';
import { invalidRequest, invalidToken } from '../refusals.js';
import { type UserMapping, userOf } from '../user-option.js';
import { type Verification, verifiedClaims } from './verified-claims.js';

/**
 * In characters. Tokens with many groups have 5,000 or so; the headers of API Gateway together have 10,240 bytes, those
 * of other gateways more.
 */
const MAX_TOKEN_LENGTH = 16_384;

/** The parts of a verifier. */
export interface TokenVerifierParts extends Omit<Verification, 'refuse'> {
  /** Whether it refuses a token only because that has expired. */
  readonly isExpiry: (error: unknown) => boolean;
  readonly options: ClaimOptions & UserMapping;
}

/** Verifies access tokens. `JwtModule` provides it, for the guards and for authorizers of your own. */
export class TokenVerifier implements Authenticator {
  readonly challenge = 'Bearer';

  constructor(private readonly parts: TokenVerifierParts) {}

  authenticate(request: Request): MaybePromise<RequestUser | undefined> {
    const token = bearerToken(request);
    return token === undefined ? undefined : this.verify(token);
  }

  /**
   * Verifies a token: signature, issuer, audience, and times. Returns its user, as a promise only if keys have to be
   * fetched.
   *
   * @throws UnauthorizedException for a token that is not valid.
   * @throws ServiceUnavailableException while the keys of the issuer can't be fetched.
   */
  verify(token: string): MaybePromise<RequestUser> {
    if (typeof token !== 'string' || token.length > MAX_TOKEN_LENGTH) throw invalidToken('No token, or one too long');
    const { verify, keys } = this.parts;
    const refuse = (error: unknown): Error => this.#refusal(error);
    return chain(verifiedClaims(token, { verify, keys, refuse }), (claims) => this.#user(claims));
  }

  #refusal(error: unknown): Error {
    const description = this.parts.isExpiry(error) ? 'The access token has expired' : undefined;
    return invalidToken(messageOf(error), description);
  }

  #user(claims: Claims): MaybePromise<RequestUser> {
    const { options } = this.parts;
    const id = claims['sub'];
    if (typeof id !== 'string' || id === '') throw invalidToken('The token has no sub');
    return userOf({ id, method: 'jwt', ...grantsOf(claims, options), claims }, options.user);
  }
}
brand(TokenVerifier, 'TokenVerifier');

const BEARER = /^bearer(?: |$)/i;
/** RFC 6750, section 2.1: `b64token`. */
const TOKEN = /^[\w.~+/-]+=*$/;

/**
 * Returns the token of `Authorization: Bearer …`; `undefined` without the header, or with another scheme. Tokens
 * elsewhere, such as in the query, are not read, because URLs are logged.
 *
 * @throws HttpException for a repeated or an incomplete header.
 */
function bearerToken(request: Request): string | undefined {
  const values = request.headerValues('authorization');
  const [value] = values;
  if (value === undefined || !values.some((one) => BEARER.test(one))) return undefined;
  if (values.length > 1) throw invalidRequest();
  const token = value.slice('bearer'.length).trim();
  // HTTP APIs join repeated headers with commas, which no token has.
  if (!TOKEN.test(token)) throw invalidRequest();
  return token;
}
