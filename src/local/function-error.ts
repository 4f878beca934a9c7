import { TimeLimitExceeded } from './time-limit.js';

/** What Lambda tells an invoker of an error. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  /** The lines of the stack; absent where Lambda itself ended the invocation. */
  readonly trace?: readonly string[];
}

/** An error as the Node.js runtime reports it, a value that is no error too. */
export function describeError(error: unknown): FunctionError {
  if (error instanceof TimeLimitExceeded) {
    const seconds = (error.limit.milliseconds / 1000).toFixed(2);
    return { errorType: 'Sandbox.Timedout', errorMessage: `Error: Task timed out after ${seconds} seconds` };
  }
  // An error may come from another realm, as those of node's own modules do under Jest.
  const { name, message, stack } = Object(error) as Partial<Error>;
  if (typeof message !== 'string') return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: name ?? 'Error', errorMessage: message, trace: stack?.split('\n') ?? [] };
}
