import type { RenderedHeaders } from '../../http/message/headers.js';

/** Returns headers and cookies as a list of values per name. */
export function listedHeaders(headers: RenderedHeaders, cookies: readonly string[]): Record<string, string[]> {
  const listed: Record<string, string[]> = {};
  for (const name in headers) listed[name] = [headers[name]!].flat();
  if (cookies.length > 0) listed['set-cookie'] = [...cookies];
  return listed;
}

/**
 * Returns cookies as headers with one value each. Cookies cannot be joined, and a map holds one value per name; but
 * header names are case-insensitive, so each cookie gets its own spelling: `set-cookie`, `Set-cookie`, `sEt-cookie`, …
 */
export function cookieHeaders(cookies: readonly string[]): Record<string, string> {
  return Object.fromEntries(cookies.map((line, index) => [spelling('set-cookie', index), line]));
}

/** Capitalizes the letters whose bit is set in `index`: 512 spellings of `set-cookie`. */
function spelling(name: string, index: number): string {
  let bits = index;
  return name.replace(/[a-z]/g, (letter) => {
    const capital = bits % 2 === 1;
    bits = Math.floor(bits / 2);
    return capital ? letter.toUpperCase() : letter;
  });
}

/**
 * Returns the last address of `x-forwarded-for`. Load balancers append the address that connected to them; the client
 * may have made up all the others.
 */
export function lastForwardedFor(header: string | undefined): string | undefined {
  const last = header?.split(',').at(-1)?.trim();
  if (!last) return undefined;
  const match = WITH_PORT.exec(last);
  return match?.[1] ?? match?.[2] ?? last;
}

// ALB adds the port if routing.http.xff_client_port.enabled is set: `192.0.2.1:4711`, `[2001:db8::1]:4711`.
const WITH_PORT = /^(?:\[(.+)\]|([^:]+)):\d+$/;
