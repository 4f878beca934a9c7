import type { Refusal } from '../errors/http-exception.js';
import type { ParameterKind } from '../metadata/class-metadata.js';
import type { MaybePromise } from '../shared/types.js';

/** The place of input in a request: the first part of the `loc` of a validation error. */
export type InputLocation = 'body' | 'query' | 'path' | 'header' | 'cookie';

/** The location of each kind of parameter that takes input. */
export const INPUT_LOCATIONS: { readonly [K in ParameterKind]?: InputLocation } = {
  body: 'body',
  uploadedFile: 'body',
  uploadedFiles: 'body',
  query: 'query',
  param: 'path',
  headers: 'header',
  cookies: 'cookie',
};

/** The origin of a value, and its form. */
export interface InputSource {
  /** The place in a request; `configuration` for what is in none. */
  readonly location: InputLocation | 'configuration';
  /** The name of the only member that is read, as in `@Body('customer')`. */
  readonly key?: string | undefined;
  /** Every value is text, as in a query or a form, and converts to its declared type. */
  readonly strings?: boolean;
}

/**
 * Creates an argument from input.
 *
 * Throws or rejects with a ValidationException (422) that lists what is wrong, and with a BadRequestException (400)
 * when the input is nested more than 64 levels deep.
 */
export type InputReader = (value: unknown) => MaybePromise<unknown>;

/** An {@link InputReader} that may return a {@link Refusal} instead of throwing a ValidationException. */
export type RefusingReader = (value: unknown) => MaybePromise<unknown | Refusal>;

/** The location, then the keys and indices down to a value. */
export type Loc = readonly (string | number)[];

export function locOf({ location, key }: InputSource): Loc {
  return key === undefined ? [location] : [location, key];
}
