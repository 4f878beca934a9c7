import type { Logger } from '../../contracts/logger.js';
import { InternalServerErrorException } from '../../errors/exceptions.js';
import { HttpException } from '../../errors/http-exception.js';
import { directAdapterOf } from '../../events/record-adapters.js';
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
    if (error instanceof HttpException || directAdapterOf(event).showsErrors !== true) throw error;
    (await logger()).critical('An event has failed, and the error was hidden from its caller', { error });
    throw new InternalServerErrorException(undefined, { cause: error });
  }
}
