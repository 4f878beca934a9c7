import { UnsupportedMediaTypeException } from '../errors/exceptions.js';
import { isFormType, isJsonBody, isTextual, mediaTypeOf } from '../http/message/media-type.js';
import { readForm } from '../http/request/read-form.js';
import type { Request } from '../http/request/request.js';
import type { FormOptions } from '../http/request/upload-options.js';
import type { BodyKind } from '../metadata/class-metadata.js';
import { shortened } from '../shared/input-limits.js';
import { chain } from '../shared/promise.js';
import type { MaybePromise } from '../shared/types.js';

/** A parsed body. Strings of a form are converted to the declared types; those of JSON are not. */
export interface BodyContent {
  readonly value: unknown;
  readonly strings: boolean;
}

export type BodyReader = (request: Request, uploads: FormOptions) => MaybePromise<BodyContent>;

/**
 * Compiles a reader that parses the body. A body without a content type is read as the kind that the route consumes.
 *
 * @param isOpen Whether the parameter declares no type. With `any`, it then gets text and bytes; others get JSON.
 * @throws BadRequestException if the body cannot be parsed, UnsupportedMediaTypeException if it is of another type.
 */
export function bodyReader(kinds: readonly BodyKind[], isOpen: boolean): BodyReader {
  const kindOf = kindReader(kinds);
  return (request, uploads) => {
    const kind = kindOf(request);
    if (kind === 'form') return chain(readForm(request, uploads), ({ fields }) => ({ value: fields, strings: true }));
    return kind === 'any' && isOpen ? wholeBody(request) : { value: request.json(), strings: false };
  };
}

function wholeBody(request: Request): BodyContent {
  const { essence } = mediaTypeOf(request.header('content-type'));
  const value = isTextual(essence) ? request.text() : request.body();
  return value === null ? NO_BODY : { value, strings: true };
}

const NO_BODY: BodyContent = { value: undefined, strings: false };

/**
 * Compiles a function that chooses how to read a body, by its content type. The content type counts without a body,
 * too.
 *
 * @throws UnsupportedMediaTypeException for a body of none of the kinds.
 */
export function kindReader(kinds: readonly BodyKind[]): (request: Request) => BodyKind {
  const any = kinds.includes('any');
  const takes = { json: takesJson(kinds), form: any || kinds.includes('form') };
  const whileEmpty: BodyKind = takes.json ? 'json' : 'form';
  return (request) => {
    const { essence } = mediaTypeOf(request.header('content-type'));
    if (takes.json && isJsonBody(essence)) return 'json';
    if (takes.form && isFormType(essence)) return 'form';
    if (essence === '' && (any || (takes.json && !isFromBrowser(request)))) return 'json';
    if (any) return 'any';
    if (request.body() === null) return whileEmpty;
    throw new UnsupportedMediaTypeException(refusalOf(essence, kinds));
  };
}

/** Whether a body of JSON is parsed. */
export function takesJson(kinds: readonly BodyKind[]): boolean {
  return kinds.includes('any') || kinds.includes('json');
}

/**
 * Whether a browser sent the request. Without a preflight, a page of another site can send a form, text or a Blob
 * without a type, but not JSON. So a browser has to declare JSON; other clients may leave the type out.
 */
function isFromBrowser(request: Request): boolean {
  const site = request.header('sec-fetch-site');
  return request.header('origin') !== undefined || (site !== undefined && site !== 'same-origin' && site !== 'none');
}

const NAMES: { readonly [K in BodyKind]: string } = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded or multipart/form-data',
  any: 'anything',
};

function refusalOf(essence: string, kinds: readonly BodyKind[]): string {
  const expected = kinds.map((kind) => NAMES[kind]).join(' or ');
  return essence === ''
    ? `The body has no content type: send ${expected}`
    : `The body has to be ${expected}, not ${shortened(essence, 100)}`;
}

/** Whether the content type says that the body is a form. */
export function hasForm(request: Request): boolean {
  return isFormType(mediaTypeOf(request.header('content-type')).essence);
}
