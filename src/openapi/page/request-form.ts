import type { JsonSchema } from '../../shared/json-schema.js';
import type { OpenApiDocument, OperationObject, ParameterObject, RequestBodyObject } from '../openapi-document.js';
import { exampleValue } from './example-value.js';
import { html, type Markup } from './html.js';
import { type NamedSchemas, resolved } from './named-schemas.js';

/** One operation, and where it is. */
export interface ShownOperation {
  readonly verb: string;
  readonly path: string;
  readonly operation: OperationObject;
}

/**
 * The form that sends a request, for the page's script to read. Its fields have no names: a field's name hides the
 * form's own member of that name.
 */
export function requestForm({ verb, path, operation }: ShownOperation, document: OpenApiDocument): Markup {
  const { schemas } = document.components;
  const { parameters = [], requestBody, operationId, security = document.security } = operation;
  const schemes = [...new Set(security.flatMap((requirement) => Object.keys(requirement)))];
  // What a page may not set by itself: the browser sends the cookies that it has.
  const fields = parameters.filter((parameter) => parameter.in !== 'cookie').map((parameter) => parameterField(parameter, operationId, schemas));
  return html`<form class="try" data-method="${verb.toUpperCase()}" data-path="${path}" data-schemes="${schemes.join(' ')}">
    <h4>Try it</h4>
    ${fields.length > 0 && html`<div class="fields">${fields}</div>`}
    ${requestBody && bodyFields(requestBody, operationId, schemas)}
    <p><button type="submit">Send ${verb.toUpperCase()}</button></p>
    <div class="answer" role="status" aria-live="polite"></div>
  </form>`;
}

function parameterField({ name, in: place, required, schema, example }: ParameterObject, id: string, schemas: NamedSchemas): Markup {
  const type = resolved(schema, schemas);
  const value = example ?? (required ? exampleValue(schema, schemas) : '');
  const attributes = html`id="${id}-${place}-${name}" data-name="${name}" data-in="${place}" ${required && html`required`}`;
  return html`<label for="${id}-${place}-${name}"><span>${name} <small>${place}</small></span>${
    type.enum || type.type === 'boolean' ? choices(type, attributes, required) : html`<input ${attributes} value="${textOf(value)}" ${type.type === 'array' && html`data-list placeholder="a, b"`}>`
  }</label>`;
}

function choices({ enum: values = [true, false] }: JsonSchema, attributes: Markup, required: boolean | undefined): Markup {
  return html`<select ${attributes}>${!required && html`<option value=""></option>`}${values.map((value) => html`<option>${String(value)}</option>`)}</select>`;
}

function bodyFields({ content, required }: RequestBodyObject, id: string, schemas: NamedSchemas): Markup {
  const [mediaType = '', { schema = {}, example } = {}] = Object.entries(content)[0] ?? [];
  // A form is taken in either type; what a script sends is a multipart one.
  if (mediaType === 'multipart/form-data' || mediaType === 'application/x-www-form-urlencoded') return formFields(schema, id, schemas);
  const value = example ?? exampleValue(schema, schemas);
  const text = mediaType === 'application/json' ? JSON.stringify(value, null, 2) : textOf(value);
  return html`<label class="wide" for="${id}-body"><span>Body <small>${mediaType}</small></span>
    <textarea id="${id}-body" data-in="body" data-type="${mediaType}" spellcheck="false" rows="${Math.min(16, text.split('\n').length + 1)}" ${required && html`required`}>
${text}</textarea></label>`;
}

function formFields(given: JsonSchema, id: string, schemas: NamedSchemas): Markup {
  const { properties = {}, required = [] } = resolved(given, schemas);
  return html`<div class="fields">${Object.entries(properties).map(([name, schema]) => {
    const isFile = (schema.items ?? schema).contentMediaType !== undefined;
    const attributes = html`id="${id}-form-${name}" data-name="${name}" data-in="form" ${required.includes(name) && html`required`}`;
    return html`<label for="${id}-form-${name}"><span>${name} <small>${isFile ? 'file' : 'form'}</small></span>
      <input ${attributes} ${isFile && html`type="file"`} ${schema.type === 'array' && html`multiple`}></label>`;
  })}</div>`;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
