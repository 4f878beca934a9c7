import { missingPeers } from '../../errors/missing-peers.js';
import type { Claims } from '../claims.js';
import type { CognitoOptions, IssuerOptions, KeySet } from './jwt-options.js';

/** An issuer as aws-jwt-verify takes it, with the keys that are known already. */
export interface Issuer {
  readonly issuer: string;
  readonly jwksUri: string;
  readonly audience: string[] | null;
  readonly jwks: KeySet | undefined;
  /** Whether its keys are fetched at the start. */
  readonly isUsual: boolean;
  /** Checks what the library does not. @throws Error */
  readonly check: (claims: Claims) => void;
}

/** Returns an issuer whose tokens are for certain audiences. */
export function issuerOf({ issuer, audience, jwksUri, jwks }: IssuerOptions): Issuer {
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

/** Returns the issuers of Cognito's user pools, whose tokens name the client and the use instead of an audience. */
export async function issuersOfPools(pools: readonly CognitoOptions[]): Promise<Issuer[]> {
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

const missing = missingPeers('JwtModule', 'aws-jwt-verify');
