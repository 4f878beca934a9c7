import type { ValidationOptions } from './validation-options.js';

/**
 * Whether invalid input is another error than a ValidationException, which `exception-factory.ts` makes. Apart from the
 * options and from that file, because every application asks at its start, and few load either.
 */
export function asksForOwnErrors({
  exceptionFactory,
  disableErrorMessages,
  errorHttpStatusCode = 422,
}: ValidationOptions): boolean {
  return exceptionFactory !== undefined || disableErrorMessages === true || errorHttpStatusCode !== 422;
}
