import { reasonOf } from '../logging/access-log/error-reason.js';
import { currentLogger } from '../logging/logger/current-logger.js';
import { CheckRun, EventTimeUp } from './check-run.js';
import type { HealthCheck, HealthCheckContext } from './health-check.js';

/** How parts are checked. */
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
