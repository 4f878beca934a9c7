import type { MaybePromise } from '../../shared/types.js';
import type { Claims } from '../claims.js';
import { keysUnavailable } from '../refusals.js';
import { FETCH_INTERVAL, type KeySets, KeysUnavailable, KeysWanted } from './key-sets.js';

/** The verification of a token. */
export interface Verification {
  /** Returns the claims of a token. @throws Error for one that is not valid, or whose key isn't known. */
  readonly verify: (token: string) => Claims;
  readonly keys: Pick<KeySets, 'load'>;
  /** Makes what is thrown for a token that is not valid. */
  readonly refuse: (error: unknown) => Error;
}

/**
 * Returns the claims of a token, as a promise only if its key has to be fetched.
 *
 * @throws ServiceUnavailableException while the key can't be fetched; what `refuse` makes for a token that is not
 *   valid.
 */
export function verifiedClaims(token: string, verification: Verification): MaybePromise<Claims> {
  const claims = claimsOf(token, verification);
  if (!(claims instanceof KeysWanted)) return claims;
  return verification.keys.load(claims.url).then(() => {
    const known = claimsOf(token, verification);
    if (known instanceof KeysWanted) throw keysUnavailable(FETCH_INTERVAL / 1000);
    return known;
  });
}

function claimsOf(token: string, { verify, refuse }: Verification): Claims | KeysWanted {
  try {
    return verify(token);
  } catch (error) {
    if (error instanceof KeysWanted) return error;
    if (error instanceof KeysUnavailable) throw keysUnavailable(FETCH_INTERVAL / 1000);
    throw refuse(error);
  }
}
