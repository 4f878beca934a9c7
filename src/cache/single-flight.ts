import { AsyncResource } from 'node:async_hooks';
import { logState } from '../logging/logger/event-fields.js';
import { isPlainObject } from '../shared/plain-object.js';

/** The time for which a call may be joined, in milliseconds. One that Lambda froze half-way may never end. */
const JOINABLE = 30_000;

/** Belongs to no event, since it is created with the application. */
const outside = new AsyncResource('lambent.Cached');

/** One call that several callers wait for. */
class Flight {
  readonly #started = Date.now();
  readonly #controller = new AbortController();
  readonly #result: Promise<unknown>;
  #waiting = 0;

  /**
   * Starts the call, outside of the event of its caller: what it reads from there, such as a tenant, would be what all
   * callers get, and what it logs would belong to one of them.
   *
   * @param run Gets a signal that fires when all callers have given up.
   * @param ended Called with the value; without one if the call failed, or nobody waits any more.
   */
  constructor(run: (signal: AbortSignal) => Promise<unknown>, ended: (outcome?: { readonly value: unknown }) => void) {
    const { signal } = this.#controller;
    this.#result = outside.runInAsyncScope(() => logState.events.run(undefined as never, run, signal));
    this.#result.then(
      (value) => ended({ value }),
      () => ended(),
    );
    signal.addEventListener('abort', () => ended(), { once: true });
  }

  /** Whether more callers may join. */
  get isOpen(): boolean {
    return !this.#controller.signal.aborted && Date.now() - this.#started < JOINABLE;
  }

  /**
   * Waits for the call, until a signal among the caller's arguments fires.
   *
   * @throws The error of the call, or the reason of the signal.
   */
  async join(args: readonly unknown[]): Promise<unknown> {
    const signals = signalsIn(args);
    if (signals.length === 0) {
      this.#waiting = Number.POSITIVE_INFINITY;
      return this.#result;
    }
    const signal = signals.length === 1 ? (signals[0] as AbortSignal) : AbortSignal.any(signals);
    this.#waiting += 1;
    return new Promise((resolve, reject) => {
      const giveUp = (): void => {
        this.#waiting -= 1;
        reject(signal.reason as Error);
        if (this.#waiting === 0) this.#controller.abort(signal.reason);
      };
      const settle = (end: () => void): void => {
        signal.removeEventListener('abort', giveUp);
        end();
      };
      if (signal.aborted) return giveUp();
      signal.addEventListener('abort', giveUp, { once: true });
      this.#result.then(
        (value) => settle(() => resolve(value)),
        (error: unknown) => settle(() => reject(error as Error)),
      );
    });
  }
}

/** A call that callers with the same key share. */
export interface SharedCall {
  /** Gets a signal that fires when all callers have given up. */
  readonly run: (signal: AbortSignal) => Promise<unknown>;
  /** Receives the value, unless a later call has taken its place. */
  readonly keep: (outcome: { readonly value: unknown }) => void;
}

/** Runs concurrent calls with the same key once. */
export class SingleFlight {
  readonly #flights = new Map<string, Flight>();

  /**
   * Joins the running call of a key, or starts it.
   *
   * @param args The caller's arguments, among which signals may be.
   */
  join(key: string, args: readonly unknown[], call: () => SharedCall): Promise<unknown> {
    let flight = this.#flights.get(key);
    if (!flight?.isOpen) this.#flights.set(key, (flight = this.#start(key, call())));
    return flight.join(args);
  }

  #start(key: string, { run, keep }: SharedCall): Flight {
    const flight: Flight = new Flight(run, (outcome) => {
      // A call that has been replaced, because it took so long, has nothing newer to tell.
      if (this.#flights.get(key) !== flight) return;
      this.#flights.delete(key);
      if (outcome) keep(outcome);
    });
    return flight;
  }
}

function isSignal(value: unknown): value is AbortSignal {
  return value instanceof AbortSignal;
}

/** Returns the signals among arguments, and those that are the member `signal` of a plain object. */
function signalsIn(args: readonly unknown[]): AbortSignal[] {
  return args.flatMap((argument) => {
    const signal = hasSignal(argument) ? argument.signal : argument;
    return isSignal(signal) ? [signal] : [];
  });
}

/** Copies arguments, with `signal` instead of each signal in them. */
export function withSignal(args: readonly unknown[], signal: AbortSignal | undefined): unknown[] {
  return args.map((argument) => {
    if (isSignal(argument)) return signal;
    return hasSignal(argument) ? { ...argument, signal } : argument;
  });
}

function hasSignal(value: unknown): value is { readonly signal: AbortSignal } {
  return isPlainObject(value) && isSignal((value as { readonly signal?: unknown }).signal);
}
