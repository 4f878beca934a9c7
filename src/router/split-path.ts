import { decodeComponent } from '../errors/decode-component.js';

/** The form in which a path is looked up: one trailing slash is ignored, so that the root is empty. */
export function withoutTrailingSlash(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) : path;
}

/**
 * The segments of a path without trailing slash, each decoded once; `undefined` when one of them is empty.
 *
 * Split first, decoded after: `%2F` is a character of its segment and separates nothing.
 *
 * @throws BadRequestException when the percent-encoding is malformed.
 */
export function splitPath(path: string): readonly string[] | undefined {
  const segments = path === '' ? [] : path.slice(1).split('/');
  if (segments.includes('')) return undefined;
  return path.includes('%') ? segments.map(decodeComponent) : segments;
}
