import type { ApiParameterMetadata } from '../../metadata/api-metadata.js';
import type { JsonSchema } from '../../shared/json-schema.js';
import { withoutUndefined } from '../../shared/json-values.js';
import type { ParameterLocation, ParameterObject } from '../openapi-document.js';
import { mergedSchema } from '../schema/merged-schema.js';
import type { SchemaSource } from '../schema/schema-source.js';
import { givenSchema } from '../schema/type-schema.js';
import type { PathParameter } from './operation-paths.js';
import type { RequestInput } from './request-input.js';

/** Headers that OpenAPI describes elsewhere: it ignores parameters of these names. */
const DESCRIBED_ELSEWHERE: ReadonlySet<string> = new Set(['accept', 'content-type', 'authorization']);

/**
 * Returns the parameters of an operation. Those of its path come first, whether the method reads them or not.
 *
 * @param inPath The parameters of the path, by name.
 */
export function requestParameters(
  inputs: readonly RequestInput[],
  inPath: ReadonlyMap<string, PathParameter>,
): ParameterObject[] {
  const path = [...inPath].map(([name, { key, schema }]) => {
    const asked = inputs.find((input) => input.location === 'path' && input.key === key);
    return parameter(name, 'path', { required: true, schema: pathSchema(schema, asked?.schema) });
  });
  const others = inputs
    .filter(({ location, key }) => location !== 'path' && isParameter(location) && key !== undefined)
    .filter(({ location, key }) => location !== 'header' || !DESCRIBED_ELSEWHERE.has(key!.toLowerCase()))
    .map((input) => parameter(input.key!, input.location as ParameterLocation, input));
  return [...path, ...others];
}

/** A value has to match both what its path allows and what is read from it. */
function pathSchema({ pattern, ...allowed }: JsonSchema, asked: JsonSchema | undefined): JsonSchema {
  const schema = { ...allowed, ...asked };
  return pattern === undefined ? schema : mergedSchema(schema, { pattern });
}

function isParameter(location: RequestInput['location']): location is ParameterLocation {
  return location !== 'body' && location !== 'file';
}

/** Puts what describes the parameter beside its schema. */
function parameter(
  name: string,
  location: ParameterLocation,
  { required, schema }: Pick<RequestInput, 'required' | 'schema'>,
): ParameterObject {
  const { description, deprecated, examples, ...keywords } = schema;
  return {
    name,
    in: location,
    ...(required && { required }),
    ...(description !== undefined && { description }),
    ...(deprecated && { deprecated }),
    ...(examples?.[0] !== undefined && { example: examples[0] }),
    schema: keywords,
  };
}

/**
 * Applies `@ApiParam`, `@ApiQuery` and `@ApiHeader` to the parameters of an operation. Those that only a guard or an
 * interceptor reads come last.
 */
export function withDeclaredParameters(
  derived: readonly ParameterObject[],
  declared: readonly ApiParameterMetadata[],
  source: SchemaSource,
): ParameterObject[] {
  const all = new Map(derived.map((one) => [parameterKey(one), one]));
  // The first decorator wins.
  for (const metadata of declared.toReversed())
    all.set(parameterKey(metadata), declaredParameter(metadata, all.get(parameterKey(metadata)), source));
  return [...all.values()];
}

function parameterKey({ in: location, name }: Pick<ParameterObject, 'in' | 'name'>): string {
  return `${location} ${location === 'header' ? name.toLowerCase() : name}`;
}

function declaredParameter(
  metadata: ApiParameterMetadata,
  before: ParameterObject | undefined,
  source: SchemaSource,
): ParameterObject {
  const { in: location, name, description, deprecated, required, example, examples } = metadata;
  const isRequired = location === 'path' || (required ?? before?.required ?? false);
  const { required: _before, ...rest } = before ?? {};
  return {
    ...rest,
    name,
    in: location,
    ...(isRequired && { required: true }),
    ...withoutUndefined({ description, deprecated, example, examples }),
    schema: givenSchema(metadata, source) ?? before?.schema ?? { type: 'string' },
  };
}
