import type { MediaType, OpenApiDocument, ParameterObject, Reference, ResponseObject } from '../openapi-document.js';
import { exampleValue } from './example-value.js';
import { html, inline, type Markup, prose } from './html.js';
import type { NamedSchemas } from './named-schemas.js';
import { requestForm, type ShownOperation } from './request-form.js';
import { schemaView, typeView } from './schema-view.js';

/** Everything there is to know of one operation. */
export function operationView(shown: ShownOperation, document: OpenApiDocument): Markup {
  const { verb, path, operation } = shown;
  const { schemas } = document.components;
  const { operationId, summary, description, deprecated, parameters = [], requestBody, responses } = operation;
  return html`<details class="operation" id="${operationId}">
    <summary><span class="verb ${verb}">${verb.toUpperCase()}</span> <code class="path">${pathView(path)}</code>
      <span class="summary">${summary}</span>${deprecated && html` <span class="deprecated">deprecated</span>`}${isGuarded(shown, document) && html` <span class="lock" title="Asks for a key">key</span>`}</summary>
    <div class="columns"><div>
      ${prose(description)}
      ${parameters.length > 0 && html`<h4>Parameters</h4>${parameterTable(parameters)}`}
      ${requestBody && html`<h4>Body</h4>${contentView(requestBody.content, schemas)}`}
      <h4>Answers</h4>
      ${Object.entries(responses).map(([status, response]) => responseView(status, response, document))}
    </div><div>${requestForm(shown, document)}</div></div>
  </details>`;
}

/** Breaks long paths after slashes, not within names. */
function pathView(path: string): Markup {
  return html`${path.split('/').slice(1).map((segment) => html`/<wbr>${segment}`)}`;
}

function isGuarded({ operation: { security } }: ShownOperation, document: OpenApiDocument): boolean {
  return (security ?? document.security).length > 0;
}

function parameterTable(parameters: readonly ParameterObject[]): Markup {
  return html`<ul class="schema">${parameters.map(
    ({ name, in: place, required, description, schema }) => html`<li><code class="name">${name}</code> <small>${place}</small> ${typeView(schema)}
      ${required && html`<span class="required">required</span>`}${description && html`<span class="about">${inline(description)}</span>`}</li>`,
  )}</ul>`;
}

function responseView(status: string, response: ResponseObject | Reference, { components }: OpenApiDocument): Markup {
  const known = '$ref' in response ? components.responses[response.$ref.split('/').at(-1)!]! : response;
  const { description, content = {}, headers = {} } = known;
  const head = html`<span class="status s${status[0]}">${status}</span> ${inline(description)}`;
  const inside = [...Object.entries(headers).map(([name, header]) => headerView(name, header.description)), contentView(content, components.schemas)];
  return html`<details class="response"><summary>${head}</summary>${inside}</details>`;
}

function headerView(name: string, description = ''): Markup {
  return html`<p><code class="name">${name}</code> <small>header</small> <span class="about">${inline(description)}</span></p>`;
}

function contentView(content: Readonly<Record<string, MediaType>>, schemas: NamedSchemas): Markup {
  return html`${Object.entries(content).map(
    ([mediaType, { schema, example }]) => html`<p class="media">${mediaType}${schema && html` ${typeView(schema)}`}</p>
      ${schema && schemaView(schema, schemas)}${mediaType === 'application/json' && schema && exampleView(example ?? exampleValue(schema, schemas))}`,
  )}`;
}

function exampleView(example: unknown): Markup | undefined {
  const isEmpty = typeof example === 'object' && example !== null && Object.keys(example).length === 0;
  return isEmpty ? undefined : html`<details class="example"><summary>Example</summary><pre>${JSON.stringify(example, null, 2)}</pre></details>`;
}
