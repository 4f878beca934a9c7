import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OpenApiDocument } from '../../../src/openapi/openapi-document.js';
import { documentationPage } from '../../../src/openapi/page/documentation-page.js';
import { pagePolicy } from '../../../src/openapi/page/page-policy.js';

export interface ServedPage {
  /** The address of the page. */
  readonly url: string;
  [Symbol.asyncDispose](): Promise<void>;
}

type Api = (request: IncomingMessage, response: ServerResponse) => void;

/** Serves the page of a document at `/docs` below a prefix, with its policy; all other requests go to the API. */
export async function servePage(document: OpenApiDocument, api: Api, prefix = ''): Promise<ServedPage> {
  const text = documentationPage(document, { page: '/docs', document: '/openapi.json' });
  const policy = await pagePolicy(document);
  const server = createServer((request, response) => {
    if (request.url !== `${prefix}/docs`) return api(request, response);
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.setHeader('content-security-policy', policy);
    response.end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${prefix}/docs`,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
