import { brandOf } from '../../shared/brand.js';
import type { MediaType } from '../openapi-document.js';
import type { SchemaSource } from '../schema/schema-source.js';
import { declaredTypeSchema, namedValue, typeSchema } from '../schema/type-schema.js';
import type { MethodResult } from './method-result.js';

/** The content that a response may have, by media type. */
export type ResponseContent = Record<string, MediaType>;

/** The content that Lambent's response classes send, by brand; other bytes and streams may be anything. */
const SENT_BY: Readonly<Record<string, ResponseContent>> = {
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

/** Returns what the result of a method is sent as. */
export function contentOfResult(
  { type, inSource: { type: written } }: MethodResult,
  mediaType: string | undefined,
  source: SchemaSource,
): ResponseContent {
  if (written === undefined || (typeof type === 'function' && namedValue(written) === type))
    return contentOfType(type, mediaType, source);
  // A list of classes, or another type that is not one class.
  return { [mediaType ?? 'application/json']: { schema: declaredTypeSchema(written, 'output', source) } };
}

/** Returns what values of a type are sent as. */
export function contentOfType(type: unknown, mediaType: string | undefined, source: SchemaSource): ResponseContent {
  const sent = isPlatformType(type) ? { '*/*': {} } : SENT_BY[brandOf(type) ?? ''];
  if (!sent) return { [mediaType ?? 'application/json']: { schema: typeSchema(type, 'output', source) } };
  const [content] = Object.values(sent);
  return mediaType === undefined || !content ? sent : { [mediaType]: content };
}

/** Whether a response may contain anything, as far as its method tells. */
export function isUnknownContent(content: ResponseContent = {}): boolean {
  return Object.values(content).some(({ schema }) => schema !== undefined && Object.keys(schema).length === 0);
}
