import type { JwksCache } from 'aws-jwt-verify/jwk';
import { missingPeers } from '../../errors/missing-peers.js';
import type { Claims } from '../claims.js';
import type { KeySet } from '../jwt/jwt-options.js';
import { type KeyLocation, KeySets, type UnverifiedToken } from '../jwt/key-sets.js';
import type { UserMapping } from '../user-option.js';
import type { AlbAuth } from './alb-auth.js';
import { fetchingKeys } from './alb-keys.js';
import { type AlbAuthOptions, albParts, type AlbParts } from './alb-options.js';
import { AlbVerifier } from './alb-verifier.js';

/**
 * Makes what verifies the tokens of a load balancer. A key is fetched when the first token names it: nothing says
 * before which keys there are.
 *
 * @param testKeys The only keys there are.
 * @throws BootstrapError for a mistake in the options, and without aws-jwt-verify.
 */
export async function createAlbAuth(options: AlbAuthOptions & UserMapping, testKeys?: KeySet | null): Promise<AlbAuth> {
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

/** The ids of keys: they become a part of a URL. */
const KEY_ID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/**
 * Returns where the key of a token is. Refuses what no key could make valid, before one is fetched: the signature
 * proves afterwards that the load balancer wrote what is read here.
 *
 * AWS says who has signed for whom in the header. The keys of all load balancers of a region are in one place, so
 * `signer` alone tells this one from that of anybody else.
 *
 * @throws Error if the token can't be valid.
 */
function locateKey(keysUrl: string, { header, payload }: UnverifiedToken, parts: AlbParts): KeyLocation {
  const { alg, kid, signer, client, iss, exp } = header;
  if (alg !== 'ES256') throw new Error(`The algorithm ${alg} is not accepted`);
  if (!parts.loadBalancers.includes(signer as string)) throw new Error('Another load balancer signed the token');
  if (!parts.clientIds.includes(client as string)) throw new Error('The token is for another client');
  if (iss !== parts.issuer || payload.iss !== parts.issuer) throw new Error('The token is from another issuer');
  if (!Number.isFinite(exp)) throw new Error('The token has no exp');
  if (kid === undefined || !KEY_ID.test(kid)) throw new Error('The token names no key');
  return { url: `${keysUrl}/${kid}`, alg, kid };
}

/** The library's error for a token that has expired. */
type ExpiryError = new (message: string, exp: number) => Error;

/** The library reads the times of the payload alone. AWS documents that of the header. @throws ExpiryError */
function requireCurrent(exp: number, clockTolerance: number, Expired: ExpiryError): void {
  if (exp + clockTolerance < Date.now() / 1000) throw new Expired('The load balancer signed the token long ago', exp);
}
