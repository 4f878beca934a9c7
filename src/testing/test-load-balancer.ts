import { SigningKeys, type TestClaims, type TestKey } from './test-issuer.js';

/** The options of `AlbAuthModule` that a {@link TestLoadBalancer} signs for, by the same names. */
export interface TestLoadBalancerOptions {
  /** The ARN of the load balancer. */
  readonly loadBalancer: string;
  /** The issuer of the listener's action. */
  readonly issuer: string;
  /** The client id of the listener's action. */
  readonly clientId: string;
}

/**
 * Signs users in tests as an Application Load Balancer that has signed them in, with a key of its own.
 *
 * Let the application use its keys: `overrideProvider(TEST_KEYS).useValue(loadBalancer.jwks)`.
 */
export class TestLoadBalancer {
  readonly #keys = new SigningKeys();

  constructor(private readonly options: TestLoadBalancerOptions) {}

  /** The public keys, for `TEST_KEYS`. AWS publishes them as PEM. */
  get jwks(): { readonly keys: readonly TestKey[] } {
    return this.#keys.jwks;
  }

  /** Signs later users with a new key. */
  rotate(): void {
    this.#keys.rotate();
  }

  /**
   * Returns the header `x-amzn-oidc-data` of a user: `inject({ source: 'alb', headers: { 'x-amzn-oidc-data': … } })`. A
   * claim that is `undefined` is left out.
   *
   * @param header Members of the token's header that replace the usual ones, such as `signer`.
   */
  sign(claims: TestClaims = {}, header: Readonly<Record<string, unknown>> = {}): string {
    const { loadBalancer: signer, issuer: iss, clientId: client } = this.options;
    const exp = Math.floor(Date.now() / 1000) + 120;
    return this.#keys.sign({ iss, client, signer, exp, ...header }, { exp, iss, ...claims }, padded);
  }
}

/** As load balancers write it, against RFC 7515, section 2. */
function padded(part: Buffer): string {
  return part.toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}
