import { parse, serialize, type SerializeOptions } from 'cookie';
import { anything, checkCallOptions, flag, type Rules, text } from '../../errors/check-options.js';

/** The attributes of a response cookie (RFC 6265bis); `maxAge` is in seconds. */
export type CookieOptions = Omit<SerializeOptions, 'encode'>;

/** A request's cookies by name, decoded, without inherited members. */
export type Cookies = Readonly<Record<string, string>>;

/** Parses a `Cookie` header. Malformed pairs are skipped or kept as they are: a cookie never fails a request. */
export function parseCookies(header: string): Cookies {
  const cookies = parse(header);
  if (header.includes('__proto__')) delete cookies['__proto__'];
  return cookies as Cookies;
}

const RULES: Rules<CookieOptions> = {
  domain: text,
  expires: anything,
  httpOnly: flag,
  maxAge: anything,
  partitioned: flag,
  path: text,
  priority: anything,
  sameSite: anything,
  secure: flag,
};

/**
 * Writes a `Set-Cookie` header.
 *
 * @throws TypeError for a name, a value or an attribute that is not valid in a header.
 */
export function serializeCookie(name: string, value: string, options?: CookieOptions): string {
  // A misspelt `httpOnly` would expose the cookie to every script.
  if (options) checkCallOptions(options, RULES, `the attributes of the cookie "${name}"`);
  return serialize(name, value, options);
}
