import type { RouteDescription } from '../contracts/application-description.js';
import type { ApiResponseMetadata } from '../metadata/api-metadata.js';
import { classMetadata, type MethodMetadata } from '../metadata/class-metadata.js';
import { returnType } from '../metadata/reflection.js';
import { reasonPhrase } from '../errors/http-statuses.js';
import { brandOf } from '../shared/brand.js';
import { ERROR_RESPONSE, VALIDATION_RESPONSE } from './error-responses.js';
import type { MediaType, Reference, ResponseObject } from './openapi-document.js';
import type { SchemaSource } from './schema/schema-source.js';
import { typeSchema } from './schema/type-schema.js';

type Responses = Record<string, ResponseObject | Reference>;

/**
 * The answers of an operation: the successful one as it is declared, those of `@ApiResponse`, and what Lambent itself
 * answers to a request that it refuses.
 *
 * @param refusals statuses of what its parameters refuse.
 */
export function responsesOf(route: RouteDescription, refusals: ReadonlySet<number>, source: SchemaSource): Responses {
  const { api, methods } = classMetadata(route.controller);
  const method = methods.get(route.key)!;
  const declared = [...(api?.responses ?? []), ...(method.api?.responses ?? [])];
  const responses: Responses = {};
  if (!declared.some(({ status }) => status < 400)) responses[String(statusOf(method))] = successOf(route, method, source);
  for (const status of refusals) responses[String(status)] = status === 422 ? VALIDATION_RESPONSE : { ...ERROR_CONTENT, description: textOf(status) };
  for (const response of declared) responses[String(response.status)] = responseOf(response, source);
  return { ...responses, '4XX': ERROR_RESPONSE };
}

const ERROR_CONTENT = { content: { 'application/json': { schema: { $ref: '#/components/schemas/HttpError' } } } };

function statusOf({ statusCode, redirect }: MethodMetadata): number {
  return redirect?.statusCode ?? statusCode ?? 200;
}

function successOf({ controller, key }: RouteDescription, method: MethodMetadata, source: SchemaSource): ResponseObject {
  const status = statusOf(method);
  const description = textOf(status);
  if (method.redirect) return { description, headers: { location: { description: 'Where to go on.', schema: { type: 'string' } } } };
  if (status === 204 || status === 304) return { description };
  const type = returnType(controller.prototype as object, key);
  const [, mediaType] = method.headers.find(([name]) => name.toLowerCase() === 'content-type') ?? [];
  if (isContent(type)) return { description, content: { [mediaType ?? '*/*']: {} } };
  return { description, content: { [mediaType ?? 'application/json']: { schema: typeSchema(type, 'output', source) } } };
}

const RESPONSES: ReadonlySet<string | undefined> = new Set([
  'Response', 'JsonResponse', 'HtmlResponse', 'RedirectResponse', 'StreamResponse', 'EventSourceResponse', 'FileResponse',
]);

/** Whether a type says nothing of what is sent. */
function isContent(type: unknown): boolean {
  return type === Buffer || type === Uint8Array || RESPONSES.has(brandOf(type));
}

function responseOf(response: ApiResponseMetadata, source: SchemaSource): ResponseObject {
  const { status, description = textOf(status), headers } = response;
  const content = contentOf(response, source);
  return {
    description,
    ...(headers && {
      headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, { description: text, schema: { type: 'string' } }])),
    }),
    ...(content && { content: { [response.mediaType ?? 'application/json']: content } }),
  };
}

function contentOf({ status, type, schema, mediaType, example }: ApiResponseMetadata, source: SchemaSource): MediaType | undefined {
  const given = schema ?? (type === undefined ? undefined : typeSchema(type, 'output', source));
  if (given) return { schema: given, ...(example !== undefined && { example }) };
  if (mediaType !== undefined) return {};
  return status >= 400 ? ERROR_CONTENT.content['application/json'] : undefined;
}

function textOf(status: number): string {
  return reasonPhrase(status) ?? `Status ${status}`;
}
