import { GatewayTimeoutException } from '../errors/exceptions.js';
import { isPromiseLike, LONGEST_DELAY } from '../shared/promise.js';
import { monotonicTime } from '../shared/time.js';
import type { MaybePromise } from '../shared/types.js';

/** The delay, in milliseconds, from which timers run in whole seconds: see {@link delayUntil}. */
const LONG = 2000;

/** The milliseconds that a response has to get out when the event's time is up, if the invocation has as many. */
const GRACE = 250;

/**
 * The deadline of one event: the earlier of its timeout and the end of the invocation.
 *
 * A timer runs only while something is awaited. It is referenced: with an empty event loop, Lambda's runtime ends the
 * event with the result `null`, or exits. One timer an event is cheap (docs/decisions/referenced-timer.md).
 */
export class Deadline {
  #at: number;
  #seconds: number;
  #timer: NodeJS.Timeout | undefined;
  #controller: AbortController | undefined;
  #expired: GatewayTimeoutException | undefined;
  #ended = false;
  #waiting: Set<(error: unknown) => void> | undefined;

  /**
   * @param available The milliseconds from the start of the event until the response has to be out.
   * @param seconds The timeout, if there is one from the start.
   * @param margin The milliseconds from then to the end of the invocation.
   * @param start When the event began, in milliseconds of the monotonic clock.
   */
  constructor(
    readonly available: number,
    seconds: number = Number.POSITIVE_INFINITY,
    readonly margin = 0,
    private readonly start = monotonicTime(),
  ) {
    this.#seconds = seconds;
    this.#at = start + Math.min(seconds * 1000, available);
  }

  /** Fires when the time is up. Created on first use: an AbortController costs up to 2.8 µs. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#expired) this.#controller.abort(this.#expired);
    return this.#controller.signal;
  }

  /** The milliseconds that are left; infinite where nothing limits them. */
  get left(): number {
    return this.#isEndless ? Number.POSITIVE_INFINITY : Math.max(0, this.#at - monotonicTime());
  }

  /** Whether the time was up before the work was done. */
  get isOver(): boolean {
    return this.#expired !== undefined;
  }

  /** Changes the timeout, counted from the start of the event; the end of the invocation stays. */
  limit(seconds: number): void {
    if (this.#expired) return;
    this.#seconds = seconds;
    this.#at = this.start + Math.min(seconds * 1000, this.available);
    if (!this.#timer) return;
    this.#disarm();
    this.#arm();
  }

  /** Ends the deadline: what is still awaited has no timeout any more and keeps no process alive. */
  end(): void {
    this.#ended = true;
    this.#disarm();
  }

  /**
   * Waits for the work until the deadline. Work that is already done costs no timer.
   *
   * @throws GatewayTimeoutException if the time is up first; the outcome of the work is then ignored.
   */
  race<T>(work: MaybePromise<T>): MaybePromise<T> {
    if (!isPromiseLike(work) || this.#isEndless) return work;
    return this.watch(
      work,
      (value) => value,
      (error) => {
        throw error;
      },
    );
  }

  /**
   * Continues like `then` when the work is done: with `done`, or with `failed` if it fails or the time is up first.
   *
   * Written by hand, because `Promise.race`, a promise for the timeout and a `then` would be three more promises.
   */
  watch<T, R>(
    work: Promise<T>,
    done: (value: T) => MaybePromise<R>,
    failed: (error: unknown) => MaybePromise<R>,
  ): Promise<R> {
    if (this.#isEndless) return work.then(done, failed);
    const waiting = (this.#waiting ??= new Set());
    if (!this.#timer) this.#arm();
    return new Promise((resolve, reject) => {
      const giveUp = (error: unknown): void => settle(failed, error);
      const settle = <V>(next: (value: V) => MaybePromise<R>, value: V): void => {
        // Only the first outcome counts.
        if (!waiting.delete(giveUp)) return;
        if (waiting.size === 0) this.#disarm();
        try {
          resolve(next(value));
        } catch (error) {
          reject(error as Error);
        }
      };
      waiting.add(giveUp);
      work.then((value) => settle(done, value), giveUp);
    });
  }

  /** Calls `giveUp` with the error when the time is up, unless the deadline has ended before. Costs no promise. */
  whenOver(giveUp: (error: unknown) => void): void {
    if (this.#isEndless) return;
    const waiting = (this.#waiting ??= new Set());
    const once = (error: unknown): void => {
      waiting.delete(once);
      giveUp(error);
    };
    waiting.add(once);
    if (!this.#timer) this.#arm();
  }

  /** Ends the time now if that of another deadline is up. */
  expireWith(other: Deadline): void {
    if (other.#expired && !this.#expired) this.#expire(other.#expired);
  }

  #arm(): void {
    // Lambda may freeze the process in between, and the timeout may change: the clock decides, not the timer.
    this.#timer = setTimeout(() => this.#tick(), delayUntil(this.#at));
  }

  #disarm(): void {
    if (this.#timer === undefined) return;
    // Node drops its list of the timers of one delay with the last referenced timer, and a new list takes 0.3 µs.
    this.#timer.unref();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  get #isEndless(): boolean {
    return this.#ended || this.#at === Number.POSITIVE_INFINITY;
  }

  #tick(): void {
    if (monotonicTime() < this.#at) this.#arm();
    else this.#expire(new GatewayTimeoutException(undefined, { errorDetail: this.#reason() }));
  }

  #expire(error: GatewayTimeoutException): void {
    this.#expired = error;
    this.#controller?.abort(error);
    this.#disarm();
    this.#leaveGrace();
    // A copy: what gives up may wait for something else at once.
    [...(this.#waiting ?? [])].forEach((giveUp) => giveUp(error));
  }

  /** Leaves half of the remaining invocation at most, so that a failure here can be reported, too. */
  #leaveGrace(): void {
    const now = monotonicTime();
    const left = this.start + this.available + this.margin - now;
    this.#at = now + Math.max(0, Math.min(GRACE, left / 2));
  }

  #reason(): string {
    return this.#seconds * 1000 <= this.available
      ? `Timed out after ${this.#seconds} s`
      : `Timed out after the ${Math.max(0, Math.round(this.available))} ms that the invocation had left`;
  }
}

/**
 * Returns the delay of a timer that fires at a time, or earlier. Long delays are cut to whole seconds: Node keeps a
 * list for each delay until it has passed, and the end of an invocation may be 15 minutes, or 900,000 lists, away.
 */
function delayUntil(at: number): number {
  const left = Math.max(0, Math.ceil(at - monotonicTime()));
  return left < LONG ? left : Math.min(left - (left % 1000), LONGEST_DELAY);
}
