import { HttpException } from '../errors/http-exception.js';
import { mistakesWithoutValues } from '../errors/mistakes.js';
import { ValidationException } from '../errors/validation-exception.js';
import { withoutStack } from '../errors/without-stack.js';
import { detailsError, madeError } from './pipes/pipe-error.js';
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
  return withoutStack(() => new HttpException(statusCode, undefined, { errorDetail: mistakesWithoutValues(detail) }));
}
