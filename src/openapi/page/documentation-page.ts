import { checkCallOptions, text } from '../../errors/check-options.js';
import type { OpenApiDocument, PathItem, SecurityScheme } from '../openapi-document.js';
import { html, Markup, prose } from './html.js';
import { operationView, type ShownOperation } from './operation-view.js';
import { PAGE_SCRIPT } from './page-script.js';
import { PAGE_STYLE } from './page-style.js';

/** The paths of the page and the document, such as `/docs` and `/openapi.json`. */
export interface PagePaths {
  readonly page: string;
  readonly document: string;
}

/** Returns a self-contained page: the document to read, and a form to try each operation. */
export function documentationPage(document: OpenApiDocument, paths: PagePaths): string {
  checkCallOptions(paths, { page: text, document: text }, 'the paths of documentationPage');
  const { title, version, summary, description } = document.info;
  const tags = byTag(document);
  const schemes = Object.entries(document.components.securitySchemes ?? {});
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} ${version}</title>
<link rel="icon" href="data:,">
<style>${new Markup(PAGE_STYLE)}</style>
</head>
<body data-page="${paths.page}">
<a class="skip" href="#operations">Skip to the operations</a>
<nav aria-label="Operations">
  <label for="filter">Find an operation</label>
  <input id="filter" type="search" autocomplete="off">
  ${tags.map(({ name, operations }) => html`<section><h2>${name}</h2><ul>${operations.map(linkTo)}</ul></section>`)}
</nav>
<main>
  <header>
    <h1>${title} <small>${version}</small></h1>
    ${prose(summary)}${prose(description)}
    <p><a href="${relativePath(paths)}">OpenAPI document</a></p>
    ${lazyNote(document['x-lazy-prefixes'])}
    <div class="fields settings">${serverField(document)}${schemes.map(schemeField)}</div>
  </header>
  <div id="operations">${tags.map((tag) => tagView(tag, document))}</div>
</main>
<script>${new Markup(PAGE_SCRIPT)}</script>
</body>
</html>
`.text;
}

interface Tag {
  readonly name: string;
  readonly about: string | undefined;
  readonly operations: readonly ShownOperation[];
}

/** Groups operations in the order of the document's tags, then of their first operation. */
function byTag({ tags = [], paths }: OpenApiDocument): Tag[] {
  const operations = Object.entries(paths).flatMap(([path, item]) => operationsOf(path, item));
  const names = new Set([...tags.map(({ name }) => name), ...operations.flatMap(({ operation }) => operation.tags)]);
  return [...names].map((name) => ({
    name,
    about: tags.find((tag) => tag.name === name)?.description,
    // Under its first tag only: an id may stand in a page once.
    operations: operations.filter(({ operation }) => operation.tags[0] === name),
  }));
}

function operationsOf(path: string, item: PathItem): ShownOperation[] {
  return Object.entries(item).map(([verb, operation]) => ({ verb, path, operation }));
}

function linkTo({ verb, path, operation: { operationId, summary } }: ShownOperation): Markup {
  const method = verb.toUpperCase();
  const label = html`<span class="verb ${verb}">${method}</span> ${summary}`;
  return html`<li><a href="#${operationId}" title="${method} ${path}">${label}</a></li>`;
}

function tagView({ name, about, operations }: Tag, document: OpenApiDocument): Markup {
  const views = operations.map((operation) => operationView(operation, document));
  return html`<section class="tag" aria-label="${name}"><h2>${name}</h2>${prose(about)}${views}</section>`;
}

/** Returns the link from the page to the document, whatever stage or base path precedes both. */
function relativePath({ page, document }: PagePaths): string {
  return `${'../'.repeat(page.split('/').length - 2) || './'}${document.slice(1)}`;
}

function lazyNote(prefixes: readonly string[] | undefined): Markup | undefined {
  const list = prefixes?.map((prefix, index) => html`${index > 0 && ', '}<code>/${prefix.replace(/^\//, '')}</code>`);
  return (
    list && html`<p class="note">Not described here: routes under ${list}, which are loaded at their first request.</p>`
  );
}

function serverField({ servers }: OpenApiDocument): Markup {
  const options = servers.map(
    ({ url, description }) =>
      html`<option value="${url}">${url === '/' ? 'this server' : url}${description && ` (${description})`}</option>`,
  );
  return html`<label for="server"><span>Server</span><select id="server">${options}</select></label>`;
}

/** Renders the field of a scheme whose credentials are a value in the request. */
function schemeField([name, scheme]: readonly [string, SecurityScheme]): Markup | undefined {
  const location = locationOf(scheme);
  if (!location) return undefined;
  const attributes = html`data-in="${location.in}" data-name="${location.name}" data-prefix="${location.prefix}"`;
  return html`<label for="scheme-${name}"><span>${name} <small>${location.label}</small></span>
    <input id="scheme-${name}" type="password" autocomplete="off" data-scheme="${name}" ${attributes}></label>`;
}

function locationOf(scheme: SecurityScheme): { in: string; name: string; prefix: string; label: string } | undefined {
  if (scheme.type === 'apiKey')
    return scheme.in === 'cookie'
      ? undefined
      : { in: scheme.in, name: scheme.name, prefix: '', label: `${scheme.in} ${scheme.name}` };
  if (scheme.type === 'mutualTLS') return undefined;
  const isBasic = scheme.type === 'http' && scheme.scheme.toLowerCase() === 'basic';
  return {
    in: 'header',
    name: 'authorization',
    prefix: isBasic ? 'Basic' : 'Bearer',
    label: isBasic ? 'user:password' : 'token',
  };
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
