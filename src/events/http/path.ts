import type { DecodeOptions } from '../../contracts/event-adapter.js';
import { percentEncode } from '../../http/message/percent-encode.js';
import { asString } from '../../shared/json-values.js';

const SLASH = 47;

// The characters that RFC 3986 allows in a path; an encoded path may also have `%`.
const PATH = /^[\w\-.~!$&'()*+,;=:@/]*$/;
const ENCODED_PATH = /^[\w\-.~!$&'()*+,;=:@/%]*$/;
const NOT_IN_PATH = /[^\w\-.~!$&'()*+,;=:@/]+/gu;
const NOT_IN_ENCODED_PATH = /[^\w\-.~!$&'()*+,;=:@/%]+/gu;

/**
 * Encodes the path of a source that has decoded it. There `%` is a character like any other. Encoding it again gives
 * one representation for all sources, and decoding a parameter gives what the gateway decoded. A slash that was `%2F`
 * can no longer be told from one that separates segments.
 */
export function encodePath(path: unknown): string {
  if (typeof path === 'string' && path.charCodeAt(0) === SLASH && PATH.test(path)) return path;
  const text = rooted(path);
  return PATH.test(text) ? text : text.replace(NOT_IN_PATH, percentEncode);
}

/**
 * Keeps the path of a source that leaves it encoded. Characters that no URL may hold, as in hand-written events, are
 * encoded.
 */
export function keepPath(path: unknown): string {
  const text = rooted(path);
  return ENCODED_PATH.test(text) ? text : text.replace(NOT_IN_ENCODED_PATH, percentEncode);
}

function rooted(path: unknown): string {
  const text = asString(path) ?? '';
  return text.charCodeAt(0) === SLASH ? text : `/${text}`;
}

/** Removes the configured base path; of several, the first that matches. */
export function withoutBasePath(path: string, { basePath }: DecodeOptions): string {
  if (basePath === undefined || basePath.length === 0) return path;
  for (const prefix of typeof basePath === 'string' ? [basePath] : basePath) {
    const rest = withoutPrefix(path, prefix);
    if (rest !== path) return rest;
  }
  return path;
}

/** Removes the stage. HTTP APIs put its name in front of the path, except for `$default`. */
export function withoutStage(path: string, stage: unknown): string {
  return typeof stage === 'string' && stage !== '$default' ? withoutPrefix(path, `/${stage}`) : path;
}

/** Removes a prefix such as `/v1`, at a segment boundary only: `/v1x` stays. */
function withoutPrefix(path: string, prefix: string): string {
  if (!path.startsWith(prefix)) return path;
  if (path.length === prefix.length) return '/';
  return path.charCodeAt(prefix.length) === SLASH ? path.slice(prefix.length) : path;
}
