import type { Context as LambdaContext } from 'aws-lambda';

/** Milliseconds until Lambda ends the invocation; without end where nobody tells, as in a test. */
export function timeLeft(context: LambdaContext): number {
  return typeof context.getRemainingTimeInMillis === 'function' ? context.getRemainingTimeInMillis() : Number.POSITIVE_INFINITY;
}
