import { BootstrapError } from '../../errors/bootstrap-error.js';
import { checkOptions, either, oneOf, type Rules, text } from '../../errors/check-options.js';
import { type RenderedHeaders, valueProblem } from '../message/headers.js';

/**
 * The defaults for an API: a year of HTTPS, no guessing of types, no frames, no referrers, and nothing to run for a
 * browser that loads a response as a document.
 */
const DEFAULTS = {
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-embedder-policy': false,
  'permissions-policy': false,
} as const satisfies Record<string, string | false>;

/** The policy for pages, whose scripts and styles keep working. */
const PAGE_POLICY = "object-src 'none'; base-uri 'self'; frame-ancestors 'none'";

export type SecurityHeader = keyof typeof DEFAULTS;

/** Your own value for a header, or `false` to leave it out. */
export type SecurityHeadersOptions = Partial<Record<SecurityHeader, string | false>>;

/** Adds the headers that a response has not set itself. */
export type SecurityHeaders = (headers: RenderedHeaders) => void;

/**
 * Makes the function that adds security headers to a response. `text/html` gets its own Content-Security-Policy, under
 * which a page and its scripts work; a policy in the options applies to both.
 *
 * @throws BootstrapError for an unknown header, and for a value that is not valid in a header.
 */
export function securityHeaders(options: SecurityHeadersOptions | true): SecurityHeaders {
  const given = options === true ? {} : options;
  checkOptions(given, RULES, 'the option securityHeaders');
  // A header that is undefined keeps its default.
  const values = Object.entries<string | false>(DEFAULTS)
    .map(([name, value]) => [name, given[name as SecurityHeader] ?? value] as const)
    .filter(isSent);
  values.forEach(checkValue);
  const forPages = given['content-security-policy'] === undefined;
  return (headers) => {
    if (forPages && isPage(headers)) headers['content-security-policy'] ??= PAGE_POLICY;
    for (const [name, value] of values) headers[name] ??= value;
  };
}

const aValue = either(text, oneOf(false));
const RULES = Object.fromEntries(Object.keys(DEFAULTS).map((name) => [name, aValue])) as Rules<SecurityHeadersOptions>;

function isSent(entry: readonly [string, string | false]): entry is readonly [string, string] {
  return typeof entry[1] === 'string';
}

function checkValue([name, value]: readonly [string, string]): void {
  const problem = valueProblem(name, value);
  if (problem !== undefined) throw new BootstrapError(`The option securityHeaders: ${problem}`);
}

function isPage(headers: RenderedHeaders): boolean {
  return String(headers['content-type']).startsWith('text/html');
}
