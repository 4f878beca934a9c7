import type { ExecutionContext } from '../contracts/pipeline.js';
import { comparable, lacksPart } from '../errors/comparable-key.js';
import type { RequestUser } from '../http/request/request-user.js';
import type { Request } from '../http/request/request.js';
import { asJsonObject } from '../shared/json-values.js';

/**
 * The key that requests are counted by: the caller's address, the user whom a guard has authenticated, or a function of
 * the context. It returns text, a number, or a list or an object of these, and may be async.
 */
export type RateLimitBy = 'ip' | 'user' | ((context: ExecutionContext) => unknown);

/**
 * Returns what identifies the caller of a request: text, or a list or an object of it.
 *
 * @param where The decorator with its place, for messages.
 * @throws TypeError when nothing does. Without a key there would be no limit, or one for all callers together.
 */
export async function callerOf(by: RateLimitBy, context: ExecutionContext, where: string): Promise<unknown> {
  if (by === 'ip') return addressOf(context.request, where);
  if (by === 'user') return userOf(context.request, where);
  const key = comparable(await by(context), `The key of ${where}`);
  if (!lacksPart(key) && !isEmpty(key) && typeof key !== 'boolean') return key;
  throw new TypeError(
    `The key of ${where} is ${key === undefined ? 'undefined' : JSON.stringify(key)}: it identifies no caller. Every ` +
      'part has to be there; for callers who are not signed in, return something else, such as their address.',
  );
}

function isEmpty(key: unknown): boolean {
  return typeof key === 'object' && key !== null && Object.keys(key).length === 0;
}

function addressOf({ ip, via }: Request, where: string): string {
  if (ip) return callerNetwork(ip);
  const why = via ? 'it came in a message' : 'its source reports none';
  throw new TypeError(`${where}: the request has no address, because ${why}. Pass a function as \`by\`.`);
}

/** The user as guards set it: `lambent/auth` a RequestUser, others often the claims of a token. */
type Known = { readonly [Member in keyof RequestUser | 'iss' | 'sub']?: unknown };

/** The subject of a token is unique to its issuer (RFC 7519, section 4.1.2): two issuers may have the same. */
function userOf({ user }: Request, where: string): unknown {
  const { method = null, claims, sub, iss = asJsonObject(claims)['iss'], id = sub }: Known = user ?? {};
  if ((typeof id === 'string' && id !== '') || typeof id === 'number' || typeof id === 'bigint')
    return [method, typeof iss === 'string' ? iss : null, id];
  throw new TypeError(
    user
      ? `${where}: request.user has no \`id\` and no \`sub\` of text or a number. Pass as \`by\` a function that ` +
          'returns what identifies the user.'
      : `${where}: no guard has set request.user yet. Guards run from the lowest decorator up: put @RateLimit above ` +
          'the one that authenticates, and on no route that anonymous callers may use.',
  );
}

/**
 * Returns the network that an address belongs to, by which `by: 'ip'` counts: an IPv4 address itself, and the first 64
 * bits of an IPv6 address, since one customer gets at least a /64 (RFC 6177) and could use another address of it for
 * each request. Anything else is returned as it is.
 */
export function callerNetwork(address: string): string {
  const groups = address.includes(':') ? ipv6Groups(address) : undefined;
  if (groups === undefined) return address;
  const [, , , , , mapped, high = 0, low = 0] = groups;
  // ::ffff:192.0.2.1 is the IPv4 address of a caller as a socket for both versions shows it.
  if (mapped === 0xffff && groups.slice(0, 5).every((group) => group === 0))
    return [high >> 8, high & 255, low >> 8, low & 255].join('.');
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

/** Returns the eight groups of an IPv6 address; `undefined` for anything else. */
function ipv6Groups(address: string): number[] | undefined {
  const [withoutZone = ''] = address.split('%', 1);
  const canonical = canonicalIpv6(withoutZone);
  if (canonical === undefined) return undefined;
  const [head = '', tail] = canonical.split('::');
  const [first, last] = [groupsOf(head), groupsOf(tail ?? '')];
  return [...first, ...Array.from({ length: 8 - first.length - last.length }, () => 0), ...last];
}

/** The URL parser knows every way to write an IPv6 address, and writes each in one way: without dots. */
function canonicalIpv6(address: string): string | undefined {
  return URL.canParse(`http://[${address}]`) ? new URL(`http://[${address}]`).hostname.slice(1, -1) : undefined;
}

function groupsOf(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
}
