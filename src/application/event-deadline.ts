import type { Context as LambdaContext } from 'aws-lambda';
import { Deadline } from '../pipeline/deadline.js';
import { timeLeft } from './time-left.js';

/** What the application decides for the time of every event. */
export interface TimeOptions {
  /** Seconds, of `FUNCTION_TIMEOUT`. */
  readonly timeout: number;
  /** Milliseconds that are kept back of the invocation's time. */
  readonly timeoutMargin: number;
}

/**
 * The deadline of an event that begins now. What a gateway waits for has `FUNCTION_TIMEOUT`; everything else has what the
 * invocation has, and `FUNCTION_TIMEOUT` only where nobody tells how much that is.
 */
export function eventDeadline(context: LambdaContext, { timeout, timeoutMargin }: TimeOptions, hasGateway: boolean): Deadline {
  const available = timeLeft(context) - timeoutMargin;
  const isLimited = hasGateway || available === Number.POSITIVE_INFINITY;
  return new Deadline(available, isLimited ? timeout : undefined, timeoutMargin);
}
