import { parse, serialize, type SerializeOptions } from 'cookie';
import { anything, checkCallOptions, flag, type Rules, text } from '../../errors/check-options.js';

/** Attributes of a response cookie (RFC 6265bis); `maxAge` in seconds. */
export type CookieOptions = Omit<SerializeOptions, 'encode'>;

/** A request's cookies by name, decoded, without inherited members. */
export type Cookies = Readonly<Record<string, string>>;

/** Reads a `Cookie` header. A malformed pair is skipped or kept as it is: a cookie never fails a request. */
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
 * Writes a `Set-Cookie` value.
 *
 * @throws TypeError when the name, the value or an attribute can't stand in a header.
 */
export function serializeCookie(name: string, value: string, options?: CookieOptions): string {
  // A misspelt `httpOnly` would leave the cookie to every script.
  if (options) checkCallOptions(options, RULES, `the attributes of the cookie "${name}"`);
  return serialize(name, value, options);
}
