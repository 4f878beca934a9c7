import type { Context as LambdaContext } from 'aws-lambda';
import type { MaybePromise } from '../shared/types.js';
import type { RecordOutcome, SourceRecord } from './event-adapter.js';
import type { CanActivate, ExecutionContext } from './pipeline.js';

/** The context of an event, as observers see it. */
export interface ObservedContext extends ExecutionContext {
  /** The records that are handled together, one or a batch; `undefined` for a request. */
  readonly records?: readonly SourceRecord[];
  /** The controller method, named as in `ShippingController.ship`; `undefined` before it is found, and without one. */
  readonly target?: { readonly name: string } | undefined;
}

/** The outcome of a request, or of a call of a consumer. */
export interface EventOutcome {
  /** The status of the response; `undefined` for records, and for a request that got no response. */
  readonly statusCode: number | undefined;
  /** The error that failed the event, or that the response was made of; `undefined` for none. */
  readonly error: unknown;
  /** One outcome per record; `undefined` for a request. */
  readonly outcomes: readonly RecordOutcome[] | undefined;
}

/** One event that is being observed. */
export interface ObservedEvent {
  /** Runs the event's work, such as in a context of its own. */
  run?<T>(work: () => T): T;
  /** Called once, when the response is out or the record has its outcome, and the event's instances are disposed of. */
  ended(outcome: EventOutcome): void;
}

/**
 * Sees every request and every call of a consumer, from before its route and its guards to its outcome: 404s, refusals
 * and timeouts, too. An application observes its events with the instances under `APP_INTERCEPTOR` that are branded
 * `EventObserver`. Whatever an observer throws is logged, and changes no outcome.
 */
export interface EventObserver {
  /** Called inside the event's log data, before anything else happens to it. */
  begin(context: ObservedContext): ObservedEvent;
  /** Called when all of an invocation's events have ended. Its result waits for the promise, so bound its time. */
  flush?(context: LambdaContext): MaybePromise<void>;
  /** Wraps a guard, once for each route and consumer that has it. */
  guard?(guard: CanActivate): CanActivate;
  /** Runs as an interceptor, too. `false` leaves it out, which saves each event a promise. */
  readonly intercepts: boolean;
  /** Sees nothing: it is left out, so that events cost what they cost without it. */
  readonly isOff?: boolean;
}
