import { describeValue } from '../errors/describe-value.js';
import { HttpException, withoutStack } from '../errors/http-exception.js';
import { loggedDetails } from '../errors/redact-details.js';
import type { ValidationDetail } from '../errors/validation-detail.js';
import { ValidationException } from '../errors/validation-exception.js';
import { asksForOwnErrors } from './asks-for-own-errors.js';
import type { ValidationOptions } from './validation-options.js';

/** Creates the error to throw for invalid input. */
export type ExceptionFactory = (error: ValidationException) => unknown;

/**
 * Returns the factory that the options ask for; `undefined` if a ValidationException is thrown as it is.
 *
 * @param owner Names the owner of the option `exceptionFactory` in the error message.
 */
export function exceptionFactoryOf(options: ValidationOptions, owner: string): ExceptionFactory | undefined {
  if (!asksForOwnErrors(options)) return undefined;
  const { exceptionFactory, disableErrorMessages, errorHttpStatusCode = 422 } = options;
  if (exceptionFactory) return ({ detail }) => checkedError(exceptionFactory(detail), owner);
  if (disableErrorMessages) return ({ detail }) => withoutDetails(errorHttpStatusCode, detail);
  return ({ detail }) => withoutStack(() => errorWithDetails(detail, errorHttpStatusCode));
}

function withoutDetails(statusCode: number, detail: ValidationException['detail']): HttpException {
  return withoutStack(() => new HttpException(statusCode, undefined, { errorDetail: loggedDetails(detail) }));
}

/**
 * Returns the result of an `exceptionFactory`.
 *
 * @throws TypeError when it is not an error: the response to a refused value would not say that it was refused.
 */
export function checkedError(result: unknown, owner: string): unknown {
  if (result instanceof Error || Object.prototype.toString.call(result) === '[object Error]') return result;
  const advice = result === undefined ? ' Is a return missing?' : '';
  throw new TypeError(
    `The exceptionFactory of ${owner} returned ${describeValue(result)}. It must return the error to throw.${advice}`,
  );
}

/** Returns a 422 with the details, or the same details with another status. */
export function errorWithDetails(details: ValidationDetail[], statusCode = 422): HttpException {
  return statusCode === 422 ? new ValidationException(details) : new HttpException(statusCode, details);
}
