import { BootstrapError } from '../../errors/bootstrap-error.js';
import { checkOptions, either, oneOf, type Rules, text } from '../../errors/check-options.js';
import { type RenderedHeaders, valueProblem } from '../message/headers.js';

/**
 * What an API's answers say by default. A year of HTTPS; no guessing of types, no frames, no referrers; what loads an
 * answer as a document gets nothing to run.
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

/** For pages: their own scripts and styles go on working. */
const PAGE_POLICY = "object-src 'none'; base-uri 'self'; frame-ancestors 'none'";

export type SecurityHeader = keyof typeof DEFAULTS;

/** A value of one's own for a header, or `false` to leave it out. */
export type SecurityHeadersOptions = Partial<Record<SecurityHeader, string | false>>;

/** Adds the headers that an answer has not set by itself. */
export type SecurityHeaders = (headers: RenderedHeaders) => void;

/**
 * Security headers for every answer. `text/html` gets a Content-Security-Policy of its own, under which a page and
 * its scripts work; one that is given here goes for both.
 *
 * @throws BootstrapError for a header that is not among them, and for a value that can't stand in one.
 */
export function securityHeaders(options: SecurityHeadersOptions | true): SecurityHeaders {
  const given = options === true ? {} : options;
  checkOptions(given, RULES, 'the option securityHeaders');
  // What is undefined was not given: its default stays.
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
