import { atMost } from '../../shared/promise.js';

/** Milliseconds to wait for a step that may never finish. */
export const SHUTDOWN_STEP_TIMEOUT = 1000;

/** The shutdown of an application. */
export interface Shutdown {
  /** The signal that caused it, such as `SIGTERM`. */
  readonly signal?: string | undefined;
  /** Milliseconds for each hook, disposal and resource. Slower ones are left behind, so that the others run. */
  readonly timeout: number;
}

/**
 * Returns how to shut down for a signal, or for `close()` when there is none. Lambda and process managers kill the
 * process about two seconds after a signal; a program that calls `close()` waits as long as it takes.
 */
export function shutdownBy(signal: string | undefined): Shutdown {
  return { signal, timeout: signal === undefined ? Infinity : SHUTDOWN_STEP_TIMEOUT };
}

/** Shuts down after a failed bootstrap, whose caller waits for the error. */
export const AFTER_FAILURE: Shutdown = { timeout: SHUTDOWN_STEP_TIMEOUT };

/** @throws Error when `step` takes longer than `timeout` milliseconds. */
export async function withinTimeout(timeout: number, step: unknown): Promise<unknown> {
  if (timeout === Infinity) return step;
  return atMost(timeout, Promise.resolve(step), () => {
    throw new Error(`Not done within ${timeout} ms, and left behind`);
  });
}
