import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy';
import { BadRequestException, UnsupportedMediaTypeException } from '../../errors/exceptions.js';
import { HttpException } from '../../errors/http-exception.js';
import { shortened } from '../../shared/input-limits.js';
import { messageOf } from '../../shared/thrown.js';
import { fileName } from '../message/content-disposition.js';
import { jsonProblem, parseJson } from '../message/json.js';
import { isJsonBody, mediaTypeOf } from '../message/media-type.js';
import { type FormFields, FormFile } from './form-file.js';
import { type FieldPair, fieldsOf } from './nested-fields.js';
import { plainDisposition } from './part-disposition.js';
import {
  type FormOptions,
  isNameTooLong,
  nameTooLong,
  tooLarge,
  tooMany,
  uploadLimits,
  type UploadLimits,
} from './upload-options.js';

/**
 * Parses `multipart/form-data` (RFC 7578). This module and the parser are loaded with the first such body.
 *
 * @throws BadRequestException if there is no boundary, the body is truncated, or a part has no name.
 * @throws PayloadTooLargeException naming the exceeded limit.
 */
export async function readMultipart(contentType: string, body: Buffer, options: FormOptions): Promise<FormFields> {
  const limits = uploadLimits(options);
  let parser: BusboyInstance;
  try {
    parser = new Busboy({ headers: { 'content-type': contentType }, limits });
  } catch (error) {
    throw malformed(error);
  }
  return new Promise((resolve, reject) => {
    const form = new FormCollector({ ...limits, json: options.json }, (error) => {
      reject(error);
      // Skips the rest: a million parts take seconds.
      parser.destroy();
    });
    form.listen(parser);
    parser.once('finish', () => {
      try {
        resolve(form.result(options.nested));
      } catch (error) {
        reject(error as Error);
      }
    });
    feed(parser, body, mediaTypeOf(contentType).parameters['boundary']);
    // The parser has the whole body and uses only ticks, so it finishes before the next turn of the event loop. If it
    // has not, it never will: some malformed bodies leave it waiting for more.
    setImmediate(() => reject(malformed(new Error('the parser waits for more'))));
  });
}

/** The bytes that are parsed before checking whether a limit has been exceeded. */
const CHUNK = 262_144;

function feed(parser: BusboyInstance, body: Buffer, boundary: string | undefined): void {
  const parts = withoutPreamble(body, boundary);
  const pieces = boundary === undefined ? [parts] : withPlainNames(parts, boundary, CHUNK);
  for (const piece of pieces) {
    if (parser.destroyed) return;
    parser.write(piece);
  }
  if (!parser.destroyed) parser.end();
}

/** Returns the body from its first boundary on. The parser would be slow on each line of a preamble. */
function withoutPreamble(body: Buffer, boundary: string | undefined): Buffer {
  const start = boundary === undefined ? 0 : body.indexOf(`--${boundary}`);
  return start === -1 ? body.subarray(body.length) : body.subarray(start);
}

class FormCollector {
  readonly #pairs: FieldPair[] = [];
  readonly #files: FormFile[] = [];

  constructor(
    private readonly limits: UploadLimits & Pick<FormOptions, 'json'>,
    private readonly fail: (error: Error) => void,
  ) {}

  listen(parser: BusboyInstance): void {
    parser.on('field', (name, value, _nameCut, cut, _encoding, mediaType) =>
      this.#addField(name, { value, cut, mediaType }),
    );
    parser.on('file', (name, stream, filename, _encoding, mediaType) =>
      this.#addFile(name, stream, filename, mediaType),
    );
    parser.on('error', (error) => this.fail(malformed(error)));
    for (const what of ['files', 'fields', 'parts'] as const) {
      parser.once(`${what}Limit`, () => this.fail(tooMany(what, this.limits[what])));
    }
  }

  result(nested: boolean | undefined): FormFields {
    return { fields: fieldsOf(this.#pairs, nested), files: this.#files };
  }

  #addField(
    name: string | undefined,
    { value, cut, mediaType }: { value: string; cut: boolean; mediaType: string },
  ): void {
    if (!this.#isNamed(name)) return;
    if (cut) this.fail(tooLarge('field', name, this.limits.fieldSize));
    else if (isJsonBody(mediaType)) this.#addJson(name, value);
    else this.#pairs.push([name, value]);
  }

  #addJson(name: string, text: string): void {
    try {
      this.#pairs.push([name, parseJson(text, this.limits.json)]);
    } catch (error) {
      this.fail(error instanceof HttpException ? error : noJson(name, jsonProblem(error, text)));
    }
  }

  /** A Blob in a FormData arrives as a file named `blob`. One that contains JSON becomes a field, too. */
  #addBlob({ fieldName, filename, mediaType, content }: FormFile): void {
    if (filename !== 'blob' || !isJsonBody(mediaType)) return;
    if (content.length > this.limits.fieldSize) this.fail(tooLarge('field', fieldName, this.limits.fieldSize));
    else this.#addJson(fieldName, content.toString('utf8'));
  }

