import { createHash } from 'node:crypto';
import { KeptNames } from '../contracts/kept-names.js';
import { keyText } from '../errors/comparable-key.js';
import { brand } from '../shared/brand.js';
import type { OnStoreError, RateLimitOptions } from './rate-limit-options.js';
import type { RateLimitStore } from './rate-limit-store.js';
import { WindowMap } from './window-map.js';

/** A window with the requests that it has had. */
export interface WindowCount {
  readonly count: number;
  /** Seconds until it ends, rounded up. */
  readonly reset: number;
}

/** Exhausted windows that are remembered. */
const MOST_EXHAUSTED = 10_000;

/** Counts the requests of callers in windows of fixed length. `RateLimitModule` provides it. */
export class WindowCounter {
  /** The last counts of exhausted windows. Counts only grow, so the store need not be asked again. */
  readonly #exhausted = new WindowMap<number>(MOST_EXHAUSTED);
  /** The routes that have limits. */
  readonly names = new KeptNames();

  constructor(
    private readonly store: RateLimitStore,
    readonly onError: OnStoreError | undefined,
  ) {}

  /**
   * Counts a request.
   *
   * @throws StoreUnavailable if the store can't count at the moment.
   */
  async count(request: CountedRequest): Promise<WindowCount> {
    const { limit, per } = request;
    const key = countKey(request);
    const length = per * 1000;
    const now = Date.now();
    const offset = offsetOf(key, length);
    const index = Math.floor((now - offset) / length);
    const end = (index + 1) * length + offset;
    const id = `limit#${key}#${index}`;
    const known = this.#exhausted.get(id);
    const count = known ?? (await this.store.add({ id, end }));
    if (known === undefined && count >= limit) this.#exhausted.set(id, limit + 1, end);
    return { count, reset: Math.max(1, Math.ceil((end - Date.now()) / 1000)) };
  }

  close(): void {
    this.store.close();
  }
}
brand(WindowCounter, 'WindowCounter');

/** Lets the windows of callers begin at different times, so that they don't all come back at once. */
function offsetOf(key: string, length: number): number {
  return Buffer.from(key.slice(0, 8), 'base64url').readUIntBE(0, 6) % length;
}

/** Whose requests are counted, and against what. */
export interface CountedRequest {
  /** Tells the limit from every other: its route and its place there, or the name that routes share. */
  readonly subject: readonly (string | number)[];
  readonly limit: number;
  /** Seconds. */
  readonly per: number;
  readonly caller: unknown;
}

/** The decorator whose limit counts a request. */
interface CountingPlace {
  /** As in `OrdersController.create`. */
  readonly route: string;
  /** Tells several decorators of one route apart. */
  readonly place: string;
}

/** Returns what tells a limit from every other. Limits with one name share their counts. */
export function subjectOf({ name, by }: RateLimitOptions, { route, place }: CountingPlace): CountedRequest['subject'] {
  return name === undefined ? [route, place] : [name, typeof by === 'string' ? by : 'function'];
}

/**
 * Returns the key of a count: a hash, which hides the caller, who may be an address, and makes all keys equally long.
 * No caller can make two that collide.
 */
function countKey({ subject, limit, per, caller }: CountedRequest): string {
  const parts = [process.env['AWS_LAMBDA_FUNCTION_NAME'], subject, limit, per, caller];
  return createHash('sha256').update(keyText(parts)).digest('base64url');
}
