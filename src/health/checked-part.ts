import { describeValue } from '../errors/describe-value.js';
import { reasonOf } from '../logging/access-log/error-reason.js';
import { currentLogger } from '../logging/logger/current-logger.js';
import { atMost, promised } from '../shared/promise.js';
import type { HealthCheck, HealthCheckContext } from './health-check.js';

/** The event of a caller ends before the check does, which says nothing about what is checked. */
class EventTimeUp extends Error {
  override readonly name = 'EventTimeUp';
}

/** One run of a check, which several callers may wait for. It ends with the last of them. */
class CheckRun {
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

/** Options for the checks of parts. */
export interface PartOptions {
  /** Seconds a check has, unless it says otherwise. */
  readonly timeout: number;
  /** Seconds for which a result is kept. */
  readonly ttl: number;
  readonly context: Omit<HealthCheckContext, 'signal'>;
}

/** Something that the application needs, and whether it is up. */
export class CheckedPart {
  #run: CheckRun | undefined;
  #kept: { readonly isUp: boolean; readonly until: number } | undefined;

  constructor(
    readonly name: string,
    private readonly check: HealthCheck,
    private readonly options: PartOptions,
  ) {}

  /**
   * Returns whether it is up: as found a moment ago, or by a check that all callers of this moment share.
   *
   * @param available Milliseconds that the caller can wait.
   */
  async isUp(available: number): Promise<boolean> {
    if (this.#kept && Date.now() < this.#kept.until) return this.#kept.isUp;
    const run = (this.#run ??= this.#start());
    try {
      await run.result(available);
      this.#keep(run, true);
      return true;
    } catch (error) {
      this.#fail(run, error);
      return false;
    }
  }

  async close(): Promise<void> {
    await this.check.close?.();
  }

  #start(): CheckRun {
    const { timeout = this.options.timeout } = this.check;
    return new CheckRun((signal) => this.check.check({ ...this.options.context, signal }), timeout);
  }

  #fail(run: CheckRun, error: unknown): void {
    const isResult = !(error instanceof EventTimeUp);
    // All callers get the same error, and the first one tells it.
    if (isResult && this.#run !== run) return;
    currentLogger().error(`Health check ${this.name} failed`, { error: reasonOf(error) });
    if (isResult) this.#keep(run, false);
    // Lambda may freeze what still runs, so nobody else should wait for it.
    else if (run.isLeft && this.#run === run) this.#run = undefined;
  }

  #keep(run: CheckRun, isUp: boolean): void {
    if (this.#run !== run) return;
    this.#run = undefined;
    this.#kept = { isUp, until: Date.now() + this.options.ttl * 1000 };
  }
}
