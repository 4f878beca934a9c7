import { etagOf, namesEtag } from './etag.js';
import { type AnyRenderedResponse, isStreamed, type RenderedHeaders, type RenderedResponse } from './rendered-response.js';
import type { Request } from './request.js';

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
