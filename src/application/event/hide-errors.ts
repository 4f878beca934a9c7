import type { Logger } from '../../contracts/logger.js';
import { asHttpException } from '../../errors/as-http-exception.js';
import { InternalServerErrorException } from '../../errors/exceptions.js';
import type { HttpException } from '../../errors/http-exception.js';
import { directAdapterOf } from '../../events/detection/record-adapters.js';
import type { MaybePromise } from '../../shared/types.js';

/**
 * Replaces unhandled errors of events whose caller sees them, such as Cognito triggers, wherever they come from: the
 * bootstrap, a middleware, a predicate. The log has the error.
 */
export async function hideErrors(
  event: unknown,
  run: () => MaybePromise<unknown>,
  logger: () => MaybePromise<Logger>,
): Promise<unknown> {
  try {
    return await run();
  } catch (error) {
    if (directAdapterOf(event).showsErrors !== true) throw error;
    if (!asHttpException(error))
      (await logger()).critical('An event has failed, and the error was hidden from its caller', { error });
    throw shownError(error);
  }
}

/** Returns what callers may see of an error: an exception with a status, or a bare 500 for any other error. */
export function shownError(error: unknown): HttpException {
  return asHttpException(error) ?? new InternalServerErrorException(undefined, { cause: error });
}
