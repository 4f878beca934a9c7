import type { KeyLocation, UnverifiedToken } from '../jwt/key-sets.js';
import type { AlbParts } from './alb-options.js';

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
export function locateKey(keysUrl: string, { header, payload }: UnverifiedToken, parts: AlbParts): KeyLocation {
  const { alg, kid, signer, client, iss, exp } = header;
  if (alg !== 'ES256') throw new Error(`The algorithm ${alg} is not accepted`);
  if (!parts.loadBalancers.includes(signer as string)) throw new Error('Another load balancer signed the token');
  if (!parts.clientIds.includes(client as string)) throw new Error('The token is for another client');
  if (iss !== parts.issuer || payload.iss !== parts.issuer) throw new Error('Another issuer');
  if (!Number.isFinite(exp)) throw new Error('The token has no exp');
  if (kid === undefined || !KEY_ID.test(kid)) throw new Error('The token names no key');
  return { url: `${keysUrl}/${kid}`, alg, kid };
}

/** The library's error for a token that has expired. */
export type ExpiryError = new (message: string, exp: number) => Error;

/** The library reads the times of the payload alone. AWS documents that of the header. @throws ExpiryError */
export function requireCurrent(exp: number, clockTolerance: number, Expired: ExpiryError): void {
  if (exp + clockTolerance < Date.now() / 1000) throw new Expired('The load balancer signed the token long ago', exp);
}
