import type { DeclaredType } from '../../metadata/declared-types.js';
import type { JsonSchema } from '../../shared/json-schema.js';
import { enumSchema, valuesOf } from './enum-schema.js';
import type { Direction, SchemaSource } from './schema-source.js';
import { typeSchema } from './type-schema.js';

/** The schema of what a source declares; classes in it by reference. */
export function declaredTypeSchema(type: DeclaredType, direction: Direction, source: SchemaSource): JsonSchema {
  return resolved(type, (named) => schemaOfNamed(named, direction, source)) as JsonSchema;
}

/** What a name stands for; `undefined` where its file has not been evaluated. */
export function namedValue(type: DeclaredType | undefined): unknown {
  if (typeof type !== 'function') return undefined;
  try {
    return type();
  } catch {
    return undefined;
  }
}

function resolved(type: unknown, schemaOf: (named: unknown) => JsonSchema): unknown {
  if (typeof type === 'function') return schemaOf(namedValue(type as () => unknown));
  if (typeof type !== 'object' || type === null) return type;
  if (Array.isArray(type)) return type.map((item) => resolved(item, schemaOf));
  return Object.fromEntries(Object.entries(type).map(([key, member]) => [key, resolved(member, schemaOf)]));
}

function schemaOfNamed(named: unknown, direction: Direction, source: SchemaSource): JsonSchema {
  if (typeof named !== 'object' || named === null) return typeSchema(named, direction, source);
  return enumSchema(valuesOf(named as Readonly<Record<string, string | number>>));
}
