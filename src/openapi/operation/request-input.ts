import type { ParameterDescription } from '../../contracts/application-description.js';
import type { DescribedPipe, InputDescription } from '../../contracts/pipeline.js';
import { isStandardSchema, type StandardSchema } from '../../contracts/standard-schema.js';
import type { BodyKind } from '../../metadata/class-metadata.js';
import type { JsonSchema } from '../../shared/json-schema.js';
import { forget, isPromiseLike } from '../../shared/promise.js';
import { isDto } from '../../validation/dto/check-dto-class.js';
import { INPUT_LOCATIONS } from '../../validation/input-reader.js';
import { SCALARS } from '../../validation/scalar-reader.js';
import type { ParameterLocation } from '../openapi-document.js';
import { classProperties } from '../schema/class-schema.js';
import { isRequired, propertySchema } from '../schema/property-schema.js';
import type { SchemaSource } from '../schema/schema-source.js';
import { nameInJson } from '../schema/transformed-property.js';
import { typeSchema } from '../schema/type-schema.js';

/** One value that a request must or may contain. */
export interface RequestInput {
  readonly location: ParameterLocation | 'body' | 'file';
  /** Its name; `undefined` for the whole body. */
  readonly key: string | undefined;
  readonly schema: JsonSchema;
  readonly required: boolean;
  /** The statuses of the responses if the value is refused. */
  readonly refusals: readonly number[];
  /** The declared type. */
  readonly type: unknown;
  /** For the body: the kinds that are accepted. */
  readonly kinds?: readonly BodyKind[];
}

/** Returns what a parameter reads from requests; nothing if its value comes from elsewhere. */
export function inputsOf(parameter: ParameterDescription, source: SchemaSource): RequestInput[] {
  if (parameter.kind === 'uploadedFile' || parameter.kind === 'uploadedFiles') return [fileInput(parameter)];
  const location = INPUT_LOCATIONS[parameter.kind];
  if (!location) return [];
  const typed = withGivenType(parameter);
  if (location !== 'body' && typed.key === undefined) return memberInputs(typed, location, source);
  return [valueInput(typed, location, source)];
}

/**
 * Treats `@Body(CreateOrder) body: unknown` as `@Body() body: CreateOrder`: the first class, schema or type such as
 * `Number` among the pipes is the type.
 */
function withGivenType(parameter: ParameterDescription): ParameterDescription {
  const given = parameter.pipes.find((pipe) => isDto(pipe) || isStandardSchema(pipe) || isScalar(pipe));
  return given === undefined ? parameter : { ...parameter, type: given };
}

function isScalar(pipe: unknown): boolean {
  return pipe === Array || SCALARS.has(pipe);
}

/** Returns every property of a class, or member of a schema, that reads a whole query, path, header or cookie. */
function memberInputs(
  { type }: ParameterDescription,
  location: ParameterLocation,
  source: SchemaSource,
): RequestInput[] {
  const whole = { location, type, refusals: [422] };
  if (isStandardSchema(type)) {
    const { properties = {}, required = [] } = typeSchema(type, 'input', source);
    return Object.entries(properties).map(([key, schema]) => ({
      ...whole,
      key,
      schema,
      required: required.includes(key),
    }));
  }
  if (!isDto(type)) return [];
  return classProperties({ type, direction: 'input' }, source).map((property) => ({
    ...whole,
    key: nameInJson(type, property.name, 'input'),
    schema: propertySchema(property, source),
    required: isRequired(property),
  }));
}

function valueInput(
  parameter: ParameterDescription,
  location: RequestInput['location'],
  source: SchemaSource,
): RequestInput {
  const { type, key, pipes } = parameter;
  const declared = declaredInput(type, location, source);
  const described = pipes.flatMap(descriptionOf);
  const schema = described.reduce(
    (before, description) => ({ ...before, ...describedSchema(description, source) }),
    declared.schema,
  );
  const required = described.map((description) => description.required).filter((word) => word !== undefined);
  const refusals = described.map(({ refusal }) => refusal).filter((status) => status !== undefined);
  // A pipe with a default may stand before a pipe that refuses a missing value.
  const isNeeded = required.length > 0 ? required.every(Boolean) : declared.required;
  return {
    location,
    key,
    type,
    schema,
    required: location === 'path' || isNeeded,
    // Pipes read the value before its declared type would.
    refusals: refusals.length > 0 || declared.refusal === undefined ? refusals : [declared.refusal],
    kinds: parameter.consumes ?? [],
  };
}

function declaredInput(
  type: unknown,
  location: RequestInput['location'],
  source: SchemaSource,
): Pick<RequestInput, 'schema' | 'required'> & { readonly refusal: number | undefined } {
  const schema = typeSchema(type, 'input', source);
  if (isStandardSchema(type)) return { schema, required: refusesMissing(type), refusal: 422 };
  if (isDto(type)) return { schema, required: true, refusal: 422 };
  const isText = location !== 'body';
  if (isText && type === Array)
    return { schema: { type: 'array', items: { type: 'string' } }, required: false, refusal: undefined };
  const refuses = schema.type !== undefined && !(isText && type === String);
  return { schema, required: false, refusal: refuses ? 422 : undefined };
}

/** Whether a schema refuses a missing value; an asynchronous one is assumed to. */
function refusesMissing(schema: StandardSchema): boolean {
  try {
    const result = schema['~standard'].validate(undefined);
    if (!isPromiseLike(result)) return result.issues !== undefined;
    forget(result);
  } catch {
    // It takes no missing value.
  }
  return true;
}

/** Returns what a pipe says of itself. A class is constructed for that if it takes no arguments. */
function descriptionOf(pipe: unknown): InputDescription[] {
  if (isDescribed(pipe)) return [pipe.describeInput()];
  const isClass = typeof pipe === 'function' && pipe.length === 0 && isDescribed(pipe.prototype);
  return isClass ? [(Reflect.construct(pipe, []) as DescribedPipe).describeInput()] : [];
}

function isDescribed(pipe: unknown): pipe is DescribedPipe {
  return typeof (pipe as Partial<DescribedPipe> | null | undefined)?.describeInput === 'function';
}

function describedSchema({ schema = {}, items }: InputDescription, source: SchemaSource): JsonSchema {
  return items === undefined ? schema : { ...schema, items: typeSchema(items, 'input', source) };
}

/** Bytes, which OpenAPI 3.1 expresses by a media type without a type. */
const FILE: JsonSchema = { contentMediaType: 'application/octet-stream' };

function fileInput({ kind, key, type, pipes, required: isDeclared = false }: ParameterDescription): RequestInput {
  const one = kind === 'uploadedFile';
  const described = pipes.flatMap(descriptionOf);
  const list: JsonSchema = { type: 'array', items: FILE, ...(isDeclared && { minItems: 1 }) };
  return {
    location: 'file',
    key: key ?? (one ? 'file' : 'files'),
    type,
    schema: described.reduce<JsonSchema>((before, { schema }) => ({ ...before, ...schema }), one ? FILE : list),
    required: isDeclared || described.some(({ required }) => required === true),
    refusals: [...(isDeclared ? [422] : []), ...described.flatMap(({ refusal }) => refusal ?? [])],
  };
}
