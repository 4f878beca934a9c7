import { UnsupportedMediaTypeException } from '../errors/exceptions.js';
import { shortened } from '../shared/input-bounds.js';
import { fileName } from './file-name.js';
import { mediaTypeOf } from './media-type.js';

/**
 * The bytes of a multipart body in pieces for the parser, with the names in them as clients mean them, which the parser doesn't know:
 * `filename*` goes before `filename` wherever it stands (RFC 6266, 4.3), and `%22` is a quote, as browsers write it (HTML, multipart/form-data encoding algorithm).
 *
 * Goes through the body once, and no further than whoever asks for the next piece.
 */
export function* withPlainNames(body: Buffer, boundary: string, most: number): Generator<Buffer> {
  const delimiter = Buffer.from(`\r\n--${boundary}\r\n`);
  let written = 0;
  let start = body.indexOf(delimiter.subarray(2)) + delimiter.length - 2;
  let end = 0;
  while (start >= delimiter.length - 2) {
    if (end < start) end = body.indexOf(HEAD_END, start);
    if (end === -1) break;
    const next = body.indexOf(delimiter, start - 2);
    const head = end < next || next === -1 ? plainHead(body.subarray(start, Math.min(end, start + MOST_HEAD))) : undefined;
    if (head) {
      yield* pieces(body.subarray(written, start), most);
      yield head;
      written = end;
    } else if (start - written >= most) {
      yield body.subarray(written, start);
      written = start;
    }
    start = next === -1 ? -1 : next + delimiter.length;
  }
  yield* pieces(body.subarray(written), most);
}

/** Bytes of a head that is looked at; the parser's own bound is the same. */
const MOST_HEAD = 80 * 1024;
const HEAD_END = Buffer.from('\r\n\r\n');

function* pieces(bytes: Buffer, most: number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += most) yield bytes.subarray(at, at + most);
}

const PERCENT = 0x25;
const ASTERISK = 0x2a;

/**
 * `undefined` for a head that the parser understands, as nearly all are.
 *
 * @throws UnsupportedMediaTypeException for a field of a charset that the parser would take for UTF-8.
 */
function plainHead(head: Buffer): Buffer | undefined {
  const lines = head.toString('latin1').split('\r\n');
  checkCharset(lines);
  if (!head.includes(PERCENT) && !head.includes(ASTERISK)) return undefined;
  return Buffer.from(lines.map((line) => (DISPOSITION.test(line) ? plainDisposition(line) : line)).join('\r\n'), 'latin1');
}

/** Of files it is their reader's business. */
function checkCharset(lines: readonly string[]): void {
  const type = lines.find((line) => /^content-type:/i.test(line));
  if (type === undefined || !type.includes(';') || lines.some((line) => DISPOSITION.test(line) && /;[\t ]*filename\*?[\t ]*=/i.test(line))) return;
  const { charset = 'utf-8' } = mediaTypeOf(type).parameters;
  if (CHARSETS.has(charset.toLowerCase())) return;
  throw new UnsupportedMediaTypeException(`The charset ${shortened(charset, 100)} of a field is not known: send UTF-8`);
}

const CHARSETS: ReadonlySet<string> = new Set(['utf-8', 'utf8', 'us-ascii', 'ascii', 'iso-8859-1', 'latin1', 'windows-1252', 'utf-16le']);

const DISPOSITION = /^content-disposition:/i;
const PARAMETER = /;[\t ]*([^\s;=*"]+)(\*?)[\t ]*=[\t ]*(?:"((?:[^"\\]|\\.)*)"|([^;"]*))/g;

function plainDisposition(line: string): string {
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

/** Of the escapes only those of quotes and backslashes are some: Windows' paths came with single ones. A line break would have the parser leave out the part. */
function plainValue(text: string): string {
  return text.replace(/\\(["\\])/g, '$1').replace(/%22/g, '"').replace(/%0[ad]/gi, '');
}

/** `UTF-8''na%C3%AFve` (RFC 8187), as the bytes of UTF-8 in Latin-1; `undefined` for what it doesn't allow. */
function extendedValue(text: string): string | undefined {
  const [, charset = '', encoded = ''] = /^(utf-8|iso-8859-1)'[^']*'((?:[\w!#$&+.^`|~-]|%[0-9a-f]{2})*)$/i.exec(text) ?? [];
  if (charset === '') return undefined;
  const bytes = Buffer.from(encoded.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1');
  const name = /^utf/i.test(charset) ? bytes : Buffer.from(bytes.toString('latin1'));
  return name.toString('latin1').replace(/[\r\n]/g, '');
}
