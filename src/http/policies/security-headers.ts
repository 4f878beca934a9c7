import type { RenderedHeaders } from '../message/headers.js';

/**
 * The defaults for an API: a year of HTTPS, no guessing of types, no frames, no referrers, and nothing to run for a
 * browser that loads a response as a document.
 */
export const SECURITY_HEADERS = {
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

export type SecurityHeader = keyof typeof SECURITY_HEADERS;

/** Your own value for a header, or `false` to leave it out. */
export type SecurityHeadersOptions = Partial<Record<SecurityHeader, string | false>>;

/** Adds the headers that a response has not set itself. */
export type SecurityHeaders = (headers: RenderedHeaders) => void;

/**
 * Makes the function that adds security headers to a response. `text/html` gets its own Content-Security-Policy, under
 * which a page and its scripts work; a policy in the options applies to both. {@link checkSecurityHeaders} checks the
 * options.
 */
export function securityHeaders(options: SecurityHeadersOptions | true): SecurityHeaders {
  const given = options === true ? {} : options;
  // A header that is undefined keeps its default.
  const values = Object.entries<string | false>(SECURITY_HEADERS)
    .map(([name, value]) => [name, given[name as SecurityHeader] ?? value] as const)
    .filter(isSent);
  const forPages = given['content-security-policy'] === undefined;
  return (headers) => {
    if (forPages && isPage(headers)) headers['content-security-policy'] ??= PAGE_POLICY;
    for (const [name, value] of values) headers[name] ??= value;
  };
}

function isSent(entry: readonly [string, string | false]): entry is readonly [string, string] {
  return typeof entry[1] === 'string';
}

function isPage(headers: RenderedHeaders): boolean {
  return String(headers['content-type']).startsWith('text/html');
}
