import { checkCallOptions, text } from '../../errors/check-options.js';
import type { OpenApiDocument, PathItem, SecurityScheme } from '../openapi-document.js';
import { html, Markup, prose } from './html.js';
import { operationView, type ShownOperation } from './operation-view.js';
import { PAGE_SCRIPT } from './page-script.js';
import { PAGE_STYLE } from './page-style.js';

/** Where the page and the document are, as in `/docs` and `/openapi.json`. */
export interface PagePlaces {
  readonly page: string;
  readonly document: string;
}

/** One page that needs nothing else: the document to read, and a form to try each operation with. */
export function documentationPage(document: OpenApiDocument, places: PagePlaces): string {
  checkCallOptions(places, { page: text, document: text }, 'the places of documentationPage');
  const { title, version, summary, description } = document.info;
  const tags = byTag(document);
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
<body data-page="${places.page}">
<a class="skip" href="#operations">To the operations</a>
<nav aria-label="Operations">
  <label for="filter">Find an operation</label>
  <input id="filter" type="search" autocomplete="off">
  ${tags.map(({ name, operations }) => html`<section><h2>${name}</h2><ul>${operations.map(linkTo)}</ul></section>`)}
</nav>
<main>
  <header>
    <h1>${title} <small>${version}</small></h1>
    ${prose(summary)}${prose(description)}
    <p><a href="${relativePath(places)}">OpenAPI document</a></p>
    ${lazyNote(document['x-lazy-prefixes'])}
    <div class="fields settings">${serverField(document)}${Object.entries(document.components.securitySchemes ?? {}).map(schemeField)}</div>
  </header>
  <div id="operations">${tags.map(
    ({ name, about, operations }) =>
      html`<section class="tag" aria-label="${name}"><h2>${name}</h2>${prose(about)}${operations.map((each) => operationView(each, document))}</section>`,
  )}</div>
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

/** In the order of the document's tags, then of their first operation. */
function byTag({ tags = [], paths }: OpenApiDocument): Tag[] {
  const operations = Object.entries(paths).flatMap(([path, item]) => operationsOf(path, item));
  const names = new Set([...tags.map(({ name }) => name), ...operations.flatMap(({ operation }) => operation.tags)]);
  return [...names].map((name) => ({
    name,
    about: tags.find((tag) => tag.name === name)?.description,
    // Under its first tag alone: a page has each id once.
    operations: operations.filter(({ operation }) => operation.tags[0] === name),
  }));
}

function operationsOf(path: string, item: PathItem): ShownOperation[] {
  return Object.entries(item).map(([verb, operation]) => ({ verb, path, operation }));
}

function linkTo({ verb, path, operation }: ShownOperation): Markup {
  return html`<li><a href="#${operation.operationId}" title="${verb.toUpperCase()} ${path}"><span class="verb ${verb}">${verb.toUpperCase()}</span> ${operation.summary}</a></li>`;
}

/** From the page to the document, whatever stage or base path stands before both. */
function relativePath({ page, document }: PagePlaces): string {
  return `${'../'.repeat(page.split('/').length - 2) || './'}${document.slice(1)}`;
}

function lazyNote(prefixes: readonly string[] | undefined): Markup | undefined {
  return (
    prefixes &&
    html`<p class="note">Not described here: what stands under ${prefixes.map((prefix, index) => html`${index > 0 && ', '}<code>/${prefix.replace(/^\//, '')}</code>`)}, which is loaded at its first request.</p>`
  );
}

function serverField({ servers }: OpenApiDocument): Markup {
  return html`<label for="server"><span>Server</span><select id="server">${servers.map(({ url, description }) => html`<option value="${url}">${url === '/' ? 'this one' : url}${description && ` (${description})`}</option>`)}</select></label>`;
}

/** Of the schemes that are a word in a request. */
function schemeField([name, scheme]: readonly [string, SecurityScheme]): Markup | undefined {
  const place = placeOf(scheme);
  if (!place) return undefined;
  return html`<label for="scheme-${name}"><span>${name} <small>${place.label}</small></span>
    <input id="scheme-${name}" type="password" autocomplete="off" data-scheme="${name}" data-in="${place.in}" data-name="${place.name}" data-prefix="${place.prefix}"></label>`;
}

function placeOf(scheme: SecurityScheme): { in: string; name: string; prefix: string; label: string } | undefined {
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
 * The Content-Security-Policy of the page: its own script and style, and requests to the document's servers.
 *
 * `node:crypto` costs 5 ms to load: only who looks at the page pays for it.
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
