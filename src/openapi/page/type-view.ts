import type { JsonSchema } from '../../shared/json-schema.js';
import { html, listed, type Markup } from './html.js';
import { modelId, referredName } from './named-schemas.js';

/** Renders the type and the limits of its values, such as `integer, 1 to 100`. */
export function typeView(schema: JsonSchema): Markup {
  const limits = limitsOf(schema).map((limit) => html` <span class="limit">${limit}</span>`);
  return html`<span class="type">${typeName(schema)}</span>${limits}`;
}

/** Renders the name of a type, with links to the models in it. */
export function typeName(schema: JsonSchema): Markup {
  const { type, format, items, additionalProperties } = schema;
  const name = referredName(schema);
  if (name !== undefined) return html`<a href="#${modelId(name)}">${name}</a>`;
  const parts = schema.oneOf ?? schema.anyOf ?? schema.allOf;
  if (parts && (type === undefined || type === 'object')) return listed(distinct(parts), schema.allOf ? 'and' : 'or');
  if (schema.const !== undefined) return html`<code>${JSON.stringify(schema.const)}</code>`;
  if (schema.contentMediaType !== undefined) return html`file`;
  if (type === 'array') return items ? html`array of ${typeName(items)}` : html`array`;
  if (type === 'object' && typeof additionalProperties === 'object' && !schema.properties)
    return html`map of ${typeName(additionalProperties)}`;
  if (type === undefined) return html`${schema.properties ? 'object' : schema.enum ? 'enum' : 'any'}`;
  return html`${[type].flat().join(' or ')}${format && ` (${format})`}`;
}

function distinct(parts: readonly JsonSchema[]): Markup[] {
  return [...new Map(parts.map((part) => [typeName(part).text, typeName(part)])).values()];
}

function limitsOf(schema: JsonSchema): Markup[] {
  const { pattern, enum: values, default: initial, multipleOf, items } = schema;
  const limits = [
    range(schema.minimum, schema.maximum, ''),
    range(schema.minLength, schema.maxLength, ' characters'),
    range(schema.minItems, schema.maxItems, ' items'),
    schema.uniqueItems === true && html`no item twice`,
    schema.exclusiveMinimum !== undefined && html`more than ${schema.exclusiveMinimum}`,
    schema.exclusiveMaximum !== undefined && html`less than ${schema.exclusiveMaximum}`,
    multipleOf !== undefined && html`a multiple of ${multipleOf}`,
    pattern !== undefined && html`matches <code>${pattern}</code>`,
    values && html`one of ${values.map((value, index) => html`${index > 0 && ', '}${literal(value)}`)}`,
    initial !== undefined && html`default ${literal(initial)}`,
    schema.additionalProperties === false && html`no other properties`,
    schema.readOnly === true && html`read-only`,
    schema.writeOnly === true && html`write-only`,
    ...exclusionsOf(schema),
  ];
  const own = limits.filter((limit) => limit !== false && limit !== undefined);
  const ofItems = items && items.type !== 'array' ? limitsOf(items).map((limit) => html`each ${limit}`) : [];
  return [...own, ...(schema.allOf ?? []).flatMap(limitsOf), ...ofItems];
}

function exclusionsOf({ not }: JsonSchema): Markup[] {
  const values = not?.enum ?? (not?.const === undefined ? [] : [not.const]);
  return values.length > 0 ? [html`not ${listed(values.map(literal), 'or')}`] : [];
}

function literal(value: unknown): Markup {
  return html`<code>${JSON.stringify(value)}</code>`;
}

function range(from: number | undefined, to: number | undefined, unit: string): Markup | undefined {
  if (from === undefined && to === undefined) return undefined;
  if (from === to) return html`exactly ${from}${unit}`;
  if (to === undefined) return html`at least ${from}${unit}`;
  return from === undefined || (from === 0 && unit !== '') ? html`at most ${to}${unit}` : html`${from} to ${to}${unit}`;
}
