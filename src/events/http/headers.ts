import type { RenderedHeaders } from '../../http/message/headers.js';

/**
 * Headers with one value each, for gateways that take no lists. RFC 9110, section 5.3, lets repeats be joined;
 * it doesn't for `set-cookie`, which is not among them.
 */
export function joinedHeaders(headers: RenderedHeaders): Record<string, string> {
  return hasSingleValues(headers) ? headers : joinValues(headers);
}

function hasSingleValues(headers: RenderedHeaders): headers is Record<string, string> {
  for (const name in headers) if (typeof headers[name] !== 'string') return false;
  return true;
}

function joinValues(headers: RenderedHeaders): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name]!;
    joined[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return joined;
}

/** Headers and cookies as lists of lines. */
export function listedHeaders(headers: RenderedHeaders, cookies: readonly string[]): Record<string, string[]> {
  const listed: Record<string, string[]> = {};
  for (const name in headers) listed[name] = [headers[name]!].flat();
  if (cookies.length > 0) listed['set-cookie'] = [...cookies];
  return listed;
}

/**
 * Cookies can't be joined into one header, and a map of single values has one place a name. Names are
 * case-insensitive, though: each further cookie gets another spelling, `Set-cookie`, `sEt-cookie`, …
 */
export function cookieHeaders(cookies: readonly string[]): Record<string, string> {
  return Object.fromEntries(cookies.map((line, index) => [spelling('set-cookie', index), line]));
}

/** The name with those letters in capitals that the bits of `index` tell: 512 spellings for `set-cookie`. */
function spelling(name: string, index: number): string {
  let bits = index;
  return name.replace(/[a-z]/g, (letter) => {
    const capital = bits % 2 === 1;
    bits = Math.floor(bits / 2);
    return capital ? letter.toUpperCase() : letter;
  });
}

/**
 * The last address of `x-forwarded-for`: load balancers append the one they were connected from, and all before it
 * is what the client claims.
 */
export function lastForwardedFor(header: string | undefined): string | undefined {
  const last = header?.split(',').at(-1)?.trim();
  return last ? withoutPort(last) : undefined;
}

// The attribute routing.http.xff_client_port.enabled of ALB adds the port: `192.0.2.1:4711`, `[2001:db8::1]:4711`.
const WITH_PORT = /^(?:\[(.+)\]|([^:]+)):\d+$/;

function withoutPort(address: string): string {
  const match = WITH_PORT.exec(address);
  return match?.[1] ?? match?.[2] ?? address;
}
