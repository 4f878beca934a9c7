import { describeValue } from '../errors/describe-value.js';
import { atMost, promised } from '../shared/promise.js';

/** The event of a caller ends before the check does, which says nothing about what is checked. */
export class EventTimeUp extends Error {
  override readonly name = 'EventTimeUp';
}

/** One run of a check, which several callers may wait for. It ends with the last of them. */
export class CheckRun {
  readonly #abort = new AbortController();
  readonly #result: Promise<void>;
  #waiting = 0;

  /**
   * @param check Gets a signal that fires when the run ends, whatever its result.
   * @param timeout Seconds.
   */
  constructor(check: (signal: AbortSignal) => unknown, timeout: number) {
    const { signal } = this.#abort;
    const left = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(new Error('Nobody waits for it any more')), { once: true });
    });
    const work = Promise.race([promised(() => check(signal)).then(refuseBad), left]);
    this.#result = atMost(timeout * 1000, work, () => {
      throw new Error(`It took longer than ${timeout} s`);
    });
  }

  /** Whether all callers have left. */
  get isLeft(): boolean {
    return this.#abort.signal.aborted;
  }

  /**
   * Waits until the check has passed.
   *
   * @param available Milliseconds that the caller can wait.
   * @throws What the check throws, an Error if its result says that the part is down or if its time is up, and an
   *   EventTimeUp if the caller's time is up.
   */
  async result(available: number): Promise<void> {
    this.#waiting += 1;
    try {
      return await atMost(Math.max(0, available), this.#result, () => {
        throw new EventTimeUp('It did not end before the time of the event was up');
      });
    } finally {
      this.#waiting -= 1;
      // Also ends what still runs after a timeout.
      if (this.#waiting === 0) this.#abort.abort();
    }
  }
}

/** A response of `fetch` or a row of a table doesn't say whether it is a good one. */
function refuseBad(result: unknown): void {
  if (result === undefined || result === true) return;
  if (result === false) throw new Error('It returned false');
  throw new TypeError(
    `It returned ${describeValue(result)}: a check returns nothing or true, returns false, or throws`,
  );
}
