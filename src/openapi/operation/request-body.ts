import type { ApiMetadata } from '../../metadata/api-metadata.js';
import type { JsonSchema } from '../../shared/json-schema.js';
import { withoutUndefined } from '../../shared/json-values.js';
import { isDto } from '../../validation/dto/check-dto-class.js';
import type { MediaType, RequestBodyObject } from '../openapi-document.js';
import { classSchema } from '../schema/class-schema.js';
import type { SchemaSource } from '../schema/schema-source.js';
import { givenSchema } from '../schema/type-schema.js';
import type { RequestInput } from './request-input.js';

/** Returns the body of an operation's requests; `undefined` if none is read. */
export function requestBody(inputs: readonly RequestInput[], source: SchemaSource): RequestBodyObject | undefined {
  const parts = inputs.filter(({ location }) => location === 'body' || location === 'file');
  if (parts.length === 0) return undefined;
  const members = parts.filter(({ key }) => key !== undefined);
  // Members say more than a whole of which nothing is known.
  const whole = parts.find((part) => part.key === undefined && (members.length === 0 || isKnown(part)));
  const hasFiles = parts.some(({ location }) => location === 'file');
  const schema =
    whole && hasFiles ? withMembers(whole, objectOf(members), source) : (whole?.schema ?? objectOf(members));
  return {
    required: parts.some(({ required }) => required),
    content: Object.fromEntries((hasFiles ? FILES : mediaTypesOf(parts)).map((mediaType) => [mediaType, { schema }])),
  };
}

function isKnown({ type, schema }: RequestInput): boolean {
  return type !== Object || Object.keys(schema).length > 0;
}

const FILES = ['multipart/form-data'];
const FORMS = ['application/x-www-form-urlencoded', ...FILES];

/** Returns the accepted media types. A body of any type that is declared as text or bytes has their media type. */
function mediaTypesOf(parts: readonly RequestInput[]): string[] {
  const kinds = new Set(parts.flatMap((part) => part.kinds ?? []));
  const whole = parts.find(({ key }) => key === undefined);
  if (kinds.has('any') && whole?.type === String) return ['text/plain'];
  if (kinds.has('any') && (whole?.type === Buffer || whole?.type === Uint8Array)) return ['application/octet-stream'];
  const all = kinds.has('any');
  return [...(all || kinds.has('json') ? ['application/json'] : []), ...(all || kinds.has('form') ? FORMS : [])];
}

/** Merges members into one object, as in a form, where callers see all fields side by side. */
function withMembers(
  { type, schema }: RequestInput,
  { properties, required = [] }: JsonSchema,
  source: SchemaSource,
): JsonSchema {
  const whole = isDto(type) ? classSchema({ type, direction: 'input' }, source) : schema;
  const all = [...new Set([...(whole.required ?? []), ...required])];
  return { ...whole, properties: { ...whole.properties, ...properties }, ...(all.length > 0 && { required: all }) };
}

function objectOf(members: readonly RequestInput[]): JsonSchema {
  const required = new Set(members.filter((member) => member.required).map(({ key }) => key!));
  return {
    type: 'object',
    properties: Object.fromEntries(members.map(({ key, schema }) => [key!, schema])),
    ...(required.size > 0 && { required: [...required] }),
  };
}

/** Applies `@ApiBody` and `@ApiConsumes` to the body of an operation. */
export function withDeclaredBody(
  derived: RequestBodyObject | undefined,
  { body, consumes }: ApiMetadata,
  source: SchemaSource,
): RequestBodyObject | undefined {
  if (!body) return derived && { ...derived, content: inTypes(derived.content, consumes) };
  const [known] = Object.values(derived?.content ?? {});
  const { example, examples, description } = body;
  const schema = givenSchema(body, source) ?? known?.schema;
  const media: MediaType = { ...known, ...(schema && { schema }), ...withoutUndefined({ example, examples }) };
  const accepted = Object.keys(derived?.content ?? {});
  const mediaTypes = accepted.length > 0 ? accepted : ['application/json'];
  return {
    ...withoutUndefined({ description }),
    required: body.required ?? derived?.required ?? true,
    content: inTypes(Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, media])), consumes),
  };
}

function inTypes(
  content: Record<string, MediaType>,
  mediaTypes: readonly string[] | undefined,
): Record<string, MediaType> {
  const [media] = Object.values(content);
  if (!mediaTypes || mediaTypes.length === 0 || !media) return content;
  return Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, media]));
}
