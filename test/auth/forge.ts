import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** A pair of keys that the issuer does not know. */
export const attacker = generateKeyPairSync('ec', { namedCurve: 'P-256' });

export function part(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
}

/** The parts of a token. */
export function read(token: string): { header: Record<string, unknown>; payload: Record<string, unknown> } {
  const [header, payload] = token
    .split('.', 2)
    .map((one) => JSON.parse(Buffer.from(one, 'base64url').toString()) as Record<string, unknown>);
  return { header: header!, payload: payload! };
}

/** A token with any header, signed with a private key (ES256), or a secret (HS256). */
export function forge(header: object, payload: unknown, key: KeyObject | string = attacker.privateKey): string {
  const signed = `${part(header)}.${part(payload)}`;
  const signature =
    typeof key === 'string'
      ? createHmac('sha256', key).update(signed).digest()
      : sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' });
  return `${signed}.${signature.toString('base64url')}`;
}
