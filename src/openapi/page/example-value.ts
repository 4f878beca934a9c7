import type { JsonSchema } from '../../shared/json-schema.js';
import { type NamedSchemas, resolved } from './named-schemas.js';

/** Deeper schemas refer to themselves, as a rule. */
const MAX_DEPTH = 8;

/** A value to begin with: the schema's own example, else one that is made of it. */
export function exampleValue(given: JsonSchema, schemas: NamedSchemas, depth = 0): unknown {
  const schema = resolved(given, schemas);
  const [choice] = [schema.examples?.[0], schema.default, schema.const, schema.enum?.[0]].filter((value) => value !== undefined);
  if (choice !== undefined) return choice;
  if (depth > MAX_DEPTH) return null;
  const inner = (next: JsonSchema) => exampleValue(next, schemas, depth + 1);
  const alternative = schema.oneOf?.[0] ?? schema.anyOf?.[0];
  if (alternative) return inner(alternative);
  if (schema.allOf && !schema.properties) return Object.assign({}, ...schema.allOf.map(inner)) as unknown;
  if (schema.properties) return exampleObject(schema, inner, schemas);
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0];
  if (type === 'array') return Array.from({ length: Math.max(1, schema.minItems ?? 1) }, () => inner(schema.items ?? {}));
  return type === undefined ? {} : SCALARS[type]?.(schema);
}

/** What has to be there, and of the rest what has a value of its own. */
function exampleObject({ properties = {}, required = [] }: JsonSchema, inner: (schema: JsonSchema) => unknown, schemas: NamedSchemas): unknown {
  const shown = Object.entries(properties).filter(([name, schema]) => required.includes(name) || hasValue(resolved(schema, schemas)));
  return Object.fromEntries(shown.map(([name, schema]) => [name, inner(schema)]));
}

function hasValue({ examples, const: constant }: JsonSchema): boolean {
  return examples !== undefined || constant !== undefined;
}

const SCALARS: Readonly<Record<string, (schema: JsonSchema) => unknown>> = {
  string: ({ format, minLength = 0 }) => FORMATS[format ?? ''] ?? 'text'.padEnd(minLength, '.'),
  integer: ({ minimum, exclusiveMinimum }) => minimum ?? (exclusiveMinimum === undefined ? 0 : exclusiveMinimum + 1),
  number: ({ minimum, exclusiveMinimum }) => minimum ?? (exclusiveMinimum === undefined ? 0 : exclusiveMinimum + 1),
  boolean: () => true,
  object: () => ({}),
  null: () => null,
};

const FORMATS: Readonly<Record<string, string>> = {
  email: 'ada@example.com',
  uuid: '01890a5d-ac96-774b-bcce-b302099a8057',
  uri: 'https://example.com/',
  hostname: 'example.com',
  'date-time': '2026-03-02T09:30:00Z',
  date: '2026-03-02',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
};