  #isNamed(name: string | undefined): name is string {
    if (name === undefined) this.fail(unnamed());
    else if (isNameTooLong(name)) this.fail(nameTooLong());
    else return true;
    return false;
  }

  #addFile(name: string | undefined, stream: BusboyFileStream, filename: string | undefined, mediaType: string): void {
    if (this.#isNamed(name)) stream.once('limit', () => this.fail(tooLarge('file', name, this.limits.fileSize)));
    stream.once('error', (error) => this.fail(malformed(error)));
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.once('end', () => {
      const file = new FormFile(name ?? '', fileName(filename ?? ''), mediaType, Buffer.concat(chunks));
      // Browsers send an empty part for a file input in which nothing was chosen.
      if (file.filename === '' && file.size === 0) return;
      this.#files.push(file);
      this.#addBlob(file);
    });
  }
}

function malformed(error: unknown): BadRequestException {
  return new BadRequestException('The body is not valid multipart/form-data', {
    cause: error,
    errorDetail: messageOf(error),
  });
}

function noJson(name: string, errorDetail: string): BadRequestException {
  return new BadRequestException(`The field "${shortened(name, 100)}" is not valid JSON`, { errorDetail });
}

function unnamed(): BadRequestException {
  return new BadRequestException('A part of the multipart body has no name');
}

/**
 * Yields a multipart body in pieces. Rewrites names in notations that the parser does not support:
 * `filename*` takes precedence over `filename` in any order (RFC 6266, 4.3), and `%22` is a quote, as browsers write it
 * (HTML, multipart/form-data encoding algorithm).
 *
 * Goes through the body once, and only as far as pieces are requested.
 */
function* withPlainNames(body: Buffer, boundary: string, most: number): Generator<Buffer> {
  const delimiter = Buffer.from(`\r\n--${boundary}\r\n`);
  let written = 0;
  let start = body.indexOf(delimiter.subarray(2)) + delimiter.length - 2;
  let end = 0;
  while (start >= delimiter.length - 2) {
    if (end < start) end = body.indexOf(HEAD_END, start);
    if (end === -1) break;
    const next = body.indexOf(delimiter, start - 2);
    const head =
      end < next || next === -1 ? plainHead(body.subarray(start, Math.min(end, start + MAX_HEAD))) : undefined;
    if (head) {
      yield* inPieces(body.subarray(written, start), most);
      yield head;
      written = end;
    } else if (start - written >= most) {
      yield body.subarray(written, start);
      written = start;
    }
    start = next === -1 ? -1 : next + delimiter.length;
  }
  yield* inPieces(body.subarray(written), most);
}

/** The bytes of a part's header that are examined; the parser has the same limit. */
const MAX_HEAD = 80 * 1024;
const HEAD_END = Buffer.from('\r\n\r\n');

function* inPieces(bytes: Buffer, most: number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += most) yield bytes.subarray(at, at + most);
}

const PERCENT = 0x25;
const ASTERISK = 0x2a;

/**
 * Rewrites the header of a part. Returns `undefined` if the parser understands it, as it does nearly all.
 *
 * @throws UnsupportedMediaTypeException for a field in a charset that the parser would read as UTF-8.
 */
function plainHead(head: Buffer): Buffer | undefined {
  const lines = head.toString('latin1').split('\r\n');
  checkCharset(lines);
  if (!head.includes(PERCENT) && !head.includes(ASTERISK)) return undefined;
  return Buffer.from(
    lines.map((line) => (DISPOSITION.test(line) ? plainDisposition(line) : line)).join('\r\n'),
    'latin1',
  );
}

/** Checks the charset of a field. The charset of a file is up to its reader. */
function checkCharset(lines: readonly string[]): void {
  const type = lines.find((line) => /^content-type:/i.test(line));
  if (
    type === undefined ||
    !type.includes(';') ||
    lines.some((line) => DISPOSITION.test(line) && /;[\t ]*filename\*?[\t ]*=/i.test(line))
  )
    return;
  const { charset = 'utf-8' } = mediaTypeOf(type).parameters;
  if (CHARSETS.has(charset.toLowerCase())) return;
  throw new UnsupportedMediaTypeException(`The charset ${shortened(charset, 100)} of a field is unknown: send UTF-8`);
}

const CHARSETS: ReadonlySet<string> = new Set([
  'utf-8',
  'utf8',
  'us-ascii',
  'ascii',
  'iso-8859-1',
  'latin1',
  'windows-1252',
  'utf-16le',
]);

const DISPOSITION = /^content-disposition:/i;
