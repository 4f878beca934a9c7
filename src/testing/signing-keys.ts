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
