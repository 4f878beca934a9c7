import { SigningKeys, type TestKey } from './signing-keys.js';

/** Claims of a token to sign. `iss`, `iat` and `exp` have defaults. */
export interface TestClaims {
  readonly sub?: string;
  readonly aud?: string | readonly string[];
  /** Seconds since 1970; five minutes from now by default. */
  readonly exp?: number;
  readonly [claim: string]: unknown;
}

/**
 * Issues tokens in tests, signed with a key of its own (ES256), so that no identity provider and no network is needed.
 *
 * Let the application use its keys: `overrideProvider(TEST_KEYS).useValue(issuer.jwks)`.
 */
export class TestIssuer {
  readonly #keys = new SigningKeys();

  /** @param issuer The `iss` of the tokens: that of the issuer in the options of `JwtModule`. */
  constructor(readonly issuer: string) {}

  /** The public keys, as the issuer would publish them. */
  get jwks(): { readonly keys: readonly TestKey[] } {
    return this.#keys.jwks;
  }

  /** Signs later tokens with a new key. Those with older keys stay valid. */
  rotate(): void {
    this.#keys.rotate();
  }

  /** Returns a signed token. A claim that is `undefined` is left out. */
  sign(claims: TestClaims = {}): string {
    const now = Math.floor(Date.now() / 1000);
    return this.#keys.sign({}, { iss: this.issuer, iat: now, exp: now + 300, ...claims }, (part) =>
      part.toString('base64url'),
    );
  }
}
