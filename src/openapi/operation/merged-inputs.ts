import type { JsonSchema } from '../../shared/json-schema.js';
import { mergedSchema } from '../schema/merged-schema.js';
import type { RequestInput } from './request-input.js';

/** Merges the inputs that several parameters of a method read from one value, which has to suit all of them. */
export function mergedInputs(inputs: readonly RequestInput[]): RequestInput[] {
  const distinct = new Map<string, RequestInput>();
  for (const input of inputs) {
    const id = inputId(input);
    const before = distinct.get(id);
    distinct.set(id, before ? merged(before, input) : input);
  }
  return [...distinct.values()];
}

function inputId({ location, key }: RequestInput): string {
  if (key === undefined) return location;
  return `${location} ${location === 'header' ? key.toLowerCase() : key}`;
}

function merged(one: RequestInput, other: RequestInput): RequestInput {
  const [schema, more] =
    one.location === 'body' || one.location === 'file'
      ? [one.schema, other.schema]
      : [narrowedText(one.schema, other.schema), narrowedText(other.schema, one.schema)];
  return {
    ...one,
    // What is known of the whole body.
    type: Object.keys(one.schema).length > 0 ? one.type : other.type,
    schema: mergedSchema(schema, withoutNotes(more, schema)),
    required: one.required || other.required,
    refusals: [...one.refusals, ...other.refusals],
    kinds: [...(one.kinds ?? []), ...(other.kinds ?? [])],
  };
}

/** All but the body is text, which another parameter may read as something else. */
function narrowedText({ type, ...schema }: JsonSchema, other: JsonSchema): JsonSchema {
  return type === undefined || (type === 'string' && other.type !== undefined) ? schema : { type, ...schema };
}

/** Keywords that restrict nothing: those of the first parameter are kept. */
const NOTES = ['title', 'description', 'default', 'examples', 'deprecated'];

function withoutNotes(schema: JsonSchema, before: JsonSchema): JsonSchema {
  return Object.fromEntries(
    Object.entries(schema).filter(([keyword]) => !NOTES.includes(keyword) || before[keyword] === undefined),
  );
}
