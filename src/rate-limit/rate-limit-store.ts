import { WindowMap } from './window-map.js';

/** A window of time in which the requests of one caller are counted. */
export interface CountedWindow {
  /** The id of a count: different for each caller, route, limit and window. */
  readonly id: string;
  /** The end of it, in milliseconds since 1970. */
  readonly end: number;
}

/** Counts requests. */
export interface RateLimitStore {
  /**
   * Adds one request to a window, in one step, and returns how many it has then.
   *
   * @throws StoreUnavailable if the store can't count at the moment. Any other error is a mistake in the setup.
   */
  add(window: CountedWindow): Promise<number>;
  close(): void;
}

/** The store can't count at the moment: it is throttled, unreachable, or too slow. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** More callers than one environment serves in a window, in some megabytes. */
const MOST_WINDOWS = 100_000;

/** Counts in the memory of one execution environment: every other environment allows as many requests again. */
export class MemoryStore implements RateLimitStore {
  readonly #counts = new WindowMap<number>(MOST_WINDOWS);

  add({ id, end }: CountedWindow): Promise<number> {
    const count = (this.#counts.get(id) ?? 0) + 1;
    this.#counts.set(id, count, end);
    return Promise.resolve(count);
  }

  close(): void {}
}
