import { PlainRecord } from '../../shared/plain-record.js';

/** A request's cookies by name, decoded, without inherited members. */
export type Cookies = Readonly<Record<string, string>>;

/**
 * Parses a `Cookie` header as the package `cookie` does. Malformed pairs are skipped or kept as they are: a cookie
 * never fails a request. Of several with one name, the first counts.
 */
export function parseCookies(header: string): Cookies {
  const cookies = new PlainRecord<string>();
  for (const pair of header.split(';')) {
    const equals = pair.indexOf('=');
    if (equals === -1) continue;
    const name = trimmed(pair.slice(0, equals));
    if (name !== '__proto__') cookies[name] ??= decoded(trimmed(pair.slice(equals + 1)));
  }
  return cookies;
}

/** Removes spaces and tabs, but not the other white space that `trim` removes. */
function trimmed(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

function decoded(value: string): string {
  try {
    return value.includes('%') ? decodeURIComponent(value) : value;
  } catch {
    return value;
  }
}
