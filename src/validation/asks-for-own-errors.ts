import type { ValidationOptions } from './validation-options.js';

/** Whether invalid input is another error than a ValidationException, which `exception-factory.ts` makes. */
export function asksForOwnErrors({
  exceptionFactory,
  disableErrorMessages,
  errorHttpStatusCode = 422,
}: ValidationOptions): boolean {
  return exceptionFactory !== undefined || disableErrorMessages === true || errorHttpStatusCode !== 422;
}
