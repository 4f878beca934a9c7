import { BootstrapError } from '../errors/bootstrap-error.js';
import type { ModuleRef } from '../modules/module-ref.js';
import type { Settings } from '../settings/settings.js';
import type { Constructor } from '../shared/types.js';
import { CheckedPart } from './checked-part.js';
import { type HealthChecks, namedChecks } from './health-check.js';

/** Whether one part is up. */
export interface PartHealth {
  readonly status: 'up' | 'down';
}

/** Whether the application is healthy, in the shape of NestJS's Terminus: names and statuses, and nothing else. */
export interface HealthReport {
  readonly status: 'ok' | 'error';
  /** The parts that are up. */
  readonly info: Readonly<Record<string, PartHealth>>;
  /** The parts that are down. */
  readonly error: Readonly<Record<string, PartHealth>>;
  /** All parts. */
  readonly details: Readonly<Record<string, PartHealth>>;
}

/** The parts of an application that its checks use. */
interface Application {
  readonly modules: ModuleRef;
  readonly settings: Settings | undefined;
}

/** Seconds of the module's options. */
export interface HealthTimes {
  readonly timeout: number;
  readonly ttl: number;
}

/** Checks the parts of an application. */
export class HealthReporter {
  readonly #parts: readonly CheckedPart[];

  constructor(checks: HealthChecks, { timeout, ttl }: HealthTimes, { modules, settings }: Application) {
    const context = { settings, find: <T>(type: Constructor<T>) => found(modules, type) };
    this.#parts = namedChecks(checks).map(([name, check]) => new CheckedPart(name, check, { timeout, ttl, context }));
  }

  /**
   * Checks all parts side by side.
   *
   * @param available Milliseconds that the caller can wait.
   */
  async report(available: number): Promise<HealthReport> {
    const parts = await Promise.all(this.#parts.map(async (part) => [part.name, await part.isUp(available)] as const));
    const only = (wanted?: boolean) =>
      Object.fromEntries(
        parts
          .filter(([, isUp]) => wanted === undefined || isUp === wanted)
          .map(([name, isUp]): [string, PartHealth] => [name, { status: isUp ? 'up' : 'down' }]),
      );
    const isHealthy = parts.every(([, isUp]) => isUp);
    return { status: isHealthy ? 'ok' : 'error', info: only(true), error: only(false), details: only() };
  }

  /** Closes all checks, also those after one that fails. @throws What the first one throws. */
  async close(): Promise<void> {
    const closed = await Promise.allSettled(this.#parts.map((part) => part.close()));
    const failed = closed.find((result): result is PromiseRejectedResult => result.status === 'rejected');
    if (failed) throw failed.reason;
  }
}

function found<T>(modules: ModuleRef, type: Constructor<T>): T | undefined {
  try {
    return modules.get<T>(type, { strict: false });
  } catch (error) {
    if (error instanceof BootstrapError) return undefined;
    throw error;
  }
}
