import { onDemand } from '../shared/on-demand.js';
import { attempt, chain } from '../shared/promise.js';
import type { MaybePromise } from '../shared/types.js';
import { HttpException } from './http-exception.js';

const statusErrors = onDemand(() => import('./as-http-exception.js'));

/**
 * Returns the exception that an error is or stands for, as `asHttpException` does. The code for errors of other
 * packages is loaded by the first that may be one.
 */
export function httpExceptionOf(error: unknown): MaybePromise<HttpException | undefined> {
  if (error instanceof HttpException) return error;
  if (typeof error !== 'object' || error === null) return undefined;
  // Should the code be missing, or a proxy throw, the error is still one that nobody handled, and is reported.
  return attempt(
    () => ('statusCode' in error ? chain(statusErrors(), ({ asHttpException }) => asHttpException(error)) : undefined),
    () => undefined,
  );
}
