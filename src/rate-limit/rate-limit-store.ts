/** A window of time in which the requests of one caller are counted. */
export interface CountedWindow {
  /** What is counted, and when: different for each caller, route, limit and window. */
  readonly id: string;
  /** When it ends, in milliseconds since 1970. */
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
