import { explain } from '../../errors/explain.js';
import { HttpException } from '../../errors/http-exception.js';
import { errorStatusText } from '../../errors/http-status.js';
import { currentLogger } from '../../logging/logger/current-logger.js';

/** The result of one event of a resolver with batching, as its response function gets it. */
export interface AppSyncResult {
  readonly data: unknown;
  readonly errorMessage: string | null;
  readonly errorType: string | null;
}

/**
 * Converts the results of `Promise.allSettled` to those of a resolver with batching: `{ data, errorMessage, errorType
 * }` each. AppSync passes each to the response function of the resolver, which has to report the error.
 *
 * Callers see the messages of exceptions (`HttpException`). Every other error is logged, and its message is `Internal
 * Server Error`.
 *
 * @see https://docs.aws.amazon.com/appsync/latest/devguide/tutorial-lambda-resolvers-js.html
 */
export function appSyncResults(settled: readonly PromiseSettledResult<unknown>[]): AppSyncResult[] {
  return settled.map((one) => {
    if (one.status === 'fulfilled') return { data: one.value ?? null, errorMessage: null, errorType: null };
    const error: unknown = one.reason;
    if (error instanceof HttpException && error.statusCode < 500) {
      const { name, message } = explain(error) as HttpException;
      return { data: null, errorMessage: message, errorType: name };
    }
    currentLogger().error('A result of a resolver with batching failed', { error });
    return { data: null, errorMessage: errorStatusText(500), errorType: 'InternalServerErrorException' };
  });
}
