import { refuseUnknownNames, wrongOption } from '../../errors/option-names.js';

/** The attributes of a response cookie (RFC 6265bis). */
export interface CookieOptions {
  domain?: string | undefined;
  expires?: Date | undefined;
  httpOnly?: boolean | undefined;
  /** In seconds. */
  maxAge?: number | undefined;
  partitioned?: boolean | undefined;
  path?: string | undefined;
  priority?: 'low' | 'medium' | 'high' | undefined;
  sameSite?: boolean | 'strict' | 'lax' | 'none' | undefined;
  secure?: boolean | undefined;
}

const FLAGS = { httpOnly: 'HttpOnly', secure: 'Secure', partitioned: 'Partitioned' } as const;
const TEXTS = { domain: 'Domain', path: 'Path' } as const;
const NAMES: ReadonlySet<string> = new Set([
  'domain',
  'expires',
  'httpOnly',
  'maxAge',
  'partitioned',
  'path',
  'priority',
  'sameSite',
  'secure',
] satisfies (keyof CookieOptions)[]);

// Wider than RFC 6265, as browsers are: names and values without separators, paths without `;`.
const NAME = /^[!-:<>-~]+$/;
const PATTERNS = {
  domain: /^\.?[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)*$/i,
  path: /^[ -:=-~]*$/,
} as const;
const PRIORITIES: readonly unknown[] = ['low', 'medium', 'high'];
const SAME_SITES: readonly unknown[] = ['strict', 'lax', 'none'];

/**
 * Writes a `Set-Cookie` header.
 *
 * @throws TypeError for a name, a value or an attribute that is not valid in a header.
 */
export function serializeCookie(name: string, value: string, options: CookieOptions = {}): string {
  const where = `the attributes of the cookie "${name}"`;
  // A misspelt `httpOnly` would expose the cookie to every script.
  refuseUnknownNames(options, NAMES, where);
  if (!NAME.test(name)) throw new TypeError(`The cookie's name "${name}" is invalid`);
  const refuse = (option: keyof CookieOptions, expected: string): never => {
    throw new TypeError(wrongOption(option, options[option], expected, where));
  };
  const parts = [`${name}=${encodeURIComponent(String(value))}`];
  const { maxAge, expires, priority, sameSite } = options;
  if (maxAge !== undefined)
    parts.push(`Max-Age=${Number.isInteger(maxAge) ? maxAge : refuse('maxAge', 'a whole number of seconds')}`);
  for (const option of ['domain', 'path'] as const) {
    const text: unknown = options[option];
    if (text === undefined) continue;
    if (typeof text !== 'string' || text.trim() === '' || !PATTERNS[option].test(text))
      refuse(option, `a ${option} as text`);
    parts.push(`${TEXTS[option]}=${text as string}`);
  }
  if (expires) parts.push(`Expires=${isDate(expires) ? expires.toUTCString() : refuse('expires', 'a valid Date')}`);
  for (const option of ['httpOnly', 'secure', 'partitioned'] as const) {
    const flag = options[option];
    if (flag !== undefined && typeof flag !== 'boolean') refuse(option, 'true or false');
    if (flag) parts.push(FLAGS[option]);
  }
  if (priority) parts.push(`Priority=${wordOf(priority, PRIORITIES) ?? refuse('priority', 'low, medium or high')}`);
  if (sameSite) {
    const word = wordOf(sameSite === true ? 'strict' : sameSite, SAME_SITES);
    parts.push(`SameSite=${word ?? refuse('sameSite', 'true, false, strict, lax or none')}`);
  }
  return parts.join('; ');
}

/** Returns a known word with a capital; `undefined` for anything else. */
function wordOf(given: unknown, known: readonly unknown[]): string | undefined {
  const word = typeof given === 'string' ? given.toLowerCase() : '';
  return known.includes(word) ? word.charAt(0).toUpperCase() + word.slice(1) : undefined;
}

// By its tag: a date of another realm, such as a Jest test's, is no instance of the class here.
function isDate(value: unknown): value is Date {
  return Object.prototype.toString.call(value) === '[object Date]' && Number.isFinite((value as Date).valueOf());
}
