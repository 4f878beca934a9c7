import type { JwksCache } from 'aws-jwt-verify/jwk';
import { missingPeers } from '../../errors/missing-peers.js';
import type { Claims } from '../claims.js';
import type { UserMapping } from '../user-option.js';
import { type Issuer, issuerOf, issuersOfPools } from './issuers.js';
import { jwtParts, type KeySet, type SignatureAlgorithm, type TokenOptions } from './jwt-options.js';
import { type KeyLocation, KeySets, type KeySetsOptions, type UnverifiedToken } from './key-sets.js';
import { TokenVerifier } from './token-verifier.js';

/**
 * Makes the verifier, with the keys of all issuers. If they can't be fetched now, the first token that needs them tries
 * again.
 *
 * @param testKeys Replace the keys of all issuers.
 * @throws BootstrapError for a mistake in the options, and without aws-jwt-verify.
 */
export async function createTokenVerifier(
  options: TokenOptions & UserMapping,
  testKeys?: KeySet | null,
): Promise<TokenVerifier> {
  const { issuers, pools, algorithms, clockTolerance, keysMaxAge } = jwtParts(options);
  const all = [...issuers.map(issuerOf), ...(pools.length > 0 ? await issuersOfPools(pools) : [])];
  const urls = byUrl(all);
  const keys: KeySets = new KeySets({
    fetch: await fetching(options),
    locate: (url, token) => locateKey(url, token, { urls, algorithms }),
    maxAge: keysMaxAge * 1000,
    // The library also keeps each key in a form of its own, and has to forget that.
    loaded: (url, jwks) => urls.get(url)?.forEach((issuer) => verifier.cacheJwks(jwks, issuer)),
  });
  const verifier = await libraryVerifier(all, keys, clockTolerance);
  for (const { jwksUri, jwks } of all) {
    const fixed = testKeys ?? jwks;
    if (fixed) keys.fix(jwksUri, fixed);
  }
  await keys.preload(new Set(all.filter(({ isUsual }) => isUsual).map(({ jwksUri }) => jwksUri)));
  const { JwtExpiredError } = await import('aws-jwt-verify/error').catch(missing);
  return new TokenVerifier({
    verify: (token) => verifier.verifySync(token),
    isExpiry: (error) => error instanceof JwtExpiredError,
    keys,
    options,
  });
}

function byUrl(all: readonly Issuer[]): Map<string, string[]> {
  const urls = new Map<string, string[]>();
  for (const { issuer, jwksUri } of all) urls.set(jwksUri, [...(urls.get(jwksUri) ?? []), issuer]);
  return urls;
}

interface Accepted {
  /** The issuers by the URL of their key set. */
  readonly urls: ReadonlyMap<string, readonly string[]>;
  readonly algorithms: readonly SignatureAlgorithm[];
}

function locateKey(url: string, { header, payload }: UnverifiedToken, { urls, algorithms }: Accepted): KeyLocation {
  const { alg, kid } = header;
  if (payload.iss === undefined || !urls.get(url)?.includes(payload.iss))
    throw new Error('The token is from another issuer');
  if (alg === undefined || !algorithms.includes(alg as SignatureAlgorithm))
    throw new Error(`The algorithm ${alg} is not accepted`);
  if (kid === undefined) throw new Error('The token names no key');
  return { url, alg, kid };
}

/** The part of the library's verifier that is used here. Its types are about options that are given with each call. */
interface LibraryVerifier {
  verifySync(token: string): Claims;
  cacheJwks(jwks: KeySet, issuer: string): void;
}

async function libraryVerifier(all: readonly Issuer[], keys: KeySets, graceSeconds: number): Promise<LibraryVerifier> {
  const { JwtVerifier } = await import('aws-jwt-verify/jwt-verifier').catch(missing);
  const issuers = all.map(({ issuer, jwksUri, audience, check }) => ({
    issuer,
    jwksUri,
    audience,
    graceSeconds,
    customJwtCheck: ({ payload }: { payload: Claims }) => check(payload),
  }));
  return JwtVerifier.create(issuers, { jwksCache: keys as unknown as JwksCache }) as unknown as LibraryVerifier;
}

/** The library's own way allows `https` alone, and 3 s; it tries twice. */
async function fetching({ fetchKeys }: TokenOptions): Promise<KeySetsOptions['fetch']> {
  const { assertIsJwks, SimpleJwksCache } = await import('aws-jwt-verify/jwk').catch(missing);
  if (!fetchKeys) return async (url) => (await new SimpleJwksCache().getJwks(url)) as KeySet;
  const check: (jwks: never) => void = assertIsJwks;
  return async (url) => {
    const jwks = await fetchKeys(url);
    check(jwks as never);
    return jwks;
  };
}

const missing = missingPeers('JwtModule', 'aws-jwt-verify');
