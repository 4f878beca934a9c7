import type { JsonSchema } from '../../shared/json-schema.js';
import { withoutUndefined } from '../../shared/json-values.js';
import { parseBoolean, parseNumber } from '../../validation/scalar-reader.js';
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
  const merge = isText(one) && isText(other) ? mergedText : mergedValue;
  return {
    ...one,
    // Of two that read the whole body, the type of the one that has a schema.
    type: Object.keys(one.schema).length > 0 ? one.type : other.type,
    schema: merge(one.schema, other.schema),
    required: one.required || other.required,
    refusals: [...one.refusals, ...other.refusals],
    kinds: [...(one.kinds ?? []), ...(other.kinds ?? [])],
  };
}

/** Whether the value is text, which each parameter converts for itself: all but JSON and files are. */
function isText({ location, key, kinds = [] }: RequestInput): boolean {
  if (location !== 'body') return location !== 'file';
  return key !== undefined && kinds.length > 0 && kinds.every((kind) => kind === 'form');
}

function mergedValue(one: JsonSchema, other: JsonSchema): JsonSchema {
  return mergedSchema(one, withoutNotes(other, one));
}

/** Merges two schemas for the same text, of which a list reads each value, and everything else the only one. */
function mergedText(one: JsonSchema, other: JsonSchema): JsonSchema {
  const [first, second] = [withoutNull(one), withoutNull(other)];
  const lists = [first, second].filter(({ type }) => type === 'array');
  if (lists.length === 1 && first.type !== undefined && second.type !== undefined)
    return mergedText(onlyItem(first), onlyItem(second));
  const whole = mergedValue(narrowed(first, second), narrowed(second, first));
  return lists.length < 2 ? whole : { ...whole, items: mergedText(first.items ?? {}, second.items ?? {}) };
}

/** No text is `null`. */
function withoutNull(schema: JsonSchema): JsonSchema {
  if (!Array.isArray(schema.type)) return schema;
  const types = (schema.type as readonly string[]).filter((type) => type !== 'null');
  return { ...schema, type: types.length === 1 ? types[0]! : types };
}

function onlyItem(schema: JsonSchema): JsonSchema {
  const { type, items = {}, description, deprecated } = schema;
  return type === 'array' ? { ...items, ...withoutUndefined({ description, deprecated }) } : schema;
}

/** Leaves out what the other schema says more precisely: that it is text, and what the items of a list are. */
function narrowed(schema: JsonSchema, { type: other }: JsonSchema): JsonSchema {
  const { type, items: _items, ...keywords } = schema;
  if (type === 'array' && other === 'array') return { type, ...keywords };
  if (type !== 'string' || other === undefined || other === 'string') return schema;
  const parse = PARSED_AS[String(other)];
  const values = keywords.enum?.map((value) => parse?.(String(value))).filter((value) => value !== undefined) ?? [];
  return { ...keywords, ...(values.length > 0 && { enum: values }) };
}

/** Parses listed texts as a parameter that converts them does. */
const PARSED_AS: Readonly<Record<string, (text: string) => unknown>> = {
  number: parseNumber,
  integer: parseNumber,
  boolean: parseBoolean,
};

/** Keywords that restrict nothing: those of the first parameter are kept. */
const NOTES = ['title', 'description', 'default', 'examples', 'deprecated'];

function withoutNotes(schema: JsonSchema, before: JsonSchema): JsonSchema {
  return Object.fromEntries(
    Object.entries(schema).filter(([keyword]) => !NOTES.includes(keyword) || before[keyword] === undefined),
  );
}
