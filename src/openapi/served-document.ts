import type { ApplicationDescription } from '../contracts/application-description.js';
import { createOpenApiDocument } from './create-openapi-document.js';
import type { OpenApiDocument } from './openapi-document.js';
import type { OpenApiOptions } from './openapi-options.js';
import { documentationPage, type PagePaths } from './page/documentation-page.js';
import { pagePolicy } from './page/page-policy.js';

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
