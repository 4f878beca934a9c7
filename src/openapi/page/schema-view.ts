import type { JsonSchema } from '../../shared/json-schema.js';
import { html, markdown, type Markup } from './html.js';
import { alternativesOf, modelId, type NamedSchemas, referredName, resolved } from './named-schemas.js';
import { typeName, typeView } from './type-view.js';

/**
 * Renders the properties of a schema as nested lists.
 *
 * Each model is rendered once, in the section of models. Elsewhere the page's script copies it to where it is shown,
 * which keeps the page small, and lets a model that contains itself unfold for ever.
 */
export function schemaView(schema: JsonSchema, schemas: NamedSchemas): Markup | undefined {
  const name = referredName(schema);
  if (name !== undefined)
    return hasMembers(schema, schemas) ? html`<div data-model="${modelId(name)}"></div>` : undefined;
  return membersView(schema, schemas);
}

/** Renders the properties of the schema itself, wherever they are declared: in lists, alternatives and parts. */
export function membersView(schema: JsonSchema, schemas: NamedSchemas): Markup | undefined {
  if (!hasMembers(schema, schemas)) return undefined;
  if (schema.items) return schemaView(schema.items, schemas);
  const alternatives = alternativesOf(schema);
  if (alternatives.length > 1) return alternativesView(schema, alternatives, schemas);
  const parts = [...alternatives, ...(schema.allOf ?? [])].map((part) => schemaView(part, schemas));
  return html`${parts}${propertiesView(schema, schemas)}`;
}

/**
 * Whether there is more to say of the schema than its type.
 *
 * @param seen The models that have been looked into: one that only consists of itself has no members.
 */
function hasMembers(given: JsonSchema, schemas: NamedSchemas, seen = new Set<string>()): boolean {
  const name = referredName(given);
  if (name !== undefined && seen.has(name)) return false;
  if (name !== undefined) seen.add(name);
  const schema = resolved(given, schemas);
  const { properties = {}, additionalProperties, items, allOf = [] } = schema;
  if (Object.keys(properties).length > 0) return true;
  const inside = [...alternativesOf(schema), ...allOf, ...(items ? [items] : [])];
  if (typeof additionalProperties === 'object') inside.push(additionalProperties);
  return inside.some((each) => hasMembers(each, schemas, seen));
}

function propertiesView(schema: JsonSchema, schemas: NamedSchemas): Markup | undefined {
  const { properties = {}, additionalProperties, required = [] } = schema;
  const members = Object.entries(properties).map(([key, member]) =>
    memberView({ label: html`<code class="name">${key}</code>`, member, required: required.includes(key) }, schemas),
  );
  if (typeof additionalProperties === 'object' && Object.keys(additionalProperties).length > 0)
    members.push(memberView({ label: html`<i>any other name</i>`, member: additionalProperties }, schemas));
  return members.length === 0 ? undefined : html`<ul class="schema">${members}</ul>`;
}

interface Member {
  readonly label: Markup;
  readonly member: JsonSchema;
  readonly required?: boolean;
}

function memberView({ label, member, required = false }: Member, schemas: NamedSchemas): Markup {
  const { description, deprecated } = { ...resolved(member, schemas), ...member };
  return html`<li>${label} ${typeView(member)} ${required && REQUIRED}${deprecated === true && DEPRECATED}
    ${markdown(description)}${nestedView(member, schemas)}</li>`;
}

export const REQUIRED = html`<span class="required">required</span> `;
export const DEPRECATED = html`<span class="deprecated">deprecated</span> `;

/** Hides the properties of a property until somebody asks for them. */
function nestedView(member: JsonSchema, schemas: NamedSchemas): Markup | undefined {
  const inside = schemaView(member, schemas);
  return inside && html`<details class="nested"><summary>Properties</summary>${inside}</details>`;
}

/** Renders each alternative, with the value of the discriminator that selects it. */
function alternativesView(schema: JsonSchema, alternatives: readonly JsonSchema[], schemas: NamedSchemas): Markup {
  const { propertyName, mapping = {} } = (schema['discriminator'] ?? {}) as Discriminator;
  const selects = ({ $ref }: JsonSchema) => Object.entries(mapping).find(([, target]) => target === $ref)?.[0];
  const views = alternatives.map((each) => {
    const value = selects(each);
    const when =
      value !== undefined &&
      html` <span class="limit">if <code>${propertyName}</code> is <code>${JSON.stringify(value)}</code></span>`;
    return html`<li><span class="type">${typeName(each)}</span>${when}${nestedView(each, schemas)}</li>`;
  });
  return html`<p class="quiet">${schema.oneOf ? 'One of' : 'Any of'}</p><ul class="schema">${views}</ul>`;
}

/** https://spec.openapis.org/oas/v3.1.1.html#discriminator-object */
interface Discriminator {
  readonly propertyName?: string;
  readonly mapping?: Readonly<Record<string, string>>;
}

/** Renders a model with its anchor, description and properties. */
export function modelView(name: string, schema: JsonSchema, schemas: NamedSchemas): Markup {
  return html`<details class="card model" id="${modelId(name)}"><summary><h3>${name}</h3></summary>
    <div class="inside">${markdown(schema.description)}<p>${typeView(schema)}</p>
    <div class="members">${membersView(schema, schemas)}</div></div></details>`;
}
