import type { CountedWindow, RateLimitStore } from './rate-limit-store.js';
import { WindowMap } from './window-map.js';

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
