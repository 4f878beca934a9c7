import type { JsonSchema } from '../../shared/json-schema.js';
import type { ExampleObject } from '../openapi-document.js';
import { type NamedSchemas, referredName, resolved } from './named-schemas.js';

/** Models that refer to several others multiply: an example of more values shows `null` for the rest. */
const MAX_VALUES = 500;

interface Building {
  readonly schemas: NamedSchemas;
  /** The models that the value is in. One that is in itself has no end. */
  readonly around: readonly string[];
  /** The number of values that the whole example may still have. */
  readonly budget: { left: number };
}

/** Returns a value to start from: the schema's own example, else one that is built from the schema. */
export function exampleValue(schema: JsonSchema, schemas: NamedSchemas): unknown {
  return valueOf(schema, { schemas, around: [], budget: { left: MAX_VALUES } });
}

function valueOf(given: JsonSchema, building: Building): unknown {
  const { schemas, around, budget } = building;
  if (budget.left <= 0) return null;
  budget.left--;
  const schema = resolved(given, schemas);
  const [choice] = [schema.examples?.[0], schema.default, schema.const, schema.enum?.[0]].filter(
    (value) => value !== undefined,
  );
  if (choice !== undefined) return choice;
  if (isAround(given, building)) return null;
  const name = referredName(given);
  const inside = name === undefined ? building : { ...building, around: [...around, name] };
  const alternatives = schema.oneOf ?? schema.anyOf ?? [];
  const alternative = alternatives.find((each) => !isAround(each, inside)) ?? alternatives[0];
  return alternative ? valueOf(alternative, inside) : builtValue(schema, inside);
}

function isAround(schema: JsonSchema, { around }: Building): boolean {
  const name = referredName(schema);
  return name !== undefined && around.includes(name);
}

function builtValue(schema: JsonSchema, building: Building): unknown {
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0];
  if (type === 'array') return exampleList(schema, building);
  if (type === undefined || type === 'object') return exampleOfParts(schema, building);
  return SCALAR_EXAMPLES[type]?.(schema);
}

function exampleList({ items = {}, minItems = 1 }: JsonSchema, building: Building): unknown[] {
  if (isAround(items, building)) return [];
  const length = Math.min(Math.max(1, minItems), building.budget.left);
  return Array.from({ length }, () => valueOf(items, building));
}

/** Merges the members of all parts. Parts of another type are for the same value, of which the first is enough. */
function exampleOfParts(schema: JsonSchema, building: Building): unknown {
  const parts = (schema.allOf ?? []).map((part) => valueOf(part, building));
  const other = parts.find((part) => typeof part !== 'object' || Array.isArray(part));
  return other ?? (Object.assign({}, ...parts, exampleObject(schema, building)) as unknown);
}

/** Includes required members, and others that have a value of their own. */
function exampleObject({ properties = {}, required = [] }: JsonSchema, building: Building): object {
  const shown = Object.entries(properties).filter(([name, schema]) => {
    const { examples, const: constant } = resolved(schema, building.schemas);
    return required.includes(name) || examples !== undefined || constant !== undefined;
  });
  return Object.fromEntries(shown.map(([name, schema]) => [name, valueOf(schema, building)]));
}

const SCALAR_EXAMPLES: Readonly<Record<string, (schema: JsonSchema) => unknown>> = {
  string: ({ format, minLength = 0 }) => FORMAT_EXAMPLES[format ?? ''] ?? 'text'.padEnd(minLength, '.'),
  integer: ({ minimum, exclusiveMinimum }) => minimum ?? (exclusiveMinimum === undefined ? 0 : exclusiveMinimum + 1),
  number: ({ minimum, exclusiveMinimum }) => minimum ?? (exclusiveMinimum === undefined ? 0 : exclusiveMinimum + 1),
  boolean: () => true,
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
