import type { JsonSchema } from '../../shared/json-schema.js';
import type {
  MediaType,
  OpenApiDocument,
  OperationObject,
  ParameterObject,
  Reference,
  RequestBodyObject,
  ResponseObject,
} from '../openapi-document.js';
import { html, inline, type Markup, prose } from './html.js';
import { exampleValue, type NamedSchemas, resolved, schemaView, typeView } from './schema-view.js';

/** Renders one operation: its description, parameters, body and responses, and the form to try it. */
export function operationView(shown: ShownOperation, document: OpenApiDocument): Markup {
  const { verb, path, operation } = shown;
  const { schemas } = document.components;
  const { operationId, summary, description, deprecated, parameters = [], requestBody, responses } = operation;
  return html`<details class="operation" id="${operationId}">
    <summary><span class="verb ${verb}">${verb.toUpperCase()}</span> <code class="path">${pathView(path)}</code>
      <span class="summary">${summary}</span>${deprecated && DEPRECATED}${isGuarded(shown, document) && LOCK}</summary>
    <div class="columns"><div>
      ${prose(description)}
      ${parameters.length > 0 && html`<h4>Parameters</h4>${parameterTable(parameters)}`}
      ${requestBody && html`<h4>Body</h4>${contentView(requestBody.content, schemas)}`}
      <h4>Responses</h4>
      ${Object.entries(responses).map(([status, response]) => responseView(status, response, document))}
    </div><div>${requestForm(shown, document)}</div></div>
  </details>`;
}

const DEPRECATED = html` <span class="deprecated">deprecated</span>`;
const LOCK = html` <span class="lock" title="Requires credentials">key</span>`;

/** Lets long paths break after slashes, but not within names. */
function pathView(path: string): Markup {
  return html`${path
    .split('/')
    .slice(1)
    .map((segment) => html`/<wbr>${segment}`)}`;
}

function isGuarded({ operation: { security } }: ShownOperation, document: OpenApiDocument): boolean {
  return (security ?? document.security).length > 0;
}

function parameterTable(parameters: readonly ParameterObject[]): Markup {
  return html`<ul class="schema">${parameters.map(
    ({
      name,
      in: location,
      required,
      description,
      schema,
    }) => html`<li><code class="name">${name}</code> <small>${location}</small> ${typeView(schema)}
      ${required && html`<span class="required">required</span>`}${description && about(description)}</li>`,
  )}</ul>`;
}

function responseView(status: string, response: ResponseObject | Reference, { components }: OpenApiDocument): Markup {
  const known = '$ref' in response ? components.responses[response.$ref.split('/').at(-1)!]! : response;
  const { description, content = {}, headers = {} } = known;
  const head = html`<span class="status s${status[0]}">${status}</span> ${inline(description)}`;
  const inside = [
    ...Object.entries(headers).map(([name, header]) => headerView(name, header.description)),
    contentView(content, components.schemas),
  ];
  return html`<details class="response"><summary>${head}</summary>${inside}</details>`;
}

function headerView(name: string, description = ''): Markup {
  return html`<p><code class="name">${name}</code> <small>header</small> ${about(description)}</p>`;
}

function about(description: string): Markup {
  return html`<span class="about">${inline(description)}</span>`;
}

function contentView(content: Readonly<Record<string, MediaType>>, schemas: NamedSchemas): Markup {
  return html`${Object.entries(content).map(([mediaType, { schema, example }]) => {
    if (!schema)
      return html`<p class="media">${mediaType}</p>
      `;
    const isJson = mediaType === 'application/json';
    return html`<p class="media">${mediaType} ${typeView(schema)}</p>
      ${schemaView(schema, schemas)}${isJson && exampleView(example ?? exampleValue(schema, schemas))}`;
  })}`;
}

function exampleView(example: unknown): Markup | undefined {
  const isEmpty = typeof example === 'object' && example !== null && Object.keys(example).length === 0;
  return isEmpty
    ? undefined
    : html`<details class="example"><summary>Example</summary><pre>${JSON.stringify(example, null, 2)}</pre></details>`;
}

