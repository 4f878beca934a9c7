import { isStandardSchema } from '../../contracts/standard-schema.js';
import type { ApiBodyMetadata } from '../../metadata/api-metadata.js';
import { declaredProperties, type DeclaredType } from '../../metadata/declared-types.js';
import { enumValues } from '../../shared/enum-values.js';
import type { JsonSchema } from '../../shared/json-schema.js';
import { type Constructor, isClass } from '../../shared/types.js';
import { isDto } from '../../validation/dto/check-dto-class.js';
import { describedProperties } from '../../validation/dto/property-rules.js';
import { standardJsonSchema } from '../../validation/standard-json-schema.js';
import type { Direction } from '../../validation/transformer/transformer-maps.js';
import { withHoistedDefinitions } from './hoisted-definitions.js';
import type { SchemaSource } from './schema-source.js';

/**
 * Returns the schema of a type that is declared or passed to a decorator: a class, a list of one, or a Standard Schema.
 * An unknown type accepts everything.
 */
export function typeSchema(type: unknown, direction: Direction, source: SchemaSource): JsonSchema {
  // The name of a JSON Schema type, as in NestJS.
  if (typeof type === 'string') return { type };
  if (Array.isArray(type)) return { type: 'array', items: typeSchema(type[0], direction, source) };
  if (isStandardSchema(type))
    return withHoistedDefinitions(standardJsonSchema(type, direction, 'for the API document'), source);
  if (isDescribedClass(type)) return source.reference({ type, direction });
  // Results have it as text, because most readers of JSON would round it.
  if (type === BigInt && direction === 'output') return { type: 'string', pattern: '^-?\\d+$' };
  return SCALAR_SCHEMAS.get(type) ?? {};
}

/**
 * Whether the members of a class are known from its decorators (class-validator, class-transformer, `@ApiProperty`) or
 * from its source.
 */
function isDescribedClass(type: unknown): type is Constructor {
  if (!isClass(type) || SCALAR_SCHEMAS.has(type)) return false;
  return isDto(type) || describedProperties(type).length > 0 || declaredProperties(type).size > 0;
}

/** The JSON form of JavaScript's own types. */
const SCALAR_SCHEMAS: ReadonlyMap<unknown, JsonSchema> = new Map<unknown, JsonSchema>([
  [String, { type: 'string' }],
  [Number, { type: 'number' }],
  [Boolean, { type: 'boolean' }],
  [BigInt, { type: 'integer' }],
  [Date, { type: 'string', format: 'date-time' }],
  [Array, { type: 'array', items: {} }],
  [Set, { type: 'array', items: {}, uniqueItems: true }],
  [Map, { type: 'object' }],
]);

type Given = Pick<ApiBodyMetadata, 'schema' | 'type' | 'isArray' | 'enum'>;

/** Returns the schema passed to a decorator, directly or as a type; `undefined` if neither was passed. */
export function givenSchema(
  { schema, type, isArray, enum: values }: Given,
  source: SchemaSource,
): JsonSchema | undefined {
  if (schema) return withHoistedDefinitions(schema, source);
  const one = values ? enumSchema(enumValues(values)) : undefined;
  if (!one && type === undefined) return undefined;
  const item = one ?? typeSchema(type, 'input', source);
  return isArray && !Array.isArray(type) ? { type: 'array', items: item } : item;
}

/** Returns the schema of a type that the source declares, with references to its classes. */
export function declaredTypeSchema(type: DeclaredType, direction: Direction, source: SchemaSource): JsonSchema {
  return withSchemas(type, (named) => schemaOfNamed(named, direction, source)) as JsonSchema;
}

/** Returns the value of a name; `undefined` if its file has not been evaluated. */
export function namedValue(type: DeclaredType | undefined): unknown {
  if (typeof type !== 'function') return undefined;
  try {
    return type();
  } catch {
    return undefined;
  }
}

function withSchemas(type: unknown, schemaOf: (named: unknown) => JsonSchema): unknown {
  if (typeof type === 'function') return schemaOf(namedValue(type as () => unknown));
  if (typeof type !== 'object' || type === null) return type;
  if (Array.isArray(type)) return type.map((item) => withSchemas(item, schemaOf));
  return Object.fromEntries(Object.entries(type).map(([key, member]) => [key, withSchemas(member, schemaOf)]));
}

function schemaOfNamed(named: unknown, direction: Direction, source: SchemaSource): JsonSchema {
  if (typeof named !== 'object' || named === null) return typeSchema(named, direction, source);
  return enumSchema(enumValues(named));
}

/** Returns an `enum` schema for the values, with their common type if they have one. */
export function enumSchema(values: readonly unknown[]): JsonSchema {
  const types = new Set(values.map(jsonTypeOf));
  const [type] = types;
  return { ...(types.size === 1 && type !== undefined && { type }), enum: [...new Set(values)] };
}

function jsonTypeOf(value: unknown): string | undefined {
  if (Number.isInteger(value)) return 'integer';
  return ['string', 'number', 'boolean'].find((type) => typeof value === type);
}
