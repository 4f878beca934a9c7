import { atMost } from '../../shared/promise.js';

/** How long an invocation may take. */
export interface Timeout {
  readonly milliseconds: number;
  /** What timed out, for the terminal. */
  readonly reason: string;
}

/** Returns the function's own timeout. */
export function functionTimeout(milliseconds: number): Timeout {
  return {
    milliseconds,
    reason: `the function timed out after ${milliseconds / 1000} s; Lambda would end the process now`,
  };
}

/** Waits for work that cannot be cancelled. @throws TimedOut when it takes longer; the work still goes on. */
export function within<T>(work: Promise<T>, timeout: Timeout): Promise<T> {
  return atMost(timeout.milliseconds, work, () => {
    throw new TimedOut(timeout);
  });
}

export class TimedOut extends Error {
  override readonly name = 'TimedOut';

  constructor(readonly timeout: Timeout) {
    super(timeout.reason);
  }
}
