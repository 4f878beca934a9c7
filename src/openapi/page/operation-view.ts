import { isJson } from '../../http/message/media-type.js';
import type {
  HeaderObject,
  MediaType,
  OpenApiDocument,
  ParameterObject,
  Reference,
  RequestBodyObject,
  ResponseObject,
} from '../openapi-document.js';
import { exampleText, examplesOf } from './example-value.js';
import { html, markdown, type Markup } from './html.js';
import { type NamedSchemas, referredName } from './named-schemas.js';
import { requestForm } from './request-form.js';
import { DEPRECATED, REQUIRED, schemaView } from './schema-view.js';
import { requirementsView } from './security-view.js';
import type { ShownOperation } from './tagged-operations.js';
import { typeView } from './type-view.js';

/** Renders one operation: what it takes and returns, and the form to try it. */
export function operationView(shown: ShownOperation, document: OpenApiDocument): Markup {
  const { verb, path, operation } = shown;
  const { components } = document;
  const { operationId, summary, deprecated, security = document.security, responses } = operation;
  const isGuarded = security.length > 0 && security.every((requirement) => Object.keys(requirement).length > 0);
  return html`<details class="card operation" id="${operationId}">
    <summary>
      <h3><span class="verb ${verb}">${verb.toUpperCase()}</span> <code class="path">${pathView(path)}</code></h3>
      <span class="summary">${summary}</span>${deprecated && DEPRECATED}${isGuarded && LOCK}</summary>
    <div class="inside columns"><div>
      ${markdown(operation.description)}
      ${requirementsView(security)}
      ${parametersView(operation.parameters)}
      ${bodyView(operation.requestBody, components.schemas)}
      <h4>Responses</h4>
      ${Object.entries(responses).map(([status, response]) => responseView(status, response, document))}
    </div><div>${requestForm(shown, document)}</div></div>
  </details>`;
}

const LOCK = html`<span class="lock" title="Requires authorization">
  <span class="unseen">requires authorization</span></span>`;

/** Lets long paths break after slashes, but not within names. */
function pathView(path: string): Markup {
  return html`${path
    .split('/')
    .slice(1)
    .map((segment) => html`/<wbr>${segment}`)}`;
}

function parametersView(parameters: readonly ParameterObject[] = []): Markup | undefined {
  if (parameters.length === 0) return undefined;
  const views = parameters.map((parameter) => namedView(parameter, parameter.in));
  return html`<h4>Parameters</h4><ul class="schema">${views}</ul>`;
}

type Named = Pick<ParameterObject, 'name' | 'required' | 'deprecated' | 'description' | 'schema'>;

function namedView({ name, required, deprecated, description, schema }: Named, location: string): Markup {
  return html`<li><code class="name">${name}</code> <small>${location}</small> ${typeView(schema)}
      ${required && REQUIRED}${deprecated && DEPRECATED}${markdown(description ?? schema.description)}</li>`;
}

function bodyView(body: RequestBodyObject | undefined, schemas: NamedSchemas): Markup | undefined {
  if (!body) return undefined;
  return html`<h4>Request body ${body.required && REQUIRED}</h4>
      ${markdown(body.description)}${contentView(body.content, schemas)}`;
}

function responseView(status: string, response: ResponseObject | Reference, { components }: OpenApiDocument): Markup {
  const known = '$ref' in response ? components.responses[referredName(response)!]! : response;
  const { description, content = {}, headers = {} } = known;
  const head = html`<span class="status s${status[0]}">${status}</span>
      <span data-markdown="inline">${description}</span>`;
  const examples = (media: MediaType) => examplesView(media, components.schemas);
  const inside = html`${headersView(headers)}${contentView(content, components.schemas, examples)}`;
  if (inside.text === '') return html`<p class="response">${head}</p>`;
  const open = status.startsWith('2') && html`open`;
  return html`<details class="response" ${open}><summary>${head}</summary>${inside}</details>`;
}

function headersView(headers: Readonly<Record<string, HeaderObject>>): Markup | undefined {
  const views = Object.entries(headers).map(([name, header]) => namedView({ name, ...header }, 'header'));
  return views.length === 0 ? undefined : html`<ul class="schema">${views}</ul>`;
}

/** The examples of a request body are in the form. */
function contentView(
  content: Readonly<Record<string, MediaType>>,
  schemas: NamedSchemas,
  examples?: (media: MediaType) => Markup | undefined,
): Markup {
  return html`${Object.entries(content).map(([mediaType, media]) => {
    const { schema } = media;
    return html`<p class="media"><code>${mediaType}</code> ${schema && typeView(schema)}</p>
      ${schema && schemaView(schema, schemas)}${isJson(mediaType) && examples?.(media)}`;
  })}`;
}

function examplesView(media: MediaType, schemas: NamedSchemas): Markup | undefined {
  const examples = examplesOf(media, schemas).filter(({ value }) => !isEmpty(value));
  if (examples.length === 0) return undefined;
  const views = examples.map(
    ({ name, value }) =>
      html`<details class="example"><summary>${name}</summary>
        <pre tabindex="0" data-json>${exampleText(value)}</pre></details>`,
  );
  return html`${views}`;
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
