import type { Context as LambdaContext } from 'aws-lambda';
import type { SourceRecord } from '../../contracts/event-adapter.js';
import type { Logger } from '../../contracts/logger.js';
import type { ContextType, ExecutionContext, HttpArguments } from '../../contracts/pipeline.js';
import type { Request } from '../../http/request/request.js';
import type { Response } from '../../http/response/response.js';
import { type EventScope, releaseScope } from '../../modules/instances/event-scope.js';
import { Deadline } from '../../pipeline/deadline.js';
import { attempt, chain, isPromiseLike } from '../../shared/promise.js';
import type { Constructor, MaybePromise } from '../../shared/types.js';
import type { TimeOptions } from '../options/config.js';

/** The method that takes the event, as guards and interceptors ask for it. */
export interface ContextTarget {
  /** For the log and for messages, as in `ShippingController.ship`. */
  readonly name: string;
  readonly controller: Constructor;
  readonly method: (...args: never[]) => unknown;
  /** The route's pattern; `undefined` for a consumer. */
  readonly pattern?: string;
}

/** What the application decides for the context of every event. */
export type EventContextOptions = TimeOptions;

/** Everything that belongs to one event, and to nothing else. */
export abstract class EventContext implements ExecutionContext, EventScope {
  scoped: EventScope['scoped'];
  /** What is done for it, where that is waited for: it goes on when the event's time is over. */
  work: Promise<unknown> | undefined;
  target: ContextTarget | undefined;
  error: unknown;
  #deadline: Deadline | undefined;

  constructor(
    readonly event: unknown,
    readonly lambdaContext: LambdaContext,
    protected readonly options: EventContextOptions,
  ) {}

  abstract getType(): ContextType;
  abstract get request(): Request;
  abstract get response(): Response;
  abstract get record(): SourceRecord;

  /** A gateway waits for the answer, and no longer than `FUNCTION_TIMEOUT`. For a request in a message nobody does. */
  protected abstract readonly hasGateway: boolean;

  /**
   * Made when something first waits, or asks for it: what waits for nothing can't be stopped, and need not read clocks.
   */
  get deadline(): Deadline {
    return (this.#deadline ??= eventDeadline(this.lambdaContext, this.options, this.hasGateway));
  }

  get signal(): AbortSignal {
    return this.deadline.signal;
  }

  get route(): string | undefined {
    return this.target?.pattern;
  }

  getClass(): Constructor {
    return this.#known().controller;
  }

  getHandler(): (...args: never[]) => unknown {
    return this.#known().method;
  }

  switchToHttp(): HttpArguments {
    return { getRequest: () => this.request, getResponse: () => this.response };
  }

  get isOutOfTime(): boolean {
    return this.#deadline?.isOver ?? false;
  }

  /** Its outcome is known: nothing that is still awaited keeps the process alive. */
  end(): void {
    this.#deadline?.end();
  }

  /**
   * A record of a batch has the batch's time and target; what is made for it on the way is the batch's, and goes with
   * it.
   */
  protected belongTo(batch: EventContext): void {
    this.#deadline = batch.deadline;
    this.target = batch.target;
    this.scoped = batch.scoped;
  }

  #known(): ContextTarget {
    if (this.target) return this.target;
    throw new Error(
      'No route is known here: getClass() and getHandler() are for guards, interceptors and filters of a route.',
    );
  }
}

/**
 * The deadline of an event that begins now. What a gateway waits for has `FUNCTION_TIMEOUT`; everything else has what
 * the invocation has, and `FUNCTION_TIMEOUT` only where nobody tells how much that is.
 */
export function eventDeadline(
  context: LambdaContext,
  { timeout, timeoutMargin }: TimeOptions,
  hasGateway: boolean,
): Deadline {
  const available = timeLeft(context) - timeoutMargin;
  const isLimited = hasGateway || available === Number.POSITIVE_INFINITY;
  return new Deadline(available, isLimited ? timeout : undefined, timeoutMargin);
}

/** Milliseconds until Lambda ends the invocation; without end where nobody tells, as in a test. */
export function timeLeft(context: LambdaContext): number {
  const left: unknown =
    typeof context.getRemainingTimeInMillis === 'function' ? context.getRemainingTimeInMillis() : undefined;
  // No number is no time: a timer takes NaN for one millisecond.
  return typeof left === 'number' && !Number.isNaN(left) ? left : Number.POSITIVE_INFINITY;
}

/**
 * Ends an event: disposes of what was made for it, within its time. Its outcome stands, whatever that comes to. Where
 * its time is over and its handler goes on, that has what was made for it until its own end: a connection must not go
 * to the next event while this one still uses it.
 */
export function releaseEvent(context: EventContext, logger: Logger): MaybePromise<void> {
  // Most events have nothing made for them, and need no closures either.
  if (context.scoped === undefined) return context.end();
  const failed = (error: unknown): void => logger.error('Disposing of what was made for the event failed', { error });
  const release = (): MaybePromise<void> => attempt(() => releaseScope(context, failed), failed);
  if (context.work && context.deadline.isOver) {
    void context.work.then(release, release);
    return context.end();
  }
  const released = release();
  if (!isPromiseLike(released)) return context.end();
  return chain(
    attempt(() => context.deadline.race(released), failed),
    () => context.end(),
  );
}
