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
    content: { [hasFiles ? 'multipart/form-data' : mediaTypeOf(whole)]: { schema } },
  };
}

function mediaTypeOf(whole: RequestInput | undefined): string {
  if (whole?.type === String) return 'text/plain';
  return whole?.type === Buffer || whole?.type === Uint8Array ? 'application/octet-stream' : 'application/json';
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
