import { describeValue } from '../errors/describe-value.js';
import { HttpException, withoutStack } from '../errors/http-exception.js';
import { loggedDetails } from '../errors/redact-details.js';
import { type ValidationDetail, ValidationException } from '../errors/validation-exception.js';
import type { ValidationOptions } from './validation-options.js';

/** Makes what is thrown of what is wrong with the input. */
export type RefuseInput = (error: ValidationException) => unknown;

/**
 * What the options make of a ValidationException; `undefined` where it stays one.
 *
 * @param who Whose option `exceptionFactory` is, for the error where it makes none.
 */
export function refuseInput(options: ValidationOptions, who: string): RefuseInput | undefined {
  const { exceptionFactory, disableErrorMessages, errorHttpStatusCode = 422 } = options;
  if (exceptionFactory) return ({ detail }) => madeError(exceptionFactory(detail), who);
  if (disableErrorMessages) return ({ detail }) => withoutDetails(errorHttpStatusCode, detail);
  if (errorHttpStatusCode === 422) return undefined;
  return ({ detail }) => withoutStack(() => detailsError(detail, errorHttpStatusCode));
}

function withoutDetails(statusCode: number, detail: ValidationException['detail']): HttpException {
  return withoutStack(() => new HttpException(statusCode, undefined, { errorDetail: loggedDetails(detail) }));
}

/**
 * What an `exceptionFactory` made, to be thrown.
 *
 * @throws TypeError where it made no error: a refused value would be answered with nothing that says so.
 */
export function madeError(made: unknown, owner: string): unknown {
  if (made instanceof Error || Object.prototype.toString.call(made) === '[object Error]') return made;
  const advice = made === undefined ? ' Is a return missing?' : '';
  throw new TypeError(
    `The exceptionFactory of ${owner} returned ${describeValue(made)}: it returns the error to throw.${advice}`,
  );
}

/** A 422 with the details, or the same details with the status that was asked for. */
export function detailsError(details: ValidationDetail[], statusCode = 422): HttpException {
  return statusCode === 422 ? new ValidationException(details) : new HttpException(statusCode, details);
}
