import { GatewayTimeoutException } from '../errors/exceptions.js';
import { isPromiseLike, LONGEST_DELAY } from '../shared/promise.js';
import type { MaybePromise } from '../shared/types.js';

/** Milliseconds from which a timer runs in whole seconds, see {@link delayUntil}. */
const LONG = 2000;

/** Milliseconds that an answer has to get out when the event's time is up, if the invocation has as many. */
const WAY_OUT = 250;

/**
 * The time that one event has: it ends at the earlier of a limit and of the invocation's own end.
 *
 * A timer runs while something is awaited, and no longer. It is referenced: with an empty event loop Lambda's runtime
 * takes an event for done, with the result `null`, or ends. A timer an event is not what costs
 * (docs/decisions/referenced-timer.md).
 */
export class Deadline {
  readonly #start = performance.now();
  #at: number;
  #seconds: number;
  #timer: NodeJS.Timeout | undefined;
  #controller: AbortController | undefined;
  #expired: GatewayTimeoutException | undefined;
  #ended = false;
  #waiting: Set<(error: unknown) => void> | undefined;

  /**
   * @param available Milliseconds until the answer has to be out.
   * @param seconds The limit, if there is one from the start.
   * @param margin Milliseconds from then to the invocation's end.
   */
  constructor(
    readonly available: number,
    seconds: number = Number.POSITIVE_INFINITY,
    readonly margin = 0,
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
    if (this.#expired) return;
    this.#seconds = seconds;
    this.#at = this.#start + Math.min(seconds * 1000, this.available);
    if (this.#timer) this.#arm();
  }

  /** The event is answered: whatever is still awaited keeps nothing alive, and is waited for without end. */
  end(): void {
    this.#ended = true;
    this.#disarm();
  }

  /**
   * Waits for the work for as long as there is time. Work that is done already costs no timer.
   *
   * @throws GatewayTimeoutException when the time is up first; what the work does afterwards is not heard.
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
   * Goes on when the work is done, as `then` does: with `done`, or with `failed` where it fails or the time is up
   * first.
   *
   * By hand: `Promise.race`, a promise for the timeout and a `then` behind them would be three more promises an event.
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
    this.#disarm();
    // Lambda may have frozen the process in between, and a limit may have moved: the clock decides, not the timer.
    this.#timer = setTimeout(() => this.#tick(), delayUntil(this.#at));
  }

  #disarm(): void {
    // Node drops its list of timers of one delay with the last referenced one, and to make it anew takes 0.3 µs.
    this.#timer?.unref();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  get #isEndless(): boolean {
    return this.#ended || this.#at === Number.POSITIVE_INFINITY;
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
    this.#leaveWayOut();
    // Those of now: who gives up may go on to something that is waited for, too.
    [...(this.#waiting ?? [])].forEach((giveUp) => giveUp(error));
  }

  /** Half of what is left of the invocation at most: what fails here may want to be told of, too. */
  #leaveWayOut(): void {
    const now = performance.now();
    const left = this.#start + this.available + this.margin - now;
    this.#at = now + Math.max(0, Math.min(WAY_OUT, left / 2));
  }

  #reason(): string {
    return this.#seconds * 1000 <= this.available
      ? `No answer within ${this.#seconds} s`
      : `No answer within the ${Math.max(0, Math.round(this.available))} ms that the invocation had left`;
  }
}

/**
 * The delay of a timer for then, or for a time before it. Long ones are cut to whole seconds: Node keeps a list a delay
 * until that has passed, and an invocation's end may be 15 minutes, or 900,000 lists, away.
 */
function delayUntil(at: number): number {
  const left = Math.max(0, Math.ceil(at - performance.now()));
  return left < LONG ? left : Math.min(left - (left % 1000), LONGEST_DELAY);
}
