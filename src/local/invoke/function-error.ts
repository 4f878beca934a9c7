import { atMost } from '../../shared/promise.js';

/** An error as Lambda reports it to the invoker. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  /** The lines of the stack. Absent when Lambda itself ended the invocation. */
  readonly trace?: readonly string[];
}

/** Describes what a function threw, which may be any value, as the Lambda runtime does. */
export function describeError(error: unknown): FunctionError {
  if (error instanceof TimedOut) {
    const seconds = (error.timeout.milliseconds / 1000).toFixed(2);
    return { errorType: 'Sandbox.Timedout', errorMessage: `Error: Task timed out after ${seconds} seconds` };
  }
  // Not instanceof Error: errors may come from another realm, as those of Node's modules do under Jest.
  const { name, message, stack } = Object(error) as Partial<Error>;
  if (typeof message !== 'string') return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: name ?? 'Error', errorMessage: message, trace: stack?.split('\n') ?? [] };
}

/** The time that an invocation may take. */
export interface Timeout {
  readonly milliseconds: number;
  /** The work that timed out, for the terminal. */
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
