import { LONGEST_DELAY } from '../shared/longest-delay.js';

/**
 * Keeps the process until `work` is done, but no longer than the invocation has time, as Lambda's runtime does.
 *
 * An application's own timers do not: under Node's test runner, which ends with the last of what is open, a test that
 * waits for its timeout would be cancelled.
 *
 * @param time Milliseconds; without end where nobody tells.
 */
export async function keptAlive<T>(work: Promise<T>, time: number): Promise<T> {
  const timer = setTimeout(() => undefined, Math.min(time, LONGEST_DELAY));
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}
