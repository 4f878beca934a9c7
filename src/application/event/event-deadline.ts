import type { Context as LambdaContext } from 'aws-lambda';
import { Deadline } from '../../pipeline/deadline.js';
import { timeLeft } from '../../shared/time-left.js';
import type { TimeOptions } from '../options/config.js';

/**
 * Returns the deadline of an event that begins now. Requests of a gateway have `FUNCTION_TIMEOUT`. Everything else has
 * the invocation's remaining time, or `FUNCTION_TIMEOUT` where that is unknown.
 */
export function eventDeadline(
  context: LambdaContext,
  { timeout, timeoutMargin }: TimeOptions,
  hasGateway: boolean,
): Deadline {
  const available = timeLeft(context) - timeoutMargin;
  const isLimited = hasGateway || available === Number.POSITIVE_INFINITY;
  return new Deadline(available, isLimited ? timeout : undefined, timeoutMargin);
}
