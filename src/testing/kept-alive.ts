/**
 * Keeps the process until `work` is done, as Lambda's runtime does while a handler runs.
 *
 * An application's own timers do not: under Node's test runner, which ends with the last of what is open, a test that
 * waits for its timeout would be cancelled.
 */
export async function keptAlive<T>(work: Promise<T>): Promise<T> {
  const timer = setTimeout(() => undefined, LONGEST);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}

/** The longest time that a timer takes. */
const LONGEST = 2 ** 31 - 1;
