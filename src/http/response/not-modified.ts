import type { RenderedHeaders } from '../message/headers.js';
import type { Request } from '../request/request.js';
import { type AnyRenderedResponse, isStreamed, type RenderedResponse } from './rendered-response.js';

/** Gives a whole 200 answer to GET or HEAD an entity tag unless it has one; call it before HEAD loses its body. */
export async function withEtag(request: Request, rendered: AnyRenderedResponse): Promise<AnyRenderedResponse> {
  const { statusCode, headers, body } = rendered;
  if (!isSafe(request) || statusCode !== 200 || headers['etag'] !== undefined) return rendered;
  if (body === null || isStreamed(rendered)) return rendered;
  return { ...rendered, headers: { ...headers, etag: await etagOf(rendered.body ?? '') } };
}

/**
 * Turns an answer to GET or HEAD into 304 when the client has it already (RFC 9110, 13.2.2): by `If-None-Match`,
 * or, where that was not sent, by `If-Modified-Since`. Every other answer is handed back as it is.
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
  // An unreadable date is NaN, which nothing is at most.
  return Date.parse(String(modified)) <= Date.parse(since);
}

/**
 * What describes the body that is not sent. RFC 9110, 15.4.5 wants the rest of it kept: Cache-Control,
 * Content-Location, Date, ETag, Expires, Vary; so are the headers that don't concern the body, such as CORS.
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

/** A strong entity tag, the SHA-1 of the bytes. `node:crypto` costs 5 ms to load: only who uses tags pays for it. */
export async function etagOf(body: string | Uint8Array): Promise<string> {
  const { createHash } = await (hashing ??= import('node:crypto'));
  return `"${createHash('sha1').update(body).digest('base64').slice(0, 27)}"`;
}

const ENTITY_TAG = /(?:W\/)?"[\x21\x23-\x7e\x80-\u{10ffff}]*"/gu;

/**
 * Whether an `If-None-Match` list names a tag: `*` names every one, and weak tags equal strong ones
 * (RFC 9110, 13.1.2).
 */
export function namesEtag(list: string, etag: string): boolean {
  if (list.trim() === '*') return true;
  const opaque = opaqueTag(etag);
  return (list.match(ENTITY_TAG) ?? []).some((tag) => opaqueTag(tag) === opaque);
}

function opaqueTag(etag: string): string {
  return etag.startsWith('W/') ? etag.slice(2) : etag;
}
