import { parse, serialize, type SerializeOptions } from 'cookie';

/** Attributes of a response cookie (RFC 6265bis); `maxAge` in seconds. */
export type CookieOptions = Omit<SerializeOptions, 'encode'>;

/** A request's cookies by name, decoded, without inherited members. */
export type Cookies = Readonly<Record<string, string>>;

/** Reads a `Cookie` header. A malformed pair is skipped or kept as it is: a cookie never fails a request. */
export function parseCookies(header: string): Cookies {
  return parse(header) as Cookies;
}

/**
 * Writes a `Set-Cookie` value.
 *
 * @throws TypeError when the name, the value or an attribute can't stand in a header.
 */
export function serializeCookie(name: string, value: string, options?: CookieOptions): string {
  return serialize(name, value, options);
}
