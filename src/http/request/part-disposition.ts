import { fileName } from '../message/content-disposition.js';

const PARAMETER = /;[\t ]*([^\s;=*"]+)(\*?)[\t ]*=[\t ]*(?:"((?:[^"\\]|\\.)*)"|([^;"]*))/g;

/**
 * Rewrites the `Content-Disposition` line of a form's part with its name and its file's name in the plain form that any
 * parser understands: `filename*` before `filename`, without directories.
 *
 * @param line Bytes as Latin-1, as is the result.
 */
export function plainDisposition(line: string): string {
  const names = new Map<string, string>();
  for (const [, key = '', extended, quoted, plain = ''] of line.matchAll(PARAMETER)) {
    const value = extended ? extendedValue(quoted ?? plain) : plainValue(quoted ?? plain.trim());
    if (value !== undefined) names.set(key.toLowerCase() + extended, value);
  }
  const [name, file] = [names.get('name'), names.get('filename*') ?? names.get('filename')];
  return `Content-Disposition: form-data${parameter('name', name)}${parameter('filename', file && fileName(file))}`;
}

function parameter(key: string, value: string | undefined): string {
  return value === undefined ? '' : `; ${key}="${value.replace(/["\\]/g, '\\$&')}"`;
}

/**
 * Removes escapes. Only quotes and backslashes count as escaped, because Windows paths are sent with single
 * backslashes. Line breaks are removed, because the parser would drop the part.
 */
function plainValue(text: string): string {
  return text
    .replace(/\\(["\\])/g, '$1')
    .replace(/%22/g, '"')
    .replace(/%0[ad]/gi, '');
}

/** Decodes `UTF-8''na%C3%AFve` (RFC 8187) into UTF-8 bytes as Latin-1; `undefined` if it is malformed. */
function extendedValue(text: string): string | undefined {
  const [, charset = '', encoded = ''] =
    /^(utf-8|iso-8859-1)'[^']*'((?:[\w!#$&+.^`|~-]|%[0-9a-f]{2})*)$/i.exec(text) ?? [];
  if (charset === '') return undefined;
  const bytes = Buffer.from(
    encoded.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
  const name = /^utf/i.test(charset) ? bytes : Buffer.from(bytes.toString('latin1'));
  return name.toString('latin1').replace(/[\r\n]/g, '');
}
