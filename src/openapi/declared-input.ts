import type { ApiBodyMetadata, ApiMetadata, ApiParameterMetadata } from '../metadata/api-metadata.js';
import type { JsonSchema } from '../shared/json-schema.js';
import type { MediaType, ParameterObject, RequestBodyObject } from './openapi-document.js';
import { enumSchema, valuesOf } from './schema/enum-schema.js';
import type { SchemaSource } from './schema/schema-source.js';
import { typeSchema } from './schema/type-schema.js';

/**
 * The parameters of an operation with what `@ApiParam`, `@ApiQuery` and `@ApiHeader` say of them; those that only a
 * guard or an interceptor reads come last.
 */
export function withDeclaredParameters(
  derived: readonly ParameterObject[],
  declared: readonly ApiParameterMetadata[],
  source: SchemaSource,
): ParameterObject[] {
  const all = new Map(derived.map((parameter) => [keyOf(parameter), parameter]));
  // What stands first counts.
  for (const words of declared.toReversed()) all.set(keyOf(words), parameterOf(words, all.get(keyOf(words)), source));
  return [...all.values()];
}

function keyOf({ in: place, name }: Pick<ParameterObject, 'in' | 'name'>): string {
  return `${place} ${place === 'header' ? name.toLowerCase() : name}`;
}

function parameterOf(words: ApiParameterMetadata, before: ParameterObject | undefined, source: SchemaSource): ParameterObject {
  const { in: place, name, description, deprecated, required, example, examples } = words;
  const isRequired = place === 'path' || (required ?? before?.required ?? false);
  const { required: _before, ...rest } = before ?? {};
  return {
    ...rest,
    name,
    in: place,
    ...(isRequired && { required: true }),
    ...defined({ description, deprecated, example, examples }),
    schema: givenSchema(words, source) ?? before?.schema ?? { type: 'string' },
  };
}

/** The body of an operation with what `@ApiBody` and `@ApiConsumes` say of it. */
export function withDeclaredBody(derived: RequestBodyObject | undefined, { body, consumes }: ApiMetadata, source: SchemaSource): RequestBodyObject | undefined {
  if (!body) return derived && { ...derived, content: inTypes(derived.content, consumes) };
  const [known] = Object.values(derived?.content ?? {});
  const { example, examples, description } = body;
  const schema = givenSchema(body, source) ?? known?.schema;
  const media: MediaType = { ...known, ...(schema && { schema }), ...defined({ example, examples }) };
  const mediaType = Object.keys(derived?.content ?? {})[0] ?? 'application/json';
  return {
    ...defined({ description }),
    required: body.required ?? derived?.required ?? true,
    content: inTypes({ [mediaType]: media }, consumes),
  };
}

function inTypes(content: Record<string, MediaType>, mediaTypes: readonly string[] | undefined): Record<string, MediaType> {
  const [media] = Object.values(content);
  if (!mediaTypes || mediaTypes.length === 0 || !media) return content;
  return Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, media]));
}

type Given = Pick<ApiBodyMetadata, 'schema' | 'type' | 'isArray' | 'enum'>;

/** The schema that a decorator gives, as it stands or by a type; `undefined` where it gives none. */
function givenSchema({ schema, type, isArray, enum: values }: Given, source: SchemaSource): JsonSchema | undefined {
  if (schema) return schema;
  const one = values ? enumSchema(valuesOf(values)) : undefined;
  if (!one && type === undefined) return undefined;
  const item = one ?? typeSchema(type, 'input', source);
  return isArray && !Array.isArray(type) ? { type: 'array', items: item } : item;
}

function defined<T extends object>(words: T): Partial<T> {
  return Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined)) as Partial<T>;
}
