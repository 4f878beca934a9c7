import type { Refusal } from '../errors/http-exception.js';
import type { MaybePromise } from '../shared/types.js';

/** What the `loc` of an error starts with. */
export type InputLocation = 'body' | 'query' | 'path' | 'header' | 'cookie';

/** Where a value comes from, and in what form. */
export interface InputSource {
  readonly location: InputLocation;
  /** The name of the one member that is read, as in `@Body('customer')`. */
  readonly key?: string | undefined;
  /** Every value is text, as in a query or a form: it converts to the declared types. */
  readonly strings?: boolean;
}

/**
 * Makes the argument out of what came in.
 *
 * Throws or rejects with a ValidationException (422) that lists what is wrong, and with a BadRequestException (400)
 * when the input is nested more than 64 levels deep.
 */
export type InputReader = (value: unknown) => MaybePromise<unknown>;

/** An {@link InputReader} that may hand a ValidationException on as a {@link Refusal} instead of throwing it. */
export type RefusingReader = (value: unknown) => MaybePromise<unknown | Refusal>;

/** Keys and indices from the location down to a value. */
export type Loc = readonly (string | number)[];

export function locOf({ location, key }: InputSource): Loc {
  return key === undefined ? [location] : [location, key];
}
