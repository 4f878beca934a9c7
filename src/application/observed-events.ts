import type { Context as LambdaContext } from 'aws-lambda';
import type { RecordOutcome } from '../contracts/event-adapter.js';
import type { EventObserver, EventOutcome, ObservedContext, ObservedEvent } from '../contracts/event-observer.js';
import type { Logger } from '../contracts/logger.js';
import type { CanActivate } from '../contracts/pipeline.js';
import type { Provided } from '../modules/instances/event-scope.js';
import { attempt, chain, isPromiseLike, native } from '../shared/promise.js';
import type { MaybePromise } from '../shared/types.js';
import type { EventContext } from './event/event-context.js';
import type { EventSteps, Observe } from './event/run-event.js';
import type { HttpContext } from './http/http-context.js';
import type { Dispatch } from './middy-dispatch.js';
import type { RecordCall } from './records/record-call.js';

/** Lets observers see an application's events. Loaded by applications that have observers. */
export class ObservedEvents {
  constructor(
    private readonly observers: readonly EventObserver[],
    private readonly logger: Logger,
  ) {}

  /** Puts the observers around the steps of events. */
  readonly observe: Observe = (steps) => new ObservedSteps(steps, this.observers, this.logger);

  /** Wraps a guard for the observers that ask for it. */
  readonly guard = (provided: Provided<CanActivate>): Provided<CanActivate> => {
    const wrap = (guard: CanActivate): CanActivate =>
      this.observers.reduce((inner, observer) => observer.guard?.(inner) ?? inner, guard);
    if (provided.resolve === undefined) return { ...provided, instance: wrap(provided.instance) };
    return { ...provided, resolve: (scope) => chain(provided.resolve(scope), wrap) };
  };

  /** Gives the result of an invocation once every observer has flushed what it has seen. */
  flushing(dispatch: Dispatch): Dispatch {
    return (event, context, send, source) => {
      const fail = (error: unknown): MaybePromise<never> =>
        chain(this.#flush(context), () => {
          throw error;
        });
      let result: MaybePromise<unknown>;
      try {
        result = dispatch(event, context, send, source);
      } catch (error) {
        return fail(error);
      }
      const succeed = (value: unknown): MaybePromise<unknown> => chain(this.#flush(context), () => value);
      return isPromiseLike(result) ? native(result).then(succeed, fail) : succeed(result);
    };
  }

  #flush(context: LambdaContext): MaybePromise<void> {
    const flushes = this.observers.map((observer) =>
      attempt(
        () => observer.flush?.(context),
        (error) => this.logger.error('Flushing metrics or traces failed', { error }),
      ),
    );
    return flushes.some(isPromiseLike) ? Promise.all(flushes).then(() => undefined) : undefined;
  }
}

/** The steps of events, seen by observers. */
class ObservedSteps<C extends EventContext, T, R> implements EventSteps<C, T, R> {
  readonly #running = new WeakMap<C, Observation>();

  constructor(
    private readonly steps: EventSteps<C, T, R>,
    private readonly observers: readonly EventObserver[],
    readonly logger: Logger,
  ) {}

  handle(context: C): MaybePromise<T> {
    const observation = new Observation(context, this.observers, this.logger);
    this.#running.set(context, observation);
    return observation.run(() => this.steps.handle(context));
  }

  succeed(value: T, context: C): MaybePromise<R> {
    return this.steps.succeed(value, context);
  }

  fail(error: unknown, context: C): MaybePromise<R> {
    return this.steps.fail(error, context);
  }

  reject(error: unknown, context: C): MaybePromise<void> {
    return chain(this.steps.reject?.(error, context), () => this.#end(context, error));
  }

  released(context: C): void {
    this.steps.released?.(context);
    this.#end(context);
  }

  #end(context: C, error?: unknown): void {
    this.#running.get(context)?.end(error);
    this.#running.delete(context);
  }
}

/** One event, with what each observer keeps of it. */
class Observation {
  readonly #events: readonly ObservedEvent[];

  constructor(
    private readonly context: EventContext,
    observers: readonly EventObserver[],
    private readonly logger: Logger,
  ) {
    this.#events = observers.flatMap((observer) =>
      this.#safely(() => [observer.begin(context as ObservedContext)], []),
    );
  }

  run<T>(work: () => T): T {
    return this.#events.reduceRight<() => T>((inner, event) => (event.run ? () => event.run!(inner) : inner), work)();
  }

  end(error: unknown): void {
    const outcome = this.#outcome(error);
    for (const event of this.#events) this.#safely(() => event.ended(outcome), undefined);
  }

  #outcome(thrown: unknown): EventOutcome {
    const { context } = this;
    if (context.getType() === 'http')
      return { statusCode: (context as HttpContext).sentStatus, error: thrown ?? context.error, outcomes: undefined };
    const outcomes = outcomesOf(context as RecordCall);
    const error = thrown ?? outcomes.find((outcome) => outcome.failed)?.error;
    return { statusCode: undefined, error, outcomes };
  }

  #safely<V>(call: () => V, otherwise: V): V {
    try {
      return call();
    } catch (error) {
      this.logger.error('Observing an event failed', { error });
      return otherwise;
    }
  }
}

function outcomesOf({ entry, entries }: RecordCall): readonly RecordOutcome[] {
  return entries ? entries.map(({ outcome }) => outcome) : [entry.outcome];
}