/** An operation with its path and method. */
export interface ShownOperation {
  readonly verb: string;
  readonly path: string;
  readonly operation: OperationObject;
}

/**
 * Renders the form from which the page's script sends a request. Its fields have no names: a field's name would hide
 * the form's own member of that name.
 */
function requestForm({ verb, path, operation }: ShownOperation, document: OpenApiDocument): Markup {
  const { schemas } = document.components;
  const { parameters = [], requestBody, operationId, security = document.security } = operation;
  const schemes = [...new Set(security.flatMap((requirement) => Object.keys(requirement)))];
  // A page may not set cookies: the browser sends those that it has.
  const fields = parameters
    .filter((parameter) => parameter.in !== 'cookie')
    .map((parameter) => parameterField(parameter, operationId, schemas));
  const method = verb.toUpperCase();
  return html`<form class="try" data-method="${method}" data-path="${path}" data-schemes="${schemes.join(' ')}">
    <h4>Try it</h4>
    ${fields.length > 0 && html`<div class="fields">${fields}</div>`}
    ${requestBody && bodyFields(requestBody, operationId, schemas)}
    <p><button type="submit">Send ${method}</button></p>
    <div class="output" role="status" aria-live="polite"></div>
  </form>`;
}

function parameterField(
  { name, in: location, required, schema, example }: ParameterObject,
  id: string,
  schemas: NamedSchemas,
): Markup {
  const type = resolved(schema, schemas);
  const value = example ?? (required ? exampleValue(schema, schemas) : '');
  const fieldId = `${id}-${location}-${name}`;
  const attributes = html`id="${fieldId}" data-name="${name}" data-in="${location}" ${required && html`required`}`;
  const list = type.type === 'array' && html`data-list placeholder="a, b"`;
  return html`<label for="${fieldId}"><span>${name} <small>${location}</small></span>${
    type.enum || type.type === 'boolean'
      ? choices(type, attributes, required)
      : html`<input ${attributes} value="${textOf(value)}" ${list}>`
  }</label>`;
}

function choices(
  { enum: values = [true, false] }: JsonSchema,
  attributes: Markup,
  required: boolean | undefined,
): Markup {
  const options = values.map((value) => html`<option>${String(value)}</option>`);
  return html`<select ${attributes}>${!required && html`<option value=""></option>`}${options}</select>`;
}

function bodyFields({ content, required }: RequestBodyObject, id: string, schemas: NamedSchemas): Markup {
  const [mediaType = '', { schema = {}, example } = {}] = Object.entries(content)[0] ?? [];
  // Either type of form is accepted; the script sends multipart.
  if (mediaType === 'multipart/form-data' || mediaType === 'application/x-www-form-urlencoded')
    return formFields(schema, id, schemas);
  const value = example ?? exampleValue(schema, schemas);
  const text = mediaType === 'application/json' ? JSON.stringify(value, null, 2) : textOf(value);
  const rows = Math.min(16, text.split('\n').length + 1);
  const attributes = html`data-in="body" data-type="${mediaType}" rows="${rows}" ${required && html`required`}`;
  return html`<label class="wide" for="${id}-body"><span>Body <small>${mediaType}</small></span>
    <textarea id="${id}-body" spellcheck="false" ${attributes}>
${text}</textarea></label>`;
}

function formFields(given: JsonSchema, id: string, schemas: NamedSchemas): Markup {
  const { properties = {}, required = [] } = resolved(given, schemas);
  return html`<div class="fields">${Object.entries(properties).map(([name, schema]) => {
    const isFile = (schema.items ?? schema).contentMediaType !== undefined;
    const isRequired = required.includes(name) && html`required`;
    const attributes = html`id="${id}-form-${name}" data-name="${name}" data-in="form" ${isRequired}`;
    return html`<label for="${id}-form-${name}"><span>${name} <small>${isFile ? 'file' : 'form'}</small></span>
      <input ${attributes} ${isFile && html`type="file"`} ${schema.type === 'array' && html`multiple`}></label>`;
  })}</div>`;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
