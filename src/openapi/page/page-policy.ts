import type { OpenApiDocument } from '../openapi-document.js';
import { PAGE_SCRIPT } from './page-script.js';
import { PAGE_STYLE } from './page-style.js';

/**
 * The Content-Security-Policy of the page: its own script and style, and requests to the document's servers.
 *
 * `node:crypto` costs 5 ms to load: only who looks at the page pays for it.
 */
export async function pagePolicy({ servers }: OpenApiDocument): Promise<string> {
  const { createHash } = await import('node:crypto');
  const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return [
    "default-src 'none'",
    `script-src ${hashOf(PAGE_SCRIPT)}`,
    `style-src ${hashOf(PAGE_STYLE)}`,
    'img-src data:',
    `connect-src ${["'self'", ...originsOf(servers)].join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function originsOf(servers: OpenApiDocument['servers']): string[] {
  const origins = servers.flatMap(({ url }) => (/^https?:/i.test(url) && URL.canParse(url) ? [new URL(url).origin] : []));
  return [...new Set(origins)];
}
