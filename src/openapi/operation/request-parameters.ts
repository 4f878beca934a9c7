import type { ApiParameterMetadata } from '../../metadata/api-metadata.js';
import type { JsonSchema } from '../../shared/json-schema.js';
import type { ParameterObject, ParameterPlace } from '../openapi-document.js';
import type { SchemaSource } from '../schema/schema-source.js';
import { givenSchema, withoutUndefined } from '../schema/type-schema.js';
import type { RequestInput } from './request-input.js';

/** Headers of which OpenAPI speaks elsewhere: it ignores parameters of these names. */
const ELSEWHERE: ReadonlySet<string> = new Set(['accept', 'content-type', 'authorization']);

/**
 * The parameters of an operation: those of its path first, each of them whether a method asks for it or not.
 *
 * @param inPath what the pattern says of the path's parameters, by name.
 */
export function requestParameters(
  inputs: readonly RequestInput[],
  inPath: ReadonlyMap<string, JsonSchema>,
): ParameterObject[] {
  const path = [...inPath].map(([name, schema]) => {
    const asked = inputs.find(
      ({ place, key }) => place === 'path' && (key === name || (name === 'rest' && key === '*')),
    );
    return parameter(name, 'path', { required: true, schema: { ...schema, ...asked?.schema } });
  });
  const others = inputs
    .filter(({ place, key }) => place !== 'path' && isPlace(place) && key !== undefined)
    .filter(({ place, key }) => place !== 'header' || !ELSEWHERE.has(key!.toLowerCase()))
    .map((input) => parameter(input.key!, input.place as ParameterPlace, input));
  return unique([...path, ...others]);
}

function isPlace(place: RequestInput['place']): place is ParameterPlace {
  return place !== 'body' && place !== 'file';
}

/** What is said of the parameter stands beside its schema. */
function parameter(
  name: string,
  place: ParameterPlace,
  { required, schema }: Pick<RequestInput, 'required' | 'schema'>,
): ParameterObject {
  const { description, deprecated, examples, ...keywords } = schema;
  return {
    name,
    in: place,
    ...(required && { required }),
    ...(description !== undefined && { description }),
    ...(deprecated && { deprecated }),
    ...(examples?.[0] !== undefined && { example: examples[0] }),
    schema: keywords,
  };
}

/** Two arguments may be read from one value: the first says more often what it is. */
function unique(parameters: readonly ParameterObject[]): ParameterObject[] {
  const named = new Map(
    parameters
      .toReversed()
      .map((each) => [`${each.in} ${each.in === 'header' ? each.name.toLowerCase() : each.name}`, each]),
  );
  return parameters.filter((each) => [...named.values()].includes(each));
}

/**
 * The parameters of an operation with what `@ApiParam`, `@ApiQuery` and `@ApiHeader` say of them; those that only a
 * guard or an interceptor reads come last.
 */
export function withDeclaredParameters(
  derived: readonly ParameterObject[],
  declared: readonly ApiParameterMetadata[],
  source: SchemaSource,
): ParameterObject[] {
  const all = new Map(derived.map((one) => [parameterKey(one), one]));
  // What stands first counts.
  for (const words of declared.toReversed())
    all.set(parameterKey(words), declaredParameter(words, all.get(parameterKey(words)), source));
  return [...all.values()];
}

function parameterKey({ in: place, name }: Pick<ParameterObject, 'in' | 'name'>): string {
  return `${place} ${place === 'header' ? name.toLowerCase() : name}`;
}

function declaredParameter(
  words: ApiParameterMetadata,
  before: ParameterObject | undefined,
  source: SchemaSource,
): ParameterObject {
  const { in: place, name, description, deprecated, required, example, examples } = words;
  const isRequired = place === 'path' || (required ?? before?.required ?? false);
  const { required: _before, ...rest } = before ?? {};
  return {
    ...rest,
    name,
    in: place,
    ...(isRequired && { required: true }),
    ...withoutUndefined({ description, deprecated, example, examples }),
    schema: givenSchema(words, source) ?? before?.schema ?? { type: 'string' },
  };
}
