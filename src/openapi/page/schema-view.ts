import type { JsonSchema } from '../../shared/json-schema.js';
import { html, inline, type Markup } from './html.js';

/**
 * Renders the members of a schema as nested lists, down to members that are objects. Where a class contains itself,
 * only its name is shown.
 */
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
  const views = members.map(([key, member]) => {
    const required = schema.required?.includes(key) === true;
    return memberView({ key, member, required }, schemas, inside);
  });
  return html`<ul class="schema">${views}</ul>`;
}

interface Member {
  readonly key: string;
  readonly member: JsonSchema;
  readonly required: boolean;
}

function memberView({ key, member, required }: Member, schemas: NamedSchemas, seen: readonly string[]): Markup {
  const { description } = { ...resolved(member, schemas), ...member };
  const mark = required && html`<span class="required">required</span>`;
  return html`<li><code class="name">${key}</code> ${typeView(member)} ${mark}
    ${description && html`<span class="about">${inline(description)}</span>`}${schemaView(member, schemas, seen)}</li>`;
}

/** Renders the type and the limits of its values, such as `integer, 1 to 100`. */
export function typeView(schema: JsonSchema): Markup {
  const limits = limitsOf(schema.$ref === undefined ? schema : {}).map(
    (limit) => html` <span class="limit">${limit}</span>`,
  );
  return html`<span class="type">${typeName(schema)}</span>${limits}`;
}

function typeName(schema: JsonSchema): string {
  const { type, format, items } = schema;
  const name = referredName(schema);
  if (name !== undefined) return name;
  const parts = schema.oneOf ?? schema.anyOf ?? schema.allOf;
  if (parts && type === undefined)
    return [...new Set(parts.map((part) => typeName(part)))].join(schema.allOf ? ' and ' : ' or ');
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
    values &&
      html`one of ${values.map((value, index) => html`${index > 0 && ', '}<code>${JSON.stringify(value)}</code>`)}`,
    initial !== undefined && html`default <code>${JSON.stringify(initial)}</code>`,
  ];
  return ranges.filter((limit) => limit !== false && limit !== undefined);
}

function range(from: number | undefined, to: number | undefined, unit: string): Markup | undefined {
  if (from === undefined && to === undefined) return undefined;
  if (to === undefined) return html`at least ${from}${unit}`;
  return from === undefined ? html`at most ${to}${unit}` : html`${from} to ${to}${unit}`;
}

/** Deeper schemas usually refer to themselves. */
const MAX_DEPTH = 8;

/** Returns a value to start from: the schema's own example, else one that is built from the schema. */
export function exampleValue(given: JsonSchema, schemas: NamedSchemas, depth = 0): unknown {
  const schema = resolved(given, schemas);
  const [choice] = [schema.examples?.[0], schema.default, schema.const, schema.enum?.[0]].filter(
    (value) => value !== undefined,
  );
  if (choice !== undefined) return choice;
  if (depth > MAX_DEPTH) return null;
  const inner = (next: JsonSchema) => exampleValue(next, schemas, depth + 1);
  const alternative = schema.oneOf?.[0] ?? schema.anyOf?.[0];
  if (alternative) return inner(alternative);
  if (schema.allOf && !schema.properties) return Object.assign({}, ...schema.allOf.map(inner)) as unknown;
  if (schema.properties) return exampleObject(schema, inner, schemas);
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0];
  if (type === 'array')
    return Array.from({ length: Math.max(1, schema.minItems ?? 1) }, () => inner(schema.items ?? {}));
  return type === undefined ? {} : SCALAR_EXAMPLES[type]?.(schema);
}

/** Includes required members, and others that have a value of their own. */
function exampleObject(
  { properties = {}, required = [] }: JsonSchema,
  inner: (schema: JsonSchema) => unknown,
  schemas: NamedSchemas,
): unknown {
  const shown = Object.entries(properties).filter(([name, schema]) => {
    const { examples, const: constant } = resolved(schema, schemas);
    return required.includes(name) || examples !== undefined || constant !== undefined;
  });
  return Object.fromEntries(shown.map(([name, schema]) => [name, inner(schema)]));
}

const SCALAR_EXAMPLES: Readonly<Record<string, (schema: JsonSchema) => unknown>> = {
  string: ({ format, minLength = 0 }) => FORMAT_EXAMPLES[format ?? ''] ?? 'text'.padEnd(minLength, '.'),
  integer: ({ minimum, exclusiveMinimum }) => minimum ?? (exclusiveMinimum === undefined ? 0 : exclusiveMinimum + 1),
  number: ({ minimum, exclusiveMinimum }) => minimum ?? (exclusiveMinimum === undefined ? 0 : exclusiveMinimum + 1),
  boolean: () => true,
  object: () => ({}),
  null: () => null,
};

const FORMAT_EXAMPLES: Readonly<Record<string, string>> = {
  email: 'ada@example.com',
  uuid: '01890a5d-ac96-774b-bcce-b302099a8057',
  uri: 'https://example.com/',
  hostname: 'example.com',
  'date-time': '2026-03-02T09:30:00Z',
  date: '2026-03-02',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
};

/** The schemas of a document by name. */
export type NamedSchemas = Readonly<Record<string, JsonSchema>>;

/** Returns the name in a reference; `undefined` if the schema is none. */
function referredName({ $ref }: JsonSchema): string | undefined {
  return $ref?.split('/').at(-1);
}

/** Follows references to the schema itself. */
export function resolved(schema: JsonSchema, schemas: NamedSchemas): JsonSchema {
  const target = schemas[referredName(schema) ?? ''];
  return target ? resolved(target, schemas) : schema;
}
