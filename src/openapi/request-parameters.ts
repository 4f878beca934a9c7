import type { JsonSchema } from '../shared/json-schema.js';
import type { ParameterObject, ParameterPlace } from './openapi-document.js';
import type { RequestInput } from './request-input.js';

/** Headers of which OpenAPI speaks elsewhere: it ignores parameters of these names. */
const ELSEWHERE: ReadonlySet<string> = new Set(['accept', 'content-type', 'authorization']);

/**
 * The parameters of an operation: those of its path first, each of them whether a method asks for it or not.
 *
 * @param inPath what the pattern says of the path's parameters, by name.
 */
export function requestParameters(inputs: readonly RequestInput[], inPath: ReadonlyMap<string, JsonSchema>): ParameterObject[] {
  const path = [...inPath].map(([name, schema]) => {
    const asked = inputs.find(({ place, key }) => place === 'path' && (key === name || (name === 'rest' && key === '*')));
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
function parameter(name: string, place: ParameterPlace, { required, schema }: Pick<RequestInput, 'required' | 'schema'>): ParameterObject {
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
  const named = new Map(parameters.toReversed().map((each) => [`${each.in} ${each.in === 'header' ? each.name.toLowerCase() : each.name}`, each]));
  return parameters.filter((each) => [...named.values()].includes(each));
}
