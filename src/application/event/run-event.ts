import type { Logger } from '../../contracts/logger.js';
import { type ColdStart, EventFields, logState } from '../../logging/logger/event-fields.js';
import { releaseScope } from '../../modules/instances/event-scope.js';
import { attempt, chain, isPromiseLike } from '../../shared/promise.js';
import type { MaybePromise } from '../../shared/types.js';
import type { EventContext } from './event-context.js';

/** The steps of one kind of event. Every step may return a promise; an event that never waits costs none. */
export interface EventSteps<C extends EventContext, T, R> {
  readonly logger: Logger;
  /** Does the event's work; its deadline applies. */
  handle(context: C): MaybePromise<T>;
  /** Turns what the work returned into the result. */
  succeed(value: T, context: C): MaybePromise<R>;
  /**
   * Turns the error of the work, or its timeout, into the result.
   *
   * @throws The error that fails the invocation.
   */
  fail(error: unknown, context: C): MaybePromise<R>;
  /** Reports the error of an event that has no result. */
  reject?(error: unknown, context: C): MaybePromise<void>;
  /** Called once the event's instances are disposed of. */
  released?(context: C): void;
}

/** Puts observers around the steps of events. */
export type Observe = <C extends EventContext, T, R>(steps: EventSteps<C, T, R>) => EventSteps<C, T, R>;

/** The logger and the observers of an application's events. */
export interface EventLogging {
  readonly logger: Logger;
  readonly coldStart: ColdStart;
  /** `undefined` without observers. */
  readonly observe: Observe | undefined;
}

/**
 * Runs an event from its log to its result: does its work within its deadline, then disposes of its instances.
 *
 * @param id The id that log lines about the event carry.
 */
export function runEvent<C extends EventContext, T, R>(
  context: C,
  id: string | undefined,
  steps: EventSteps<C, T, R>,
): MaybePromise<R> {
  const log = new EventFields(id, context.lambdaContext, steps.logger, context);
  const result = logState.events.run(log, work, context, steps);
  if (isPromiseLike(result)) log.keepTraceId();
  return result;
}

function work<C extends EventContext, T, R>(context: C, steps: EventSteps<C, T, R>): MaybePromise<R> {
  let value: MaybePromise<T>;
  try {
    value = steps.handle(context);
  } catch (error) {
    return failEvent(error, context, steps);
  }
  return isPromiseLike(value) ? waitFor(value, context, steps) : succeedEvent(value, context, steps);
}

function waitFor<C extends EventContext, T, R>(
  value: Promise<T>,
  context: C,
  steps: EventSteps<C, T, R>,
): MaybePromise<R> {
  context.work = value;
  return context.deadline.watch(
    value,
    (known) => succeedEvent(known, context, steps),
    (error) => failEvent(error, context, steps),
  );
}

/** Ends an event whose work is done: gives its result once its instances are disposed of. */
export function succeedEvent<C extends EventContext, T, R>(
  value: T,
  context: C,
  steps: EventSteps<C, T, R>,
): MaybePromise<R> {
  let result: MaybePromise<R>;
  try {
    result = steps.succeed(value, context);
  } catch (error) {
    return reject(error, context, steps);
  }
  if (isPromiseLike(result) || context.scoped !== undefined) return end(result, context, steps);
  // Most events end here: nothing to wait for, and nothing to dispose of.
  context.end();
  steps.released?.(context);
  return result;
}

/** Ends an event whose work has failed, or whose time is up. */
export function failEvent<C extends EventContext, T, R>(
  error: unknown,
  context: C,
  steps: EventSteps<C, T, R>,
): MaybePromise<R> {
  let result: MaybePromise<R>;
  try {
    result = steps.fail(error, context);
  } catch (failure) {
    return reject(failure, context, steps);
  }
  return end(result, context, steps);
}

function end<C extends EventContext, T, R>(
  result: MaybePromise<R>,
  context: C,
  steps: EventSteps<C, T, R>,
): MaybePromise<R> {
  if (isPromiseLike(result))
    return result.then(
      (known) => finish(known, context, steps),
      (error: unknown) => reject(error, context, steps),
    );
  return finish(result, context, steps);
}

function finish<C extends EventContext, T, R>(result: R, context: C, steps: EventSteps<C, T, R>): MaybePromise<R> {
  const released = release(context, steps.logger);
  if (released)
    return released.then(() => {
      steps.released?.(context);
      return result;
    });
  steps.released?.(context);
  return result;
}

function reject<C extends EventContext, T, R>(
  error: unknown,
  context: C,
  steps: EventSteps<C, T, R>,
): MaybePromise<never> {
  const reported = chain(steps.reject?.(error, context), () => release(context, steps.logger));
  return chain(reported, () => {
    throw error;
  });
}

/**
 * Disposes of the event's instances, within its deadline; errors are logged, and the outcome stands. Work
 * that goes on after the deadline keeps its instances until it ends: a connection must not go to the next event while
 * this one still uses it.
 */
function release(context: EventContext, logger: Logger): MaybePromise<void> {
  // Most events have no instances, and need no closures.
  if (context.scoped === undefined) return context.end();
  const failed = (error: unknown): void => logger.error("Disposing of the event's instances failed", { error });
  const dispose = (): MaybePromise<void> => attempt(() => releaseScope(context, failed), failed);
  if (context.work && context.isOutOfTime) {
    void context.work.then(dispose, dispose);
    return context.end();
  }
  const disposed = dispose();
  if (!isPromiseLike(disposed)) return context.end();
  return chain(
    attempt(() => context.deadline.race(disposed), failed),
    () => context.end(),
  );
}
