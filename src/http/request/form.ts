import { BadRequestException, UnsupportedMediaTypeException } from '../../errors/exceptions.js';
import { ValidationException } from '../../errors/validation-exception.js';
import { shortened } from '../../shared/input-limits.js';
import { chain } from '../../shared/promise.js';
import type { MaybePromise } from '../../shared/types.js';
import { mediaTypeOf } from '../message/media-type.js';
import { type Decode, decodeByCharset } from './decode-body.js';
import type { FormFields, FormFile, WantedFiles } from './form-file.js';
import { fieldsOf } from './nested-fields.js';
import { parseFormPairs } from './query.js';
import type { Request } from './request.js';
import { type FormOptions, isNameTooLong, nameTooLong, tooLarge, tooMany, uploadLimits } from './upload-options.js';

// Several parameters of a method can read the same form.
const forms = new WeakMap<Request, MaybePromise<FormFields>>();

/**
 * Reads the body as a form, once per request; synchronously for `application/x-www-form-urlencoded`. A missing body is
 * an empty form.
 *
 * @throws UnsupportedMediaTypeException for another content type.
 * @throws BadRequestException if the form is malformed.
 * @throws PayloadTooLargeException naming the exceeded limit.
 */
export function formOf(request: Request, options: FormOptions = {}): MaybePromise<FormFields> {
  const known = forms.get(request);
  if (known !== undefined) return known;
  const form = parseForm(request, options);
  forms.set(request, form);
  return form;
}

/**
 * Reads what a parameter wants of the files of the body, like {@link formOf}.
 *
 * @throws ValidationException if none of them was sent, but one is required.
 */
export function filesOf(
  request: Request,
  options: FormOptions,
  { kind, key, required }: WantedFiles,
): MaybePromise<FormFile | undefined | readonly FormFile[]> {
  return chain(formOf(request, options), ({ files }) => {
    const wanted = key === undefined ? files : files.filter(({ fieldName }) => fieldName === key);
    if (required && wanted.length === 0) throw fileMissing(key);
    return kind === 'uploadedFile' ? wanted[0] : wanted;
  });
}

function fileMissing(key: string | undefined): ValidationException {
  const [loc, what] = key === undefined ? [['body'], 'a file'] : [['body', key], key];
  return new ValidationException([{ loc, msg: `${what} is required`, type: 'required' }]);
}

function parseForm(request: Request, options: FormOptions): MaybePromise<FormFields> {
  const contentType = request.header('content-type');
  const { essence } = mediaTypeOf(contentType);
  if (essence === 'application/x-www-form-urlencoded')
    return readUrlencoded(request.text(), options, decodeByCharset(contentType));
  const body = request.body();
  if (contentType !== undefined && essence === 'multipart/form-data') {
    return readParts(contentType, body ?? Buffer.alloc(0), options);
  }
  if (body === null) return { fields: fieldsOf([], false), files: [] };
  const type = essence === '' ? 'The body has no content type' : `The content type is ${shortened(essence, 100)}`;
  throw new UnsupportedMediaTypeException(`${type}; send multipart/form-data or application/x-www-form-urlencoded`);
}

/** Loads the parser, which few applications need. */
async function readParts(contentType: string, body: Buffer, options: FormOptions): Promise<FormFields> {
  const { readMultipart } = await import('./multipart.js');
  return readMultipart(contentType, body, options);
}

function readUrlencoded(text: string, options: FormOptions, decode: Decode | undefined): FormFields {
  const { fields, fieldSize } = uploadLimits(options);
  const pairs = parseFormPairs(text, fields, decode && componentDecoder(decode));
  if (pairs.length > fields) throw tooMany('fields', fields);
  for (const [name, value] of pairs) {
    if (isNameTooLong(name)) throw nameTooLong();
    if (Buffer.byteLength(value) > fieldSize) throw tooLarge('field', name, fieldSize);
  }
  return { fields: fieldsOf(pairs, options.nested), files: [] };
}

/** Makes the decoder of components whose percent-encoded bytes are in another charset than UTF-8. */
function componentDecoder(decode: Decode): (text: string) => string {
  return (text) => {
    const spaced = text.replaceAll('+', ' ');
    if (/%(?![0-9a-f]{2})/i.test(spaced)) throw new BadRequestException('Malformed percent-encoding');
    return spaced.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => decode(Buffer.from(bytes.replaceAll('%', ''), 'hex')));
  };
}
