import type { JsonSchema } from '../../shared/json-schema.js';
import type { SchemaSource } from './schema-source.js';

/**
 * Moves a schema that refers to itself, or to definitions of its own, to the named schemas: inside a document its
 * references would start at the document's root.
 */
export function hoistDefinitions(schema: JsonSchema, source: SchemaSource): JsonSchema {
  const { $defs = {}, ...root } = schema as JsonSchema & { $defs?: Record<string, JsonSchema> };
  if (!refersToRoot(schema)) return root;
  const name = source.freeName(root.title ?? 'Schema');
  const names = new Map(Object.keys($defs).map((key) => [`#/$defs/${key}`, source.freeName(`${name}.${key}`)]));
  names.set('#', name);
  for (const [key, definition] of Object.entries($defs)) source.add(names.get(`#/$defs/${key}`)!, pointed(definition, names) as JsonSchema);
  return source.add(name, pointed(root, names) as JsonSchema);
}

function refersToRoot(schema: JsonSchema): boolean {
  return JSON.stringify(schema).includes('"$ref":"#');
}

function pointed(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => pointed(item, names));
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, key === '$ref' ? reference(member, names) : pointed(member, names)]),
  );
}

function reference(to: unknown, names: ReadonlyMap<string, string>): unknown {
  const name = names.get(String(to));
  return name === undefined ? to : `#/components/schemas/${name}`;
}
