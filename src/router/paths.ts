import { decodeComponent } from '../errors/decode-component.js';

const SLASH = 47;
const PERCENT = 37;

/** Whether a path other than the root has a trailing slash. */
export function endsWithSlash(path: string): boolean {
  return path.length > 1 && path.charCodeAt(path.length - 1) === SLASH;
}

/** Removes one trailing slash, so that the root is `''`. */
export function withoutTrailingSlash(path: string): string {
  return path.charCodeAt(path.length - 1) === SLASH ? path.slice(0, -1) : path;
}

/**
 * Splits a path without trailing slash from the slash at `from`, then decodes each segment once, so that `%2F` belongs
 * to its segment. Two slashes in a row enclose an empty segment.
 *
 * One pass over the characters takes a quarter of the time of `split` and two `includes`.
 *
 * @throws BadRequestException for malformed percent-encoding.
 */
export function splitPath(path: string, from: number): readonly string[] {
  // Sized, because pushing to an empty array reserves room for 17 elements.
  const segments = new Array<string>(countSegments(path, from));
  let count = 0;
  let start = from + 1;
  let encoded = false;
  for (let at = start; at <= path.length; at++) {
    const code = at === path.length ? SLASH : path.charCodeAt(at);
    if (code === PERCENT) encoded = true;
    if (code !== SLASH) continue;
    const segment = path.slice(start, at);
    segments[count++] = encoded ? decodeComponent(segment) : segment;
    start = at + 1;
    encoded = false;
  }
  return segments;
}

function countSegments(path: string, from: number): number {
  let count = 1;
  for (let at = from + 1; at < path.length; at++) if (path.charCodeAt(at) === SLASH) count++;
  return count;
}

/** Joins paths with single slashes; the result starts with a slash and ends without one. */
export function joinPath(...parts: readonly string[]): string {
  const joined = parts.map(withoutSlashes).filter((part) => part !== '');
  return `/${joined.join('/')}`;
}

function withoutSlashes(part: string): string {
  return part.startsWith('/') || part.endsWith('/') ? part.replace(/^\/+|(?<!\/)\/+$/g, '') : part;
}
