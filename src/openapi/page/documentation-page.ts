import { checkCallOptions, text } from '../../errors/check-options.js';
import type { InfoObject, OpenApiDocument } from '../openapi-document.js';
import { externalLink, html, markdown, Markup } from './html.js';
import { modelId } from './named-schemas.js';
import { operationView } from './operation-view.js';
import { PAGE_SCRIPT } from './page-script.js';
import { PAGE_STYLE } from './page-style.js';
import { modelView } from './schema-view.js';
import { AUTHORIZE, authorizeView } from './security-view.js';
import { byTag, type ShownOperation, type Tag } from './tagged-operations.js';

/** The paths of the page and the document, such as `/docs` and `/openapi.json`. */
export interface PagePaths {
  readonly page: string;
  readonly document: string;
}

/** Returns a self-contained page: the document to read, and a form to try each operation. */
export function documentationPage(document: OpenApiDocument, paths: PagePaths): string {
  checkCallOptions(paths, { page: text, document: text }, 'the paths of documentationPage');
  const { title, version } = document.info;
  const tags = byTag(document);
  const models = Object.entries(document.components.schemas);
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
<a class="skip" href="#page/main">Skip to the content</a>
<header class="bar"><button type="button" class="plain" popovertarget="page/menu">Menu</button> <b>${title}</b></header>
${navigation(tags, document)}
<main id="page/main" tabindex="-1">
  <header>
    <h1>${title} <small>${version}</small></h1>
    ${introduction(document.info, paths)}
    ${lazyNote(document['x-lazy-prefixes'])}
    ${serverField(document)}
    ${authorizeView(document)}
  </header>
  ${tags.map((tag) => tagView(tag, document))}
  ${
    models.length > 0 &&
    html`<section class="tag" id="page/models" aria-label="Models"><h2>Models</h2>
    ${models.map(([name, schema]) => modelView(name, schema, document.components.schemas))}</section>`
  }
</main>
<script>${new Markup(PAGE_SCRIPT)}</script>
</body>
</html>
`.text;
}

/** On a phone the menu is a popover, which needs no script; on wide screens it is always there. */
function navigation(tags: readonly Tag[], { components }: OpenApiDocument): Markup {
  const hasSchemes = Object.keys(components.securitySchemes ?? {}).length > 0;
  const models = Object.keys(components.schemas).map((name) => html`<li><a href="#${modelId(name)}">${name}</a></li>`);
  return html`<nav id="page/menu" popover aria-label="Operations and models">
  <label for="page/filter">Search</label>
  <input id="page/filter" type="search" autocomplete="off" spellcheck="false" placeholder="Path, name or method">
  <p class="quiet" role="status" id="page/found"></p>
  ${hasSchemes && html`<section><ul><li><a href="#${AUTHORIZE}">Authorize</a></li></ul></section>`}
  ${tags.map(
    ({ name, operations }) =>
      html`<section><h2><a href="#${tagId(name)}">${name}</a></h2><ul>${operations.map(linkTo)}</ul></section>`,
  )}
  ${models.length > 0 && html`<section><h2><a href="#page/models">Models</a></h2><ul>${models}</ul></section>`}
</nav>`;
}

function tagId(name: string): string {
  return `tag/${name}`;
}

function linkTo({ verb, path, operation: { operationId, summary, deprecated } }: ShownOperation): Markup {
  const method = verb.toUpperCase();
  const label = html`<span class="verb ${verb}">${method}</span> <span>${summary}</span>`;
  const old = deprecated && html`class="old"`;
  return html`<li><a href="#${operationId}" title="${method} ${path}" ${old}>${label}</a></li>`;
}

function tagView({ name, about, operations }: Tag, document: OpenApiDocument): Markup {
  const views = operations.map((operation) => operationView(operation, document));
  return html`<section class="tag" id="${tagId(name)}" aria-label="${name}"><h2>${name}</h2>
    ${markdown(about)}${views}</section>`;
}

function introduction(
  { summary, description, termsOfService, contact, license }: InfoObject,
  paths: PagePaths,
): Markup {
  const { name = contact?.email ?? 'Contact', url, email } = contact ?? {};
  const address = url ?? (email === undefined ? undefined : `mailto:${email}`);
  const links = [
    html`<a href="${relativePath(paths)}">OpenAPI document</a>`,
    termsOfService !== undefined && externalLink(termsOfService, 'Terms of service'),
    contact !== undefined && (address === undefined ? html`${name}` : externalLink(address, name)),
    license !== undefined &&
      (license.url === undefined ? html`${license.name}` : externalLink(license.url, license.name)),
  ].filter((link) => link !== false);
  return html`${summary && html`<p class="lead">${summary}</p>`}${markdown(description)}
    <p class="links">${links.map((link) => html`<span>${link}</span> `)}</p>`;
}

/** Returns the link from the page to the document, whatever stage or base path precedes both. */
function relativePath({ page, document }: PagePaths): string {
  return `${'../'.repeat(page.split('/').length - 2) || './'}${document.slice(1)}`;
}

function lazyNote(prefixes: readonly string[] | undefined): Markup | undefined {
  const list = prefixes?.map((prefix, index) => html`${index > 0 && ', '}<code>${prefix}</code>`);
  return (
    list && html`<p class="note">Not described here: routes under ${list}, which are loaded at their first request.</p>`
  );
}

function serverField({ servers }: OpenApiDocument): Markup {
  const options = servers.map(
    ({ url, description }) =>
      html`<option value="${url}">${url === '/' ? 'This server' : url}${description && ` (${description})`}</option>`,
  );
  // With one server there is nothing to choose.
  const [only] = servers;
  if (servers.length === 1 && only!.url === '/') return html`<input type="hidden" id="page/server" value="/">`;
  return html`<label class="server" for="page/server"><span>Server</span>
    <select id="page/server">${options}</select></label>`;
}
