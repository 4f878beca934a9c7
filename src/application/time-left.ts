import type { Context as LambdaContext } from 'aws-lambda';

/** Milliseconds until Lambda ends the invocation; without end where nobody tells, as in a test. */
export function timeLeft(context: LambdaContext): number {
  const left: unknown = typeof context.getRemainingTimeInMillis === 'function' ? context.getRemainingTimeInMillis() : undefined;
  // No number is no time: a timer takes NaN for one millisecond.
  return typeof left === 'number' && !Number.isNaN(left) ? left : Number.POSITIVE_INFINITY;
}
