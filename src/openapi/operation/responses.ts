import type { RouteDescription } from '../../contracts/application-description.js';
import type { ApiResponseMetadata } from '../../metadata/api-metadata.js';
import { mergedMetadata } from '../../metadata/merged-metadata.js';
import { brandOf } from '../../shared/brand.js';
import type { HeaderObject, Reference, ResponseObject } from '../openapi-document.js';
import { withHoistedDefinitions } from '../schema/hoisted-definitions.js';
import type { SchemaSource } from '../schema/schema-source.js';
import {
  derivedResponses,
  descriptionOf,
  dropGuessedSuccess,
  LOCATION,
  mediaTypesOf,
  type Responses,
} from './derived-responses.js';
import { ERROR_RESPONSE, ERROR_RESPONSES, errorContent } from './error-responses.js';
import { methodResult } from './method-result.js';
import { contentOfType, isUnknownContent, type ResponseContent } from './response-content.js';

/**
 * Returns the responses of an operation: the successful one from the code, and those that Lambent sends to requests
 * that it refuses, both merged with `@ApiResponse` by status and media type.
 *
 * @param refusals The statuses with which its parameters refuse values.
 */
export function responsesOf(route: RouteDescription, refusals: ReadonlySet<number>, source: SchemaSource): Responses {
  const { api, methods } = mergedMetadata(route.controller);
  const method = methods.get(route.key)!;
  const mediaTypes = mediaTypesOf(method);
  const declared = [...(method.api?.responses ?? []), ...(api?.responses ?? [])].flatMap((response) =>
    ofMediaTypes(response, mediaTypes),
  );
  const success = { method, result: methodResult(route) };
  const derived = derivedResponses(success, refusals, source);
  dropGuessedSuccess(derived, declared, success);
  const responses: Responses = { ...derived };
  for (const [status, own] of byStatus(declared)) responses[status] = merged(status, derived[status], own, source);
  return { ...responses, '4XX': responses['4XX'] ?? ERROR_RESPONSE };
}

/** Gives a successful response that has content, but no media type, those that the route sends. */
function ofMediaTypes(
  response: ApiResponseMetadata,
  mediaTypes: readonly (string | undefined)[],
): readonly ApiResponseMetadata[] {
  const { status, type, schema, mediaType } = response;
  const isOpen = mediaType === undefined && String(status).startsWith('2') && (type ?? schema) !== undefined;
  return isOpen
    ? mediaTypes.map((sent) => (sent === undefined ? response : { ...response, mediaType: sent }))
    : [response];
}

/** Groups responses by status in the order of declaration, the method's before those of its class. */
function byStatus(declared: readonly ApiResponseMetadata[]): Map<string, ApiResponseMetadata[]> {
  const all = new Map<string, ApiResponseMetadata[]>();
  for (const response of declared) {
    const status = String(response.status);
    all.set(status, [...(all.get(status) ?? []), response]);
  }
  return all;
}

/** Merges one response: the first decorator wins, and the code comes last. */
function merged(
  status: string,
  derived: ResponseObject | Reference | undefined,
  declared: readonly ApiResponseMetadata[],
  source: SchemaSource,
): ResponseObject {
  const known = derived && responseOf(derived);
  const headers = Object.assign({}, known?.headers, ...declared.toReversed().map(headersOf)) as Record<
    string,
    HeaderObject
  >;
  const content = mergedContent(status, known, declared, source);
  return {
    description:
      declared.find(({ description }) => description !== undefined)?.description ??
      known?.description ??
      descriptionOf(status),
    ...(Object.keys(headers).length > 0 && { headers }),
    ...(Object.keys(content).length > 0 && { content }),
  };
}

function responseOf(response: ResponseObject | Reference): ResponseObject {
  return '$ref' in response ? ERROR_RESPONSES[response.$ref.slice(response.$ref.lastIndexOf('/') + 1)]! : response;
}

function mergedContent(
  status: string,
  known: ResponseObject | undefined,
  declared: readonly ApiResponseMetadata[],
  source: SchemaSource,
): ResponseContent {
  const own = declared.map((response) => ownContent(response, source)).filter((content) => content !== undefined);
  // Declared content replaces content of an unknown type.
  const before = own.length > 0 && isUnknownContent(known?.content) ? {} : known?.content;
  const content: ResponseContent = {
    ...(before ?? (own.length === 0 && /^[45]/.test(status) ? errorContent() : {})),
  };
  for (const each of own.toReversed()) Object.assign(content, each);
  return withExamples(content, declared);
}

function ownContent(
  { type, schema, mediaType, isArray }: ApiResponseMetadata,
  source: SchemaSource,
): ResponseContent | undefined {
  if (schema) return { [mediaType ?? 'application/json']: { schema: withHoistedDefinitions(schema, source) } };
  if (type !== undefined) return contentOfType(isArray && !Array.isArray(type) ? [type] : type, mediaType, source);
  return mediaType === undefined ? undefined : { [mediaType]: {} };
}

/** Puts each example beside the schema of its media type, or of the first one if it names none. */
function withExamples(content: ResponseContent, declared: readonly ApiResponseMetadata[]): ResponseContent {
  for (const { mediaType, example, examples } of declared.toReversed()) {
    if (example === undefined && examples === undefined) continue;
    const name = mediaType ?? Object.keys(content)[0] ?? 'application/json';
    content[name] = { ...content[name], ...(example !== undefined && { example }), ...(examples && { examples }) };
  }
  return content;
}

function headersOf({ type, headers = {} }: ApiResponseMetadata): Record<string, HeaderObject> {
  const written = Object.entries(headers).map(([name, header]) => {
    const object = typeof header === 'string' ? { description: header } : header;
    return [name, { ...object, schema: object.schema ?? { type: 'string' } }] as const;
  });
  return { ...(brandOf(type) === 'RedirectResponse' && { location: LOCATION }), ...Object.fromEntries(written) };
}
