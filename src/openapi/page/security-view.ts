import type { OAuthFlow, OpenApiDocument, SecurityRequirement, SecurityScheme } from '../openapi-document.js';
import { externalLink, html, listed, markdown, type Markup } from './html.js';

type NamedScheme = readonly [name: string, scheme: SecurityScheme];

/** The id of the section that takes credentials. */
export const AUTHORIZE = 'page/authorize';

/** Renders the fields for keys and tokens, which the page's script keeps and sends. */
export function authorizeView({ components }: OpenApiDocument): Markup | undefined {
  const schemes = Object.entries(components.securitySchemes ?? {});
  if (schemes.length === 0) return undefined;
  return html`<section class="panel" id="${AUTHORIZE}" aria-labelledby="page/authorize-title">
    <h2 id="page/authorize-title">Authorize</h2>
    <div class="fields">${schemes.map(schemeView)}</div>
    <p class="quiet"><button type="button" class="plain" id="page/forget">Forget</button>
      What you enter is sent with your requests. This tab keeps it until you close it, or press Forget.
      <span role="status" id="page/forgotten"></span></p>
  </section>`;
}

function schemeView([name, scheme]: NamedScheme): Markup {
  const { in: location, as = '', prefix = '', placeholder, labels } = placeOf(scheme);
  const attributes = html`data-scheme="${name}" data-in="${location}" data-name="${as}" data-prefix="${prefix}"
      data-placeholder="${placeholder}"`;
  const fields = labels.map((label, index) => {
    const id = `page/scheme/${name}/${index}`;
    const type = label === 'username' ? 'text' : 'password';
    return html`<label for="${id}"><span>${name} <small>${label}</small></span>
      <input id="${id}" type="${type}" autocomplete="off" spellcheck="false" data-credential></label>`;
  });
  return html`<div class="scheme" ${attributes}>${fields}${labels.length === 0 && html`<b>${name}</b>`}
      <div class="quiet">${explanationOf(scheme)}${markdown(scheme.description)}</div></div>`;
}

interface Place {
  readonly in: 'header' | 'query' | 'cookie' | 'none';
  /** The name of the header, the query parameter or the cookie. */
  readonly as?: string;
  readonly prefix?: string;
  /** The text in code samples instead of the credentials. */
  readonly placeholder: string;
  /** The labels of the fields. */
  readonly labels: readonly string[];
}

const AUTHORIZATION = { in: 'header', as: 'Authorization' } as const;

/** Says where credentials stand in a request, and what to ask for. */
function placeOf(scheme: SecurityScheme): Place {
  switch (scheme.type) {
    case 'apiKey':
      return placeOfKey(scheme);
    case 'http':
      return placeOfHttp(scheme);
    case 'mutualTLS':
      return { in: 'none', placeholder: '', labels: [] };
    default:
      return { ...AUTHORIZATION, prefix: 'Bearer', placeholder: 'YOUR_TOKEN', labels: ['access token'] };
  }
}

function placeOfKey({ in: location, name }: SecurityScheme & { type: 'apiKey' }): Place {
  // A page can't set the cookies of others: the browser sends those that it has.
  const labels = { header: [`header ${name}`], query: [`query parameter ${name}`], cookie: [] }[location];
  return { in: location, as: name, placeholder: 'YOUR_API_KEY', labels };
}

function placeOfHttp({ scheme, bearerFormat = 'bearer token' }: SecurityScheme & { type: 'http' }): Place {
  switch (scheme.toLowerCase()) {
    case 'basic':
      return { ...AUTHORIZATION, prefix: 'Basic', placeholder: 'USERNAME:PASSWORD', labels: ['username', 'password'] };
    case 'bearer':
      return { ...AUTHORIZATION, prefix: 'Bearer', placeholder: 'YOUR_TOKEN', labels: [bearerFormat] };
    default:
      return { ...AUTHORIZATION, prefix: scheme, placeholder: 'YOUR_CREDENTIALS', labels: [scheme] };
  }
}

function explanationOf(scheme: SecurityScheme): Markup | undefined {
  switch (scheme.type) {
    case 'apiKey':
      return scheme.in === 'cookie'
        ? html`<p>Cookie <code>${scheme.name}</code>. Your browser sends it if you are signed in.</p>`
        : undefined;
    case 'mutualTLS':
      return html`<p>Your browser sends a client certificate.</p>`;
    case 'openIdConnect':
      return html`<p>${externalLink(scheme.openIdConnectUrl, 'OpenID Connect configuration')}</p>`;
    case 'oauth2':
      return html`${Object.entries(scheme.flows).map(([name, flow]) => flowView(name, flow))}`;
    default:
      return undefined;
  }
}

const FLOWS: Readonly<Record<string, string>> = {
  authorizationCode: 'Authorization code',
  clientCredentials: 'Client credentials',
  implicit: 'Implicit',
  password: 'Password',
};

function flowView(name: string, { authorizationUrl, tokenUrl, refreshUrl, scopes = {} }: OAuthFlow): Markup {
  const links = [
    authorizationUrl !== undefined && externalLink(authorizationUrl, 'authorization URL'),
    tokenUrl !== undefined && externalLink(tokenUrl, 'token URL'),
    refreshUrl !== undefined && externalLink(refreshUrl, 'refresh URL'),
  ].filter((link) => link !== false);
  const list = Object.entries(scopes).map(([scope, about]) => html`<li><code>${scope}</code> ${about}</li>`);
  return html`<p>${FLOWS[name] ?? name}: ${listed(links, 'and')}</p>${list.length > 0 && html`<ul>${list}</ul>`}`;
}

/** Renders which schemes an operation requires, as in `apiKey, or bearer and tenant`. */
export function requirementsView(security: readonly SecurityRequirement[]): Markup | undefined {
  if (security.length === 0) return undefined;
  const alternatives = security.map((requirement) => {
    const schemes = Object.entries(requirement).map(
      ([name, scopes]) =>
        html`<a href="#${AUTHORIZE}">${name}</a>${scopes.length > 0 && html` (${scopes.join(', ')})`}`,
    );
    return schemes.length === 0 ? html`none` : listed(schemes, 'and');
  });
  return html`<h4>Authorization</h4><p>${alternatives.map((each, index) => html`${index > 0 && ', or '}${each}`)}</p>`;
}
