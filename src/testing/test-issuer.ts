import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';

/** A public key that signatures of a test are verified with, as a JSON Web Key. */
export interface TestKey {
  readonly kty: string;
  readonly kid: string;
  readonly [member: string]: unknown;
}

/** Keys that sign tokens with ES256, as issuers and load balancers have them. */
export class SigningKeys {
  #privateKey!: KeyObject;
  #kid!: string;
  readonly #keys: TestKey[] = [];

  constructor() {
    this.rotate();
  }

  get jwks(): { readonly keys: readonly TestKey[] } {
    return { keys: [...this.#keys] };
  }

  /** Signs later tokens with a new key. */
  rotate(): void {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.#privateKey = privateKey;
    this.#kid = randomUUID();
    const jwk = publicKey.export({ format: 'jwk' });
    this.#keys.push({ ...jwk, kty: 'EC', kid: this.#kid, alg: 'ES256', use: 'sig' });
  }

  /** @param encode Writes a part of the token as text. */
  sign(header: object, payload: object, encode: (part: Buffer) => string): string {
    const parts = [{ alg: 'ES256', typ: 'JWT', kid: this.#kid, ...header }, payload];
    const signed = parts.map((part) => encode(Buffer.from(JSON.stringify(part)))).join('.');
    const key = { key: this.#privateKey, dsaEncoding: 'ieee-p1363' } as const;
    return `${signed}.${encode(sign('sha256', Buffer.from(signed), key))}`;
  }
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
