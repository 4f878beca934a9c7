import type { Context as LambdaContext } from 'aws-lambda';

/** Returns the milliseconds until Lambda ends the invocation; infinite where the context doesn't say, as in a test. */
export function timeLeft(context: LambdaContext): number {
  const left: unknown =
    typeof context.getRemainingTimeInMillis === 'function' ? context.getRemainingTimeInMillis() : undefined;
  // A timer would take NaN for one millisecond.
  return typeof left === 'number' && !Number.isNaN(left) ? left : Number.POSITIVE_INFINITY;
}
