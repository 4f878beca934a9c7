import type { DecodeOptions } from '../../contracts/event-adapter.js';
import { percentEncode } from '../../http/message/percent-encode.js';
import { asString } from '../../shared/json-values.js';

// What RFC 3986 lets stand in a path; in one that is encoded already, `%` too.
const PATH = /^[\w\-.~!$&'()*+,;=:@/]*$/;
const ENCODED_PATH = /^[\w\-.~!$&'()*+,;=:@/%]*$/;
const NOT_IN_PATH = /[^\w\-.~!$&'()*+,;=:@/]+/gu;
const NOT_IN_ENCODED_PATH = /[^\w\-.~!$&'()*+,;=:@/%]+/gu;

/**
 * Encodes the path of a source that decodes it. There `%` is a character like any other; encoding it once more
 * gives one representation for all sources, and decoding a parameter gives what the gateway made of it.
 * A slash that was `%2F` can't be told from one that separates segments any more.
 */
export function encodePath(path: unknown): string {
  const text = rooted(path);
  return PATH.test(text) ? text : text.replace(NOT_IN_PATH, percentEncode);
}

/**
 * The path of a source that leaves it encoded; characters that no URL holds (hand-written events have them) are
 * encoded.
 */
export function keepPath(path: unknown): string {
  const text = rooted(path);
  return ENCODED_PATH.test(text) ? text : text.replace(NOT_IN_ENCODED_PATH, percentEncode);
}

/** Takes a stage or a base path such as `/v1` off, at a segment's boundary only: `/v1x` stays. */
export function withoutPrefix(path: string, prefix: string): string {
  if (!path.startsWith(prefix)) return path;
  if (path.length === prefix.length) return '/';
  return path.charCodeAt(prefix.length) === SLASH ? path.slice(prefix.length) : path;
}

export function withoutBasePath(path: string, { basePath }: DecodeOptions): string {
  if (basePath === undefined || basePath.length === 0) return path;
  for (const prefix of typeof basePath === 'string' ? [basePath] : basePath) {
    const rest = withoutPrefix(path, prefix);
    if (rest !== path) return rest;
  }
  return path;
}

/** HTTP APIs put the name of a stage in front of the path, except that of the default one. */
export function withoutStage(path: string, stage: unknown): string {
  return typeof stage === 'string' && stage !== '$default' ? withoutPrefix(path, `/${stage}`) : path;
}

const SLASH = 47;

function rooted(path: unknown): string {
  const text = asString(path) ?? '';
  return text.charCodeAt(0) === SLASH ? text : `/${text}`;
}
