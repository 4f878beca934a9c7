import { GatewayTimeoutException } from '../errors/exceptions.js';
import { LONGEST_DELAY } from '../shared/longest-delay.js';
import { isPromiseLike } from '../shared/promise.js';
import type { MaybePromise } from '../shared/types.js';

/**
 * The time that one event has: it ends at the earlier of a limit and of the invocation's own end.
 *
 * A timer runs only while something is awaited, is not referenced, and is cleared with the work it watches.
 */
export class Deadline {
  readonly #start = performance.now();
  #at: number;
  #seconds: number;
  #timer: NodeJS.Timeout | undefined;
  #controller: AbortController | undefined;
  #expired: GatewayTimeoutException | undefined;
  #waiting: Set<(error: unknown) => void> | undefined;

  /**
   * @param available Milliseconds until the answer has to be out.
   * @param seconds The limit, if there is one from the start.
   */
  constructor(
    readonly available: number,
    seconds: number = Number.POSITIVE_INFINITY,
  ) {
    this.#seconds = seconds;
    this.#at = this.#start + Math.min(seconds * 1000, available);
  }

  /** Fires when the time is up. Made when it is first asked for: an AbortController costs up to 2.8 µs. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#expired) this.#controller.abort(this.#expired);
    return this.#controller.signal;
  }

  /** The time was up before the work was done. */
  get isOver(): boolean {
    return this.#expired !== undefined;
  }

  /** Sets the limit anew, counted from when the deadline was made; the invocation's own end stays. */
  limit(seconds: number): void {
    this.#seconds = seconds;
    this.#at = this.#start + Math.min(seconds * 1000, this.available);
    if (this.#timer) this.#arm();
  }

  /**
   * Waits for the work for as long as there is time. Work that is done already costs no timer.
   *
   * @throws GatewayTimeoutException when the time is up first; what the work does afterwards is not heard.
   */
  race<T>(work: MaybePromise<T>): MaybePromise<T> {
    if (!isPromiseLike(work) || this.#at === Number.POSITIVE_INFINITY) return work;
    return this.watch(work, (value) => value, (error) => {
      throw error;
    });
  }

  /**
   * Goes on when the work is done, as `then` does: with `done`, or with `failed` where it fails or the time is up first.
   *
   * By hand: `Promise.race`, a promise for the timeout and a `then` behind them would be three more promises an event.
   */
  watch<T, R>(work: Promise<T>, done: (value: T) => MaybePromise<R>, failed: (error: unknown) => MaybePromise<R>): Promise<R> {
    if (this.#at === Number.POSITIVE_INFINITY) return work.then(done, failed);
    const waiting = (this.#waiting ??= new Set());
    if (!this.#timer) this.#arm();
    return new Promise((resolve, reject) => {
      const giveUp = (error: unknown): void => goOn(failed, error);
      const goOn = <V>(next: (value: V) => MaybePromise<R>, value: V): void => {
        // What comes after the end is not heard.
        if (!waiting.delete(giveUp)) return;
        if (waiting.size === 0) this.#disarm();
        try {
          resolve(next(value));
        } catch (error) {
          reject(error as Error);
        }
      };
      waiting.add(giveUp);
      work.then((value) => goOn(done, value), giveUp);
    });
  }

  #arm(): void {
    clearTimeout(this.#timer);
    // Lambda may have frozen the process in between, and a limit may have moved: the clock decides, not the timer.
    const left = Math.max(0, Math.ceil(this.#at - performance.now()));
    this.#timer = setTimeout(() => this.#tick(), Math.min(left, LONGEST_DELAY)).unref();
  }

  #disarm(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #tick(): void {
    if (performance.now() < this.#at) this.#arm();
    else this.#expire();
  }

  #expire(): void {
    const error = new GatewayTimeoutException(undefined, { errorDetail: this.#reason() });
    this.#expired = error;
    this.#controller?.abort(error);
    this.#disarm();
    // Those of now: who gives up may go on to something that is waited for, too.
    [...(this.#waiting ?? [])].forEach((giveUp) => giveUp(error));
  }

  #reason(): string {
    return this.#seconds * 1000 <= this.available
      ? `No answer within ${this.#seconds} s`
      : `No answer within the ${Math.max(0, Math.round(this.available))} ms that the invocation had left`;
  }
}
