import type { RenderedHeaders } from '../message/headers.js';
import type { Request } from '../request/request.js';
import { type AnyRenderedResponse, isStreamed, type RenderedResponse } from './rendered-response.js';

/** Adds an entity tag to a 200 of GET or HEAD that has none and is not streamed. Call it while HEAD has its body. */
export async function withEtag(request: Request, rendered: AnyRenderedResponse): Promise<AnyRenderedResponse> {
  const { statusCode, headers, body } = rendered;
  if (!isSafe(request) || statusCode !== 200 || headers['etag'] !== undefined) return rendered;
  if (body === null || isStreamed(rendered)) return rendered;
  return { ...rendered, headers: { ...headers, etag: await etagOf(rendered.body ?? '') } };
}

/**
 * Turns a response to GET or HEAD into a 304 if the client has it already (RFC 9110, 13.2.2), by `If-None-Match` or, if
 * that was not sent, by `If-Modified-Since`. Returns any other response unchanged.
 */
export function notModified<T extends AnyRenderedResponse>(request: Request, rendered: T): T | RenderedResponse {
  if (!isSafe(request) || !(rendered.statusCode === 200 || rendered.statusCode === 206)) return rendered;
  if (!isFresh(request, rendered.headers)) return rendered;
  if (isStreamed(rendered)) rendered.body.destroy();
  return { statusCode: 304, headers: withoutRepresentation(rendered.headers), cookies: rendered.cookies, body: null };
}

function isSafe({ method }: Request): boolean {
  return method === 'GET' || method === 'HEAD';
}

function isFresh(request: Request, headers: RenderedHeaders): boolean {
  const list = request.header('if-none-match');
  if (list !== undefined) return headers['etag'] !== undefined && namesEtag(list, String(headers['etag']));
  const since = request.header('if-modified-since');
  const modified = headers['last-modified'];
  if (since === undefined || modified === undefined) return false;
  // An invalid date is NaN, for which the comparison is false.
  return Date.parse(String(modified)) <= Date.parse(since);
}

/**
 * The headers of the body that is not sent. RFC 9110, 15.4.5 requires that the others stay: Cache-Control,
 * Content-Location, Date, ETag, Expires and Vary. Headers that don't describe the body, such as CORS, stay, too.
 */
const REPRESENTATION: readonly string[] = [
  'accept-ranges',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-length',
  'content-range',
  'content-type',
  'last-modified',
];

function withoutRepresentation(headers: RenderedHeaders): RenderedHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !REPRESENTATION.includes(name)));
}

let hashing: Promise<typeof import('node:crypto')> | undefined;

/** Returns a strong entity tag, the SHA-1 of the bytes. Loads `node:crypto` lazily, because that takes 5 ms. */
export async function etagOf(body: string | Uint8Array): Promise<string> {
  const { createHash } = await (hashing ??= import('node:crypto'));
  return `"${createHash('sha1').update(body).digest('base64').slice(0, 27)}"`;
}

const ENTITY_TAG = /(?:W\/)?"[\x21\x23-\x7e\x80-\u{10ffff}]*"/gu;

/**
 * Whether an `If-None-Match` list matches a tag (RFC 9110, 13.1.2). `*` matches any, and weak tags match strong ones.
 */
export function namesEtag(list: string, etag: string): boolean {
  if (list.trim() === '*') return true;
  const opaque = opaqueTag(etag);
  return (list.match(ENTITY_TAG) ?? []).some((tag) => opaqueTag(tag) === opaque);
}

function opaqueTag(etag: string): string {
  return etag.startsWith('W/') ? etag.slice(2) : etag;
}
