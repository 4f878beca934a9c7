import type { JwksCache } from 'aws-jwt-verify/jwk';
import { missingPeers } from '../../errors/missing-peers.js';
import type { Claims } from '../claims.js';
import type { MapUser } from '../user-option.js';
import {
  ALGORITHMS,
  type CognitoOptions,
  type IssuerOptions,
  issuersOf,
  type KeySet,
  type TokenOptions,
} from './jwt-options.js';
import { KeySets, type KeySetsOptions } from './key-sets.js';
import { TokenVerifier } from './token-verifier.js';

/** An issuer as aws-jwt-verify takes it, with the keys that are known already. */
interface Issuer {
  readonly issuer: string;
  readonly jwksUri: string;
  readonly audience: string[] | null;
  readonly jwks: KeySet | undefined;
  /** Whether its keys are fetched at the start. */
  readonly isUsual: boolean;
  /** Checks what the library does not. @throws Error */
  readonly check: (claims: Claims) => void;
}

/**
 * Makes the verifier, with the keys of all issuers. If they can't be fetched now, the first token that needs them tries
 * again.
 *
 * @param testKeys Replace the keys of all issuers.
 * @throws BootstrapError for a mistake in the options, and without aws-jwt-verify.
 */
export async function openVerifier(
  options: TokenOptions & { readonly user?: MapUser },
  testKeys?: KeySet | null,
): Promise<TokenVerifier> {
  const { issuers, pools } = issuersOf(options);
  const all = [...issuers.map(issuerOf), ...(pools.length > 0 ? await issuersOfPools(pools) : [])];
  const urls = byUrl(all);
  const keys: KeySets = new KeySets({
    fetch: await fetching(options),
    issuers: urls,
    algorithms: options.algorithms ?? ALGORITHMS,
    maxAge: (options.keysMaxAge ?? 3600) * 1000,
    // The library also keeps each key in a form of its own, and has to forget that.
    loaded: (url, jwks) => urls.get(url)?.forEach((issuer) => verifier.cacheJwks(jwks, issuer)),
  });
  const verifier = await libraryVerifier(all, keys, options.clockTolerance ?? 5);
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

function issuerOf({ issuer, audience, jwksUri, jwks }: IssuerOptions): Issuer {
  return {
    issuer,
    jwksUri: jwksUri ?? wellKnown(issuer),
    audience: [audience].flat(),
    jwks,
    isUsual: true,
    check: requireExpiry,
  };
}

function wellKnown(issuer: string): string {
  return `${issuer.replace(/\/$/, '')}/.well-known/jwks.json`;
}

async function issuersOfPools(pools: readonly CognitoOptions[]): Promise<Issuer[]> {
  const { CognitoJwtVerifier, validateCognitoJwtFields } = await import('aws-jwt-verify/cognito-verifier').catch(
    missing,
  );
  return pools.flatMap(({ userPoolId, clientId, tokenUse = 'access', jwks }) => {
    const expected = { tokenUse, clientId: [clientId].flat() };
    const check = (claims: Claims): void => {
      requireExpiry(claims);
      validateCognitoJwtFields(claims as Parameters<typeof validateCognitoJwtFields>[0], expected);
    };
    const regional = CognitoJwtVerifier.parseUserPoolId(userPoolId);
    // Pools that are replicated between regions issue tokens under a second name.
    const global = CognitoJwtVerifier.parseUserPoolId(userPoolId, 'https://issuer-cognito-idp');
    return [regional, global].map((names) => ({
      ...names,
      audience: null,
      jwks,
      isUsual: names === regional,
      check,
    }));
  });
}

/** The library accepts tokens that never expire. */
function requireExpiry({ exp }: Claims): void {
  if (typeof exp !== 'number') throw new Error('The token has no exp');
}

function byUrl(all: readonly Issuer[]): Map<string, string[]> {
  const urls = new Map<string, string[]>();
  for (const { issuer, jwksUri } of all) urls.set(jwksUri, [...(urls.get(jwksUri) ?? []), issuer]);
  return urls;
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
