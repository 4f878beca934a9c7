import type { Context as LambdaContext } from 'aws-lambda';

// Read once: on the global object it is a getter, which every use calls.
const { process } = globalThis;

/**
 * Returns the milliseconds of a clock that never goes back.
 *
 * Not `performance.now()`: its first use loads eleven of Node's own modules, which takes 2 ms of a cold start.
 */
export function monotonicTime(): number {
  const time = process.hrtime();
  return time[0] * 1000 + time[1] / 1_000_000;
}

/** Returns the milliseconds until Lambda ends the invocation; infinite where the context doesn't say, as in a test. */
export function timeLeft(context: LambdaContext): number {
  const left: unknown =
    typeof context.getRemainingTimeInMillis === 'function' ? context.getRemainingTimeInMillis() : undefined;
  // A timer would take NaN for one millisecond.
  return typeof left === 'number' && !Number.isNaN(left) ? left : Number.POSITIVE_INFINITY;
}
