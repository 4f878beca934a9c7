import { missingPeers } from '../../errors/missing-peers.js';
import type { KeySet } from '../jwt/jwt-options.js';
import { FETCH_INTERVAL } from '../jwt/key-sets.js';
import type { AlbParts } from './alb-options.js';

type FetchKey = NonNullable<AlbParts['fetchKey']>;
type FetchSet = (url: string) => Promise<KeySet>;

/**
 * Returns what fetches the set with the key at a URL, which is empty if there is no such key.
 *
 * @param testKeys The only keys there are, by their ids.
 */
export async function fetchingKeys({ fetchKey }: AlbParts, testKeys?: KeySet | null): Promise<FetchSet> {
  if (testKeys) return async (url) => ({ keys: testKeys.keys.filter(({ kid }) => kid === idIn(url)) });
  const { createPublicKey } = await import('node:crypto');
  const fetch = fetchKey ?? (await fetchingPem());
  return async (url) => {
    const pem = await fetch(url);
    if (pem === undefined) return { keys: [] };
    const jwk = createPublicKey(pem).export({ format: 'jwk' });
    return { keys: [{ ...jwk, kty: String(jwk.kty), kid: idIn(url), alg: 'ES256', use: 'sig' }] };
  };
}

function idIn(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1);
}

/**
 * The library's own way allows `https` alone, and 3 s; it tries twice if nothing responds.
 *
 * If nothing responds, tries no URL for a while: each key that a caller invents would make its request wait for a
 * server that is down.
 */
async function fetchingPem(): Promise<FetchKey> {
  const { SimpleFetcher } = await import('aws-jwt-verify/https').catch(missing);
  const fetcher = new SimpleFetcher();
  let downAt = Number.NEGATIVE_INFINITY;
  return async (url) => {
    if (Date.now() - downAt < FETCH_INTERVAL) throw new Error('The keys of load balancers were out of reach just now');
    try {
      return Buffer.from(await fetcher.fetch(url)).toString();
    } catch (error) {
      const status = statusIn(error);
      // The endpoints in GovCloud are buckets, which respond with a 403 if there is no such key.
      if (status === '404' || status === '403') return undefined;
      if (status === undefined) downAt = Date.now();
      throw error;
    }
  };
}

/** The status of a response other than 200, which the library's errors have in their text alone. */
function statusIn(error: unknown): string | undefined {
  return error instanceof Error ? /\bStatus code is (\d{3})\b/.exec(error.message)?.[1] : undefined;
}

const missing = missingPeers('AlbAuthModule', 'aws-jwt-verify');
