import { UnsupportedMediaTypeException } from '../errors/exceptions.js';
import { readForm } from '../http/form.js';
import type { UploadOptions } from '../http/upload-options.js';
import { isJson, isTextual, mediaTypeOf } from '../http/media-type.js';
import type { Request } from '../http/request.js';
import { shortened } from '../shared/input-bounds.js';
import { chain } from '../shared/promise.js';
import type { MaybePromise } from '../shared/types.js';

/** A body as data. Members of a form are strings, which convert to the declared types; members of JSON don't. */
export interface BodyContent {
  readonly value: unknown;
  readonly strings: boolean;
}

const NO_BODY: BodyContent = { value: undefined, strings: false };

type BodyReader = (request: Request, uploads: UploadOptions) => MaybePromise<BodyContent>;

/**
 * Reads the body as data: JSON, or a form by its content type. Without a content type it is taken for JSON.
 *
 * @throws BadRequestException when it can't be parsed, UnsupportedMediaTypeException when it is neither.
 */
export const readData: BodyReader = bodyReader((request, essence) => {
  if (request.body() === null) return NO_BODY;
  throw new UnsupportedMediaTypeException(`The body has to be JSON or a form, not ${shortened(essence, 100)}`);
});

/** Reads the body as what its content type says: JSON, a form, text, else bytes. */
export const readAnything: BodyReader = bodyReader((request, essence) => {
  const value = isTextual(essence) ? request.text() : request.body();
  return value === null ? NO_BODY : { value, strings: true };
});

function bodyReader(readOther: (request: Request, essence: string) => BodyContent): BodyReader {
  return (request, uploads) => {
    const { essence } = mediaTypeOf(request.header('content-type'));
    if (essence === '' || isJson(essence)) return { value: request.json(), strings: false };
    if (isFormType(essence)) return chain(readForm(request, uploads), ({ fields }) => ({ value: fields, strings: true }));
    return readOther(request, essence);
  };
}

/** Whether the body is a form by its content type. */
export function isForm(request: Request): boolean {
  return isFormType(mediaTypeOf(request.header('content-type')).essence);
}

function isFormType(essence: string): boolean {
  return essence === 'application/x-www-form-urlencoded' || essence === 'multipart/form-data';
}
