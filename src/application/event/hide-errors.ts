import type { Logger } from '../../contracts/logger.js';
import { InternalServerErrorException } from '../../errors/exceptions.js';
import { HttpException } from '../../errors/http-exception.js';
import { directAdapterOf } from '../../events/record-adapters.js';
import type { MaybePromise } from '../../shared/types.js';

/**
 * Hides from strangers what an error says that nobody meant for them, wherever it comes from: the bootstrap, a
 * middleware, a predicate. The log has it.
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
    (await logger()).critical('An event has failed, and its sender was not told why', { error });
    throw new InternalServerErrorException(undefined, { cause: error });
  }
}
