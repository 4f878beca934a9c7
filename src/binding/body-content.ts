import { UnsupportedMediaTypeException } from '../errors/exceptions.js';
import { readForm, type UploadOptions } from '../http/form.js';
import { isForm, isJson, isTextual, mediaTypeOf } from '../http/media-type.js';
import type { Request } from '../http/request.js';
import { chain } from '../shared/promise.js';
import type { MaybePromise } from '../shared/types.js';

/** A body as data. Members of a form are strings, which convert to the declared types; members of JSON don't. */
export interface BodyContent {
  readonly value: unknown;
  readonly strings: boolean;
}

/**
 * Reads the body as data: JSON, or a form by its content type. Without a content type it is taken for JSON.
 *
 * @throws BadRequestException when it can't be parsed, UnsupportedMediaTypeException when it is neither.
 */
export function readData(request: Request, uploads: UploadOptions): MaybePromise<BodyContent> {
  const type = mediaTypeOf(request.header('content-type'));
  if (type === undefined || isJson(type)) return { value: request.json(), strings: false };
  if (isForm(type)) return chain(readForm(request, uploads), ({ fields }) => ({ value: fields, strings: true }));
  if (request.body() === null) return { value: undefined, strings: false };
  throw new UnsupportedMediaTypeException(`The body has to be JSON or a form, not ${type.essence}`);
}

/** Reads the body as what its content type says: JSON, a form, text, else bytes. */
export function readAnything(request: Request, uploads: UploadOptions): MaybePromise<BodyContent> {
  const type = mediaTypeOf(request.header('content-type'));
  if (type === undefined || isJson(type) || isForm(type)) return readData(request, uploads);
  if (request.body() === null) return { value: undefined, strings: false };
  return { value: isTextual(type.essence) ? request.text() : request.body(), strings: true };
}
