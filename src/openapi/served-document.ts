import type { ApplicationDescription } from '../contracts/application-description.js';
import { createOpenApiDocument } from './create-openapi-document.js';
import type { OpenApiDocument } from './openapi-document.js';
import type { OpenApiOptions } from './openapi-options.js';
import { documentationPage, type PagePaths } from './page/documentation-page.js';
import { PAGE_SCRIPT } from './page/page-script.js';
import { PAGE_STYLE } from './page/page-style.js';

/** The document of an application and its page, each created once. */
export class ServedDocument {
  readonly text: string;
  readonly #document: OpenApiDocument;
  #page: { readonly text: string; readonly policy: string } | undefined;

  constructor(description: ApplicationDescription, options: OpenApiOptions) {
    this.#document = createOpenApiDocument(description, options);
    this.text = JSON.stringify(this.#document);
  }

  /** Returns the page and its Content-Security-Policy. */
  async page(paths: PagePaths): Promise<{ readonly text: string; readonly policy: string }> {
    return (this.#page ??= {
      text: documentationPage(this.#document, paths),
      policy: await pagePolicy(this.#document),
    });
  }
}

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
