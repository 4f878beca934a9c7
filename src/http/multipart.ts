import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy';
import { BadRequestException } from '../errors/exceptions.js';
import { HttpException } from '../errors/http-exception.js';
import { shortened } from '../shared/input-bounds.js';
import { fileName } from './file-name.js';
import { type FieldPair, fieldsOf, type FormFields } from './form-fields.js';
import { FormFile } from './form-file.js';
import { jsonProblem, parseJson } from './json.js';
import { isJsonBody, mediaTypeOf } from './media-type.js';
import { withPlainNames } from './part-heads.js';
import { isNameTooLong, nameTooLong, tooLarge, tooMany, type FormOptions, uploadLimits, type UploadLimits } from './upload-options.js';

/**
 * Parses `multipart/form-data` (RFC 7578). This module is loaded with the first such body, and the parser with it.
 *
 * @throws BadRequestException when there is no boundary, the body breaks off, or a part has no name.
 * @throws PayloadTooLargeException over one of the limits, naming it.
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
      // What follows is not looked at: a million parts take seconds.
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
    // The body is whole, so the parser runs in ticks alone and has come to its end before the next turn of the event
    // loop. Where it has not, it never will: some malformed bodies leave it waiting for more.
    setImmediate(() => reject(malformed(new Error('the parser waits for more'))));
  });
}

/** Bytes that are parsed before a look at whether a limit is passed already. */
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

/** The body from its first boundary on, if it has one. In what stands before, the parser looks at each line for long. */
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
    parser.on('field', (name, value, _nameCut, cut, _encoding, mediaType) => this.#addField(name, { value, cut, mediaType }));
    parser.on('file', (name, stream, filename, _encoding, mediaType) => this.#addFile(name, stream, filename, mediaType));
    parser.on('error', (error) => this.fail(malformed(error)));
    for (const what of ['files', 'fields', 'parts'] as const) {
      parser.once(`${what}Limit`, () => this.fail(tooMany(what, this.limits[what])));
    }
  }

  result(nested: boolean | undefined): FormFields {
    return { fields: fieldsOf(this.#pairs, nested), files: this.#files };
  }

  #addField(name: string | undefined, { value, cut, mediaType }: { value: string; cut: boolean; mediaType: string }): void {
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

  /** A Blob in a FormData is a file by its form, with a name that says that it has none: of JSON it is a field as well. */
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
    errorDetail: error instanceof Error ? error.message : String(error),
  });
}

function noJson(name: string, errorDetail: string): BadRequestException {
  return new BadRequestException(`The field "${shortened(name, 100)}" is not valid JSON`, { errorDetail });
}

function unnamed(): BadRequestException {
  return new BadRequestException('A part of the multipart body has no name');
}
