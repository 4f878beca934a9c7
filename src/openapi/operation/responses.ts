import type { RouteDescription } from '../../contracts/application-description.js';
import { reasonPhrase } from '../../errors/reason-phrase.js';
import type { ApiResponseMetadata } from '../../metadata/api-metadata.js';
import { classMetadata } from '../../metadata/class-metadata.js';
import type { MethodMetadata } from '../../metadata/class-record.js';
import { brandOf } from '../../shared/brand.js';
import type { JsonSchema } from '../../shared/json-schema.js';
import type { HeaderObject, MediaType, Reference, ResponseObject } from '../openapi-document.js';
import type { SchemaSource } from '../schema/schema-source.js';
import { declaredTypeSchema, namedValue, typeSchema } from '../schema/type-schema.js';
import { type MethodResult, methodResult } from './method-result.js';

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
    content: Object.assign({}, ...mediaTypes.map((mediaType) => contentOfResult(result, mediaType, source))) as Record<
      string,
      MediaType
    >,
  };
}

const LOCATION: HeaderObject = { description: 'Where to go next.', schema: { type: 'string' } };

/** What Lambent's response classes send, by brand; other bytes and streams may be anything. */
const SENT_BY: Readonly<Record<string, Record<string, MediaType>>> = {
  JsonResponse: { 'application/json': { schema: {} } },
  HtmlResponse: { 'text/html': { schema: { type: 'string' } } },
  EventSourceResponse: { 'text/event-stream': { schema: { type: 'string' } } },
  RedirectResponse: {},
  Response: { '*/*': {} },
  StreamResponse: { '*/*': {} },
  FileResponse: { '*/*': {} },
};
const BYTES: ReadonlySet<unknown> = new Set([
  'Buffer',
  'Uint8Array',
  'ArrayBuffer',
  'SharedArrayBuffer',
  'Blob',
  'File',
  'ReadableStream',
  'Response',
]);

/** Compares the name first: naming the global `Response` would make Node load all of fetch. */
function isPlatformType(type: unknown): boolean {
  return typeof type === 'function' && BYTES.has(type.name) && Reflect.get(globalThis, type.name) === type;
}

function contentOfResult(
  { type, inSource: { type: written } }: MethodResult,
  mediaType: string | undefined,
  source: SchemaSource,
): Record<string, MediaType> {
  if (written === undefined || (typeof type === 'function' && namedValue(written) === type))
    return contentOfType(type, mediaType, source);
  // A list of classes, or another type that is not one class.
  return { [mediaType ?? 'application/json']: { schema: declaredTypeSchema(written, 'output', source) } };
}

function contentOfType(type: unknown, mediaType: string | undefined, source: SchemaSource): Record<string, MediaType> {
  const sent = isPlatformType(type) ? { '*/*': {} } : SENT_BY[brandOf(type) ?? ''];
  if (!sent) return { [mediaType ?? 'application/json']: { schema: typeSchema(type, 'output', source) } };
  const [content] = Object.values(sent);
  return mediaType === undefined || !content ? sent : { [mediaType]: content };
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
): Record<string, MediaType> {
  const own = declared.map((response) => ownContent(response, source)).filter((content) => content !== undefined);
  // Declared content replaces content of an unknown type.
  const before = own.length > 0 && isUnknown(known?.content) ? {} : known?.content;
  const content: Record<string, MediaType> = {
    ...(before ?? (own.length === 0 && /^[45]/.test(status) ? errorContent() : {})),
  };
  for (const each of own.toReversed()) Object.assign(content, each);
  return withExamples(content, declared);
}

function ownContent(
  { type, schema, mediaType, isArray }: ApiResponseMetadata,
  source: SchemaSource,
): Record<string, MediaType> | undefined {
  if (schema) return { [mediaType ?? 'application/json']: { schema } };
  if (type !== undefined) return contentOfType(isArray && !Array.isArray(type) ? [type] : type, mediaType, source);
  return mediaType === undefined ? undefined : { [mediaType]: {} };
}

/** Puts each example beside the schema of its media type, or of the first one if it names none. */
function withExamples(
  content: Record<string, MediaType>,
  declared: readonly ApiResponseMetadata[],
): Record<string, MediaType> {
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

function errorContent(): Record<string, MediaType> {
  return { 'application/json': { schema: { $ref: '#/components/schemas/HttpError' } } };
}

function textOf(status: string): string {
  if (status === 'default') return 'Any other response';
  return reasonPhrase(Number(status)) ?? `Status ${status}`;
}

/** The bodies that Lambent sends to requests that it refuses; see docs/errors.md. */
export const ERROR_SCHEMAS: Record<string, JsonSchema> = {
  HttpError: {
    type: 'object',
    properties: { detail: { description: 'What is wrong, usually as text.' } },
    required: ['detail'],
    examples: [{ detail: 'Not Found' }],
  },
  ValidationError: {
    type: 'object',
    properties: { detail: { type: 'array', items: { $ref: '#/components/schemas/ValidationDetail' } } },
    required: ['detail'],
  },
  ValidationDetail: {
    type: 'object',
    description: 'One thing that is wrong with the input.',
    properties: {
      loc: {
        type: 'array',
        items: { type: ['string', 'integer'] },
        description:
          'Where: `body`, `query`, `path`, `header` or `cookie`, then the keys and indices down to the value.',
      },
      msg: { type: 'string', description: 'What is wrong, for people.' },
      type: { type: 'string', description: 'The rule that was broken, for programs.' },
      context: { type: 'object', description: 'The option `context` of the rule.' },
    },
    required: ['loc', 'msg', 'type'],
    examples: [{ loc: ['body', 'customer', 'email'], msg: 'email must be an email', type: 'isEmail' }],
  },
};

const ERROR_RESPONSE: Reference = { $ref: '#/components/responses/Refused' };
const VALIDATION_RESPONSE: Reference = { $ref: '#/components/responses/Invalid' };

export const ERROR_RESPONSES: Record<string, ResponseObject> = {
  Refused: {
    description: 'The request was refused; `detail` says why.',
    content: { 'application/json': { schema: { $ref: '#/components/schemas/HttpError' } } },
  },
  Invalid: {
    description: 'The input was read but breaks validation rules; `detail` lists all of them.',
    content: { 'application/json': { schema: { $ref: '#/components/schemas/ValidationError' } } },
  },
};
