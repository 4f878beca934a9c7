import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';

/** A public key of a {@link TestIssuer}, as a JSON Web Key. */
export interface TestKey {
  readonly kty: string;
  readonly kid: string;
  readonly [member: string]: unknown;
}

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
  #privateKey!: KeyObject;
  #kid!: string;
  #keys: TestKey[] = [];

  /** @param issuer The `iss` of the tokens: that of the issuer in the options of `JwtModule`. */
  constructor(readonly issuer: string) {
    this.rotate();
  }

  /** The public keys, as the issuer would publish them. */
  get jwks(): { readonly keys: readonly TestKey[] } {
    return { keys: [...this.#keys] };
  }

  /** Signs later tokens with a new key. Those with older keys stay valid. */
  rotate(): void {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.#privateKey = privateKey;
    this.#kid = randomUUID();
    const jwk = publicKey.export({ format: 'jwk' });
    this.#keys.push({ ...jwk, kty: 'EC', kid: this.#kid, alg: 'ES256', use: 'sig' });
  }

  /** Returns a signed token. A claim that is `undefined` is left out. */
  sign(claims: TestClaims = {}): string {
    const now = Math.floor(Date.now() / 1000);
    const payload = { iss: this.issuer, iat: now, exp: now + 300, ...claims };
    const signed = `${encode({ alg: 'ES256', typ: 'JWT', kid: this.#kid })}.${encode(payload)}`;
    const key = { key: this.#privateKey, dsaEncoding: 'ieee-p1363' } as const;
    return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
  }
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
