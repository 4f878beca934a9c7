import type { RouteDescription } from '../../contracts/application-description.js';
import { reasonPhrase } from '../../errors/reason-phrase.js';
import type { ApiResponseMetadata } from '../../metadata/api-metadata.js';
import { classMetadata } from '../../metadata/class-metadata.js';
import type { MethodMetadata } from '../../metadata/class-record.js';
import { brandOf } from '../../shared/brand.js';
import type { HeaderObject, Reference, ResponseObject } from '../openapi-document.js';
import type { SchemaSource } from '../schema/schema-source.js';
import { ERROR_RESPONSE, ERROR_RESPONSES, errorContent, VALIDATION_RESPONSE } from './error-responses.js';
import { type MethodResult, methodResult } from './method-result.js';
import { contentOfResult, contentOfType, type ResponseContent } from './response-content.js';

type Responses = Record<string, ResponseObject | Reference>;

/**
 * Returns the responses of an operation: the successful one from the code, and those that Lambent sends to requests
 * that it refuses, both merged with `@ApiResponse` by status and media type.
 *
 * @param refusals The statuses with which its parameters refuse values.
 */
export function responsesOf(route: RouteDescription, refusals: ReadonlySet<number>, source: SchemaSource): Responses {
  const { api, methods } = classMetadata(route.controller);
  const method = methods.get(route.key)!;
  const declared = [...(method.api?.responses ?? []), ...(api?.responses ?? [])];
  const result = methodResult(route);
  const derived = derivedResponses(method, result, { refusals, source });
  dropGuessedSuccess(derived, declared, { method, result });
  const responses: Responses = { ...derived };
  for (const [status, own] of byStatus(declared)) responses[status] = merged(status, derived[status], own, source);
  return { ...responses, '4XX': responses['4XX'] ?? ERROR_RESPONSE };
}

interface Derivation {
  readonly refusals: ReadonlySet<number>;
  readonly source: SchemaSource;
}

function derivedResponses(method: MethodMetadata, result: MethodResult, { refusals, source }: Derivation): Responses {
  const responses: Responses = { [statusOf(method, result)]: successOf(method, result, source) };
  if (result.inSource.nothing && method.statusCode === undefined && !method.redirect)
    responses[204] ??= { description: textOf('204') };
  const { errorHttpStatusCode = 422, exceptionFactory, disableErrorMessages } = source.options;
  for (const refusal of refusals) {
    // The validation options apply to everything that refuses input without a status of its own.
    const status = refusal === 422 ? errorHttpStatusCode : refusal;
    const isListed = refusal === 422 && !exceptionFactory && !disableErrorMessages;
    responses[status] = isListed
      ? VALIDATION_RESPONSE
      : { description: textOf(String(status)), content: errorContent() };
  }
  return responses;
}

interface Success {
  readonly method: MethodMetadata;
  readonly result: MethodResult;
}

/**
 * Removes a success whose status is only a guess, and whose type is unknown or read from the source, if others are
 * declared.
 */
function dropGuessedSuccess(
  derived: Responses,
  declared: readonly ApiResponseMetadata[],
  { method, result }: Success,
): void {
  if (method.statusCode !== undefined || method.redirect) return;
  const successes = declared.map(({ status }) => String(status)).filter((status) => status.startsWith('2'));
  if (successes.length === 0) return;
  const isFromSource = result.inSource.type !== undefined || result.inSource.nothing === true;
  const isGuess = (status: string, response: ResponseObject | Reference) =>
    ('content' in response && isUnknown(response.content)) ||
    (isFromSource && /^20[04]$/.test(status) && !successes.includes(status));
  for (const [status, response] of Object.entries(derived)) if (isGuess(status, response)) delete derived[status];
}

function isUnknown(content: ResponseObject['content']): boolean {
  return Object.values(content ?? {}).some(({ schema }) => schema !== undefined && Object.keys(schema).length === 0);
}

function statusOf({ statusCode, redirect }: MethodMetadata, { type, inSource }: MethodResult): number {
  const usual = inSource.nothing && !inSource.type ? 204 : 200;
  return redirect?.statusCode ?? statusCode ?? (brandOf(type) === 'RedirectResponse' ? 307 : usual);
}

function successOf(method: MethodMetadata, result: MethodResult, source: SchemaSource): ResponseObject {
  const { type, inSource } = result;
  const status = statusOf(method, result);
  const description = textOf(String(status));
  if (method.redirect || brandOf(type) === 'RedirectResponse') return { description, headers: { location: LOCATION } };
  if (status === 204 || status === 304 || (inSource.nothing && !inSource.type)) return { description };
  const [, sent] = method.headers.find(([name]) => name.toLowerCase() === 'content-type') ?? [];
  const mediaTypes = sent === undefined ? (method.api?.produces ?? [undefined]) : [sent];
  return {
    description,
    content: Object.assign(
      {},
      ...mediaTypes.map((mediaType) => contentOfResult(result, mediaType, source)),
    ) as ResponseContent,
  };
}

const LOCATION: HeaderObject = { description: 'Where to go next.', schema: { type: 'string' } };

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
      textOf(status),
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
  const before = own.length > 0 && isUnknown(known?.content) ? {} : known?.content;
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
  if (schema) return { [mediaType ?? 'application/json']: { schema } };
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

function textOf(status: string): string {
  if (status === 'default') return 'Any other response';
  return reasonPhrase(Number(status)) ?? `Status ${status}`;
}
