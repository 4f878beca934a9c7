import type { JsonSchema } from '../shared/json-schema.js';
import { isDto } from '../validation/dto-metadata.js';
import type { RequestBodyObject } from './openapi-document.js';
import type { RequestInput } from './request-input.js';
import { classSchema } from './schema/class-schema.js';
import type { SchemaSource } from './schema/schema-source.js';

/** The body of an operation's requests; `undefined` where nothing is read from one. */
export function requestBody(inputs: readonly RequestInput[], source: SchemaSource): RequestBodyObject | undefined {
  const parts = inputs.filter(({ place }) => place === 'body' || place === 'file');
  if (parts.length === 0) return undefined;
  const whole = parts.find(({ key }) => key === undefined);
  const members = parts.filter(({ key }) => key !== undefined);
  const hasFiles = parts.some(({ place }) => place === 'file');
  const schema = whole && hasFiles ? withMembers(whole, objectOf(members), source) : (whole?.schema ?? objectOf(members));
  return {
    required: parts.some(({ required }) => required),
    content: Object.fromEntries((hasFiles ? FILES : mediaTypesOf(parts)).map((mediaType) => [mediaType, { schema }])),
  };
}

const FILES = ['multipart/form-data'];
const FORMS = ['application/x-www-form-urlencoded', ...FILES];

/** What is taken for data; for text and bytes, where nothing is said of that, what they are. */
function mediaTypesOf(parts: readonly RequestInput[]): string[] {
  const kinds = new Set(parts.flatMap((part) => part.kinds ?? []));
  const whole = parts.find(({ key }) => key === undefined);
  if (kinds.has('any') && whole?.type === String) return ['text/plain'];
  if (kinds.has('any') && (whole?.type === Buffer || whole?.type === Uint8Array)) return ['application/octet-stream'];
  const all = kinds.has('any');
  return [...(all || kinds.has('json') ? ['application/json'] : []), ...(all || kinds.has('form') ? FORMS : [])];
}

/** In one object, as one form is: callers see its fields side by side. */
function withMembers({ type, schema }: RequestInput, { properties, required = [] }: JsonSchema, source: SchemaSource): JsonSchema {
  const whole = isDto(type) ? classSchema({ type, direction: 'input' }, source) : schema;
  const all = [...(whole.required ?? []), ...required];
  return { ...whole, properties: { ...whole.properties, ...properties }, ...(all.length > 0 && { required: all }) };
}

function objectOf(members: readonly RequestInput[]): JsonSchema {
  const required = members.filter((member) => member.required).map(({ key }) => key!);
  return {
    type: 'object',
    properties: Object.fromEntries(members.map(({ key, schema }) => [key!, schema])),
    ...(required.length > 0 && { required }),
  };
}
