import type { OpenApiDocument } from '../openapi-document.js';
import { PAGE_SCRIPT } from './page-script.js';
import { PAGE_STYLE } from './page-style.js';

/**
 * Returns the page's Content-Security-Policy, which allows its own script and style, and requests to the document's
 * servers.
 *
 * `node:crypto` takes 5 ms to load, so that only requests for the page pay for it.
 */
export async function pagePolicy({ servers }: OpenApiDocument): Promise<string> {
  const { createHash } = await import('node:crypto');
  const hashOf = (source: string) => `'sha256-${createHash('sha256').update(source).digest('base64')}'`;
  return [
    "default-src 'none'",
    `script-src ${hashOf(PAGE_SCRIPT)}`,
    `style-src ${hashOf(PAGE_STYLE)}`,
    'img-src data:',
    `connect-src ${["'self'", ...serverOrigins(servers)].join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function serverOrigins(servers: OpenApiDocument['servers']): string[] {
  const origins = servers.flatMap(({ url }) =>
    /^https?:/i.test(url) && URL.canParse(url) ? [new URL(url).origin] : [],
  );
  return [...new Set(origins)];
}
