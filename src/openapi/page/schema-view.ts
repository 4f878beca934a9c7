import type { JsonSchema } from '../../shared/json-schema.js';
import { html, inline, type Markup } from './html.js';
import { type NamedSchemas, referredName, resolved } from './named-schemas.js';

/** The members of a schema as nested lists, down to those that are objects; a class inside itself is told by its name alone. */
export function schemaView(given: JsonSchema, schemas: NamedSchemas, seen: readonly string[] = []): Markup {
  const name = referredName(given);
  const schema = resolved(given, schemas);
  if (name !== undefined && seen.includes(name)) return html``;
  const inside = name === undefined ? seen : [...seen, name];
  if (schema.items) return schemaView(schema.items, schemas, inside);
  const parts = schema.oneOf ?? schema.anyOf ?? schema.allOf;
  if (parts) return html`${parts.map((part) => schemaView(part, schemas, inside))}`;
  const members = Object.entries(schema.properties ?? {});
  if (members.length === 0) return html``;
  return html`<ul class="schema">${members.map(([key, member]) => memberView({ key, member, required: schema.required?.includes(key) === true }, schemas, inside))}</ul>`;
}

interface Member {
  readonly key: string;
  readonly member: JsonSchema;
  readonly required: boolean;
}

function memberView({ key, member, required }: Member, schemas: NamedSchemas, seen: readonly string[]): Markup {
  const { description } = { ...resolved(member, schemas), ...member };
  return html`<li><code class="name">${key}</code> ${typeView(member)} ${required && html`<span class="required">required</span>`}
    ${description && html`<span class="about">${inline(description)}</span>`}${schemaView(member, schemas, seen)}</li>`;
}

/** The type and what else holds for its values, as in `integer, 1 to 100`. */
export function typeView(schema: JsonSchema): Markup {
  const limits = limitsOf(schema.$ref === undefined ? schema : {});
  return html`<span class="type">${typeName(schema)}</span>${limits.map((limit) => html` <span class="limit">${limit}</span>`)}`;
}

function typeName(schema: JsonSchema): string {
  const { type, format, items } = schema;
  const name = referredName(schema);
  if (name !== undefined) return name;
  const parts = schema.oneOf ?? schema.anyOf ?? schema.allOf;
  if (parts && type === undefined) return [...new Set(parts.map((part) => typeName(part)))].join(schema.allOf ? ' and ' : ' or ');
  if (type === 'array') return `array of ${typeName(items ?? {})}`;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.contentMediaType !== undefined) return 'file';
  return type === undefined ? 'anything' : `${[type].flat().join(' or ')}${format ? ` (${format})` : ''}`;
}

function limitsOf(schema: JsonSchema): Markup[] {
  const { pattern, enum: values, default: initial, multipleOf } = schema;
  const ranges = [
    range(schema.minimum, schema.maximum, ''),
    range(schema.minLength, schema.maxLength, ' characters'),
    range(schema.minItems, schema.maxItems, ' items'),
    schema.exclusiveMinimum !== undefined && html`over ${schema.exclusiveMinimum}`,
    schema.exclusiveMaximum !== undefined && html`under ${schema.exclusiveMaximum}`,
    multipleOf !== undefined && html`a multiple of ${multipleOf}`,
    pattern !== undefined && html`matches <code>${pattern}</code>`,
    values && html`one of ${values.map((value, index) => html`${index > 0 && ', '}<code>${JSON.stringify(value)}</code>`)}`,
    initial !== undefined && html`<code>${JSON.stringify(initial)}</code> unless given`,
  ];
  return ranges.filter((limit) => limit !== false && limit !== undefined);
}

function range(from: number | undefined, to: number | undefined, unit: string): Markup | undefined {
  if (from === undefined && to === undefined) return undefined;
  if (to === undefined) return html`at least ${from}${unit}`;
  return from === undefined ? html`at most ${to}${unit}` : html`${from} to ${to}${unit}`;
}
