import { listOf } from './header-list.js';

/**
 * The content coding that the client likes best among those at hand, in the server's order where it likes several
 * the same; `undefined` for none at all (RFC 9110, 12.5.3). A member with a malformed weight counts as refused.
 */
export function bestEncoding<E extends string>(header: string | undefined, available: readonly E[]): E | undefined {
  const weights = new Map(listOf(header).map(weighted));
  const others = weights.get('*') ?? 0;
  let best: E | undefined;
  // Identity is welcome unless refused, but only who names it prefers it.
  let highest = weights.get('identity') ?? 0;
  for (const encoding of available) {
    const weight = weights.get(encoding) ?? others;
    if (weight > highest || (weight === highest && weight > 0 && best === undefined)) {
      best = encoding;
      highest = weight;
    }
  }
  return best;
}

// RFC 9110, 12.4.2: 0 to 1 with at most three decimals.
const WEIGHT = /^\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*$/i;

function weighted(member: string): [encoding: string, weight: number] {
  const [encoding = '', weight] = member.split(';');
  return [encoding.trim().toLowerCase(), weight === undefined ? 1 : Number(WEIGHT.exec(weight)?.[1] ?? 0)];
}
