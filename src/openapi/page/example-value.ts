import type { JsonSchema } from '../../shared/json-schema.js';
import type { ExampleObject } from '../openapi-document.js';
import { type NamedSchemas, resolved } from './named-schemas.js';

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

/** An example with what tells it from others. */
export interface NamedExample {
  readonly name: string;
  readonly value: unknown;
}

interface Exemplified {
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, ExampleObject>>;
  readonly schema?: JsonSchema;
}

/** Returns the examples that the author gives, else one that is made from the schema. */
export function examplesOf({ example, examples, schema }: Exemplified, schemas: NamedSchemas): NamedExample[] {
  const named = Object.entries(examples ?? {}).filter(([, { value }]) => value !== undefined);
  if (named.length > 0) return named.map(([name, { summary, value }]) => ({ name: summary ?? name, value }));
  const value = example ?? (schema && exampleValue(schema, schemas));
  return value === undefined ? [] : [{ name: 'Example', value }];
}

/** Writes an example as a body or a field holds it. */
export function exampleText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
