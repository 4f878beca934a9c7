import type { JwksCache } from 'aws-jwt-verify/jwk';
import { missingPeers } from '../../errors/missing-peers.js';
import type { Claims } from '../claims.js';
import type { KeySet } from '../jwt/jwt-options.js';
import { KeySets } from '../jwt/key-sets.js';
import type { MapUser } from '../user-option.js';
import type { AlbAuth } from './alb-auth.js';
import { fetchingKeys } from './alb-keys.js';
import { type AlbAuthOptions, type AlbParts, albParts } from './alb-options.js';
import { type ExpiryError, locateKey, requireCurrent } from './alb-token.js';
import { AlbVerifier } from './alb-verifier.js';

/**
 * Makes what verifies the tokens of a load balancer. A key is fetched when the first token names it: nothing says
 * before which keys there are.
 *
 * @param testKeys The only keys there are.
 * @throws BootstrapError for a mistake in the options, and without aws-jwt-verify.
 */
export async function createAlbAuth(
  options: AlbAuthOptions & { readonly user?: MapUser },
  testKeys?: KeySet | null,
): Promise<AlbAuth> {
  const parts = albParts(options);
  const { JwtExpiredError } = await import('aws-jwt-verify/error').catch(missing);
  const keys: KeySets = new KeySets({
    fetch: await fetchingKeys(parts, testKeys),
    locate: (url, token) => locateKey(url, token, parts),
    maxAge: MAX_AGE,
    maxSets: MAX_KEYS,
    loaded: (url, jwks) => {
      keys.addJwks(url, jwks);
      verifier.cacheJwks(jwks);
    },
  });
  const verifier = await libraryVerifier(parts, keys, JwtExpiredError);
  return new AlbVerifier({
    verify: (token) => verifier.verifySync(token),
    isExpiry: (error) => error instanceof JwtExpiredError,
    keys,
    options: parts,
  });
}

/** Milliseconds. As long, a key is accepted that AWS has withdrawn. */
const MAX_AGE = 3_600_000;
/** Load balancers have one key or two; callers can invent any number. */
const MAX_KEYS = 100;

interface LibraryVerifier {
  verifySync(token: string): Claims;
  cacheJwks(jwks: KeySet): void;
}

async function libraryVerifier(
  { loadBalancers, issuer, clientIds, keysUrl, clockTolerance }: AlbParts,
  keys: KeySets,
  Expired: ExpiryError,
): Promise<LibraryVerifier> {
  const { AlbJwtVerifier } = await import('aws-jwt-verify/alb-verifier').catch(missing);
  const jwksCache = {
    getCachedJwk: (...args: Parameters<KeySets['getCachedJwk']>) => keys.getCachedJwk(...args),
    // Called for what has been fetched, which `keys` has already: the library only forgets its own copies.
    addJwks: () => {},
  };
  return AlbJwtVerifier.create(
    {
      albArn: [...loadBalancers],
      issuer,
      clientId: [...clientIds],
      jwksUri: keysUrl,
      graceSeconds: clockTolerance,
      customJwtCheck: ({ header }) => requireCurrent(header.exp, clockTolerance, Expired),
    },
    { jwksCache: jwksCache as unknown as JwksCache },
  ) as unknown as LibraryVerifier;
}

const missing = missingPeers('AlbAuthModule', 'aws-jwt-verify');
