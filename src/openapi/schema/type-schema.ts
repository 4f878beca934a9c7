import { isStandardSchema } from '../../contracts/standard-schema.js';
import type { JsonSchema } from '../../shared/json-schema.js';
import { hoistDefinitions } from './hoist-definitions.js';
import { isDescribedClass } from './described-class.js';
import { SCALAR_SCHEMAS } from './scalar-schemas.js';
import type { Direction, SchemaSource } from './schema-source.js';
import { standardJsonSchema } from './standard-json-schema.js';

/**
 * The schema of a type as it is declared, or as it was given to a decorator: a class, a list of one, a Standard Schema.
 * What nothing is known of takes everything.
 */
export function typeSchema(type: unknown, direction: Direction, source: SchemaSource): JsonSchema {
  // JSON Schema's own word, as in NestJS.
  if (typeof type === 'string') return { type };
  if (Array.isArray(type)) return { type: 'array', items: typeSchema(type[0], direction, source) };
  if (isStandardSchema(type)) return hoistDefinitions(standardJsonSchema(type, direction), source);
  if (isDescribedClass(type)) return source.reference({ type, direction });
  return SCALAR_SCHEMAS.get(type) ?? {};
}
