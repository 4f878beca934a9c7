import { isFormType, isJson } from '../../http/message/media-type.js';
import type { JsonSchema } from '../../shared/json-schema.js';
import type { MediaType, OpenApiDocument, ParameterObject, RequestBodyObject } from '../openapi-document.js';
import { examplesOf, exampleText, exampleValue } from './example-value.js';
import { html, type Markup } from './html.js';
import { type NamedSchemas, resolved } from './named-schemas.js';
import type { ShownOperation } from './tagged-operations.js';

/**
 * Renders the form from which the page's script sends a request and writes code samples. Its fields have no names: a
 * field's name would hide the form's own member of that name.
 */
export function requestForm({ verb, path, operation }: ShownOperation, document: OpenApiDocument): Markup {
  const { schemas } = document.components;
  const { parameters = [], requestBody, operationId, security = document.security } = operation;
  const fields = parameters.map((parameter) => parameterField(parameter, operationId, schemas));
  const schemes = JSON.stringify(security.map((requirement) => Object.keys(requirement)));
  return html`<form class="try" data-method="${verb.toUpperCase()}" data-path="${path}" data-security="${schemes}">
    <h4>Try it</h4>
    ${fields.length > 0 && html`<div class="fields">${fields}</div>`}
    ${requestBody && bodyFields(requestBody, operationId, schemas)}
    <p class="actions"><button type="submit">Send</button>
      <button type="button" class="plain" hidden>Cancel</button></p>
    <p class="outcome" role="status"></p><div class="output"></div>
    <div class="samples"></div>
  </form>`;
}

function parameterField(parameter: ParameterObject, id: string, schemas: NamedSchemas): Markup {
  const { name, in: location, required = false, example, examples } = parameter;
  const schema = resolved(parameter.schema, schemas);
  // Optional parameters stay empty, unless the author gives an example.
  const [shown] = examplesOf({ example, examples, ...(required && { schema }) }, schemas);
  const isList = schema.type === 'array' && location === 'query';
  const fieldId = `${id}/${location}/${name}`;
  if (location === 'cookie')
    return html`<p class="quiet">Your browser sends the cookie <code>${name}</code>, if it has one.
      <input type="hidden" data-name="${name}" data-in="cookie" value="${fieldText(shown?.value)}"></p>`;
  return html`<label for="${fieldId}"><span>${name} <small>${location}</small></span>${fieldView(
    { id: fieldId, name, location, required, isList, value: fieldText(shown?.value) },
    schema,
  )}</label>`;
}

interface Field {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly required: boolean;
  /** Whether it takes several values, separated by commas. */
  readonly isList: boolean;
  readonly value: string;
}

function fieldView({ id, name, location, required, isList, value }: Field, schema: JsonSchema): Markup {
  const attributes = html`id="${id}" data-name="${name}" data-in="${location}" ${required && html`required`} ${
    isList && html`data-list`
  }`;
  const isFile = (schema.items ?? schema).contentMediaType !== undefined;
  if (isFile) return html`<input ${attributes} type="file" ${schema.type === 'array' && html`multiple`}>`;
  const hint = schema.type === 'array' && html`placeholder="a, b"`;
  const choices = schema.enum ?? (schema.type === 'boolean' ? [true, false] : undefined);
  if (!choices) return html`<input ${attributes} value="${value}" autocomplete="off" ${hint}>`;
  const options = choices.map((choice) => {
    const text = String(choice);
    return html`<option ${text === value && html`selected`}>${text}</option>`;
  });
  return html`<select ${attributes}>${!required && html`<option value=""></option>`}${options}</select>`;
}

/** Writes an example as a field takes it: the items of a list are separated by commas. */
function fieldText(value: unknown): string {
  if (value === undefined) return '';
  return Array.isArray(value) ? value.map(exampleText).join(', ') : exampleText(value);
}

/** Renders the fields of each media type; the first is sent unless the reader chooses another. */
function bodyFields(body: RequestBodyObject, id: string, schemas: NamedSchemas): Markup {
  const types = Object.entries(body.content);
  const fieldsets = types.map(([mediaType, media], index) => {
    const fields = isFormType(mediaType)
      ? formFields(media.schema ?? {}, `${id}/${mediaType}`, schemas)
      : textBody({ id: `${id}/${mediaType}`, mediaType, media, required: body.required }, schemas);
    return html`<fieldset data-media="${mediaType}" ${index > 0 && html`hidden disabled`}>${fields}</fieldset>`;
  });
  const options = types.map(([mediaType]) => html`<option>${mediaType}</option>`);
  return html`${
    types.length > 1 &&
    html`<label class="wide" for="${id}/media"><span>Content type</span>
      <select id="${id}/media" data-choose="media">${options}</select></label>`
  }${fieldsets}`;
}

interface TextBody {
  readonly id: string;
  readonly mediaType: string;
  readonly media: MediaType;
  readonly required: boolean;
}

function textBody({ id, mediaType, media, required }: TextBody, schemas: NamedSchemas): Markup {
  const examples = examplesOf(media, schemas).map(({ name, value }) => ({
    name,
    text: isJson(mediaType) ? JSON.stringify(value, null, 2) : exampleText(value),
  }));
  const text = examples[0]?.text ?? '';
  const rows = Math.min(16, text.split('\n').length + 1);
  const options = examples.map((each) => html`<option value="${each.text}">${each.name}</option>`);
  return html`${
    examples.length > 1 &&
    html`<label class="wide" for="${id}/example"><span>Example</span>
      <select id="${id}/example" data-choose="example">${options}</select></label>`
  }<label class="wide" for="${id}/body"><span>Request body <small>${mediaType}</small></span>
    <textarea id="${id}/body" spellcheck="false" data-in="body" rows="${rows}" ${required && html`required`}>
${text}</textarea></label>`;
}

function formFields(given: JsonSchema, id: string, schemas: NamedSchemas): Markup {
  const { properties = {}, required = [] } = resolved(given, schemas);
  return html`<div class="fields">${Object.entries(properties).map(([name, member]) => {
    const schema = resolved(member, schemas);
    const isRequired = required.includes(name);
    const field = {
      id: `${id}/${name}`,
      name,
      location: 'form',
      required: isRequired,
      isList: schema.type === 'array',
      value: fieldText(schema.examples?.[0] ?? (isRequired ? exampleValue(schema, schemas) : undefined)),
    };
    return html`<label for="${field.id}"><span>${name}</span>${fieldView(field, schema)}</label>`;
  })}</div>`;
}
