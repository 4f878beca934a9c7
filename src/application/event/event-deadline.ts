import type { Context as LambdaContext } from 'aws-lambda';
import { Deadline } from '../../pipeline/deadline.js';
import { monotonicTime, timeLeft } from '../../shared/time.js';
import type { TimeOptions } from '../options/application-config.js';

/**
 * Returns the deadline of an event. Requests of a gateway have `FUNCTION_TIMEOUT`. Everything else has
 * the invocation's remaining time, or `FUNCTION_TIMEOUT` where that is unknown.
 *
 * @param start When the event began, in milliseconds of the monotonic clock; now unless given.
 */
export function eventDeadline(
  context: LambdaContext,
  { timeout, timeoutMargin }: TimeOptions,
  hasGateway: boolean,
  start?: number,
): Deadline {
  const now = monotonicTime();
  const begin = start ?? now;
  const available = timeLeft(context) - timeoutMargin + now - begin;
  const isLimited = hasGateway || available === Number.POSITIVE_INFINITY;
  return new Deadline(available, isLimited ? timeout : undefined, timeoutMargin, begin);
}
