import type { Context as LambdaContext } from 'aws-lambda';
import type { SourceRecord } from '../../contracts/event-adapter.js';
import type { LogFields } from '../../contracts/logger.js';
import type { ContextType, ExecutionContext, HttpArguments } from '../../contracts/pipeline.js';
import type { Request } from '../../http/request/request.js';
import type { Response } from '../../http/response/response.js';
import type { EventFields, StandardFields } from '../../logging/logger/event-fields.js';
import type { EventScope } from '../../modules/instances/event-scope.js';
import type { Deadline } from '../../pipeline/deadline.js';
import type { Constructor } from '../../shared/types.js';
import type { TimeOptions } from '../options/application-config.js';
import { eventDeadline } from './event-deadline.js';

/** Everything that belongs to one event, and to nothing else. */
export abstract class EventContext implements ExecutionContext, EventScope, StandardFields {
  scoped: EventScope['scoped'];
  /** The promise of the event's work, if it made one. It may outlive the event's deadline. */
  work: Promise<unknown> | undefined;
  target: ContextTarget | undefined;
  error: unknown;
  #deadline: Deadline | undefined;

  constructor(
    readonly event: unknown,
    readonly lambdaContext: LambdaContext,
    protected readonly options: TimeOptions,
  ) {}

  abstract getType(): ContextType;
  abstract get request(): Request;
  abstract get response(): Response;
  abstract get record(): SourceRecord;
  abstract standardFields(log: EventFields): LogFields;

  /** Whether a gateway waits for the response, for `FUNCTION_TIMEOUT` at most. None waits for a carried request. */
  protected abstract readonly hasGateway: boolean;

  /** The beginning of the event, in milliseconds of the monotonic clock; that of its deadline, if unknown. */
  protected get start(): number | undefined {
    return undefined;
  }

  /** Created on first use: work that never waits can't be stopped, and reads no clock. */
  get deadline(): Deadline {
    return (this.#deadline ??= eventDeadline(this.lambdaContext, this.options, this.hasGateway, this.start));
  }

  /** Whether something has limited this event's time, or asked for its signal. */
  get hasDeadline(): boolean {
    return this.#deadline !== undefined;
  }

  get signal(): AbortSignal {
    return this.deadline.signal;
  }

  get route(): string | undefined {
    return this.target?.pattern;
  }

  getClass(): Constructor {
    return this.#knownTarget().controller;
  }

  getHandler(): (...args: never[]) => unknown {
    return this.#knownTarget().method;
  }

  switchToHttp(): HttpArguments {
    return { getRequest: () => this.request, getResponse: () => this.response };
  }

  /** Whether the time was up before the work was done. */
  get isOutOfTime(): boolean {
    return this.#deadline?.isOver ?? false;
  }

  /** Stops the deadline's timer: once the outcome is known, nothing still awaited keeps the process alive. */
  end(): void {
    this.#deadline?.end();
  }

  /** Shares the time, the target and the instances of a batch with the context of one of its records. */
  protected belongTo(batch: EventContext): void {
    this.#deadline = batch.deadline;
    this.target = batch.target;
    this.scoped = batch.scoped;
  }

  #knownTarget(): ContextTarget {
    if (this.target) return this.target;
    throw new Error(
      'No route is known here: getClass() and getHandler() work in guards, interceptors and filters of a route or a ' +
        'consumer.',
    );
  }
}

/** The controller method of an event, as guards and interceptors see it. */
export interface ContextTarget {
  /** For the log and for messages, as in `ShippingController.ship`. */
  readonly name: string;
  readonly controller: Constructor;
  readonly method: (...args: never[]) => unknown;
  /** The route's pattern; `undefined` for a consumer. */
  readonly pattern?: string;
}

/**
 * Returns the invocation's context, set not to wait for an empty event loop: Lambda would wait for whatever stays open,
 * such as a database pool, before it sends the next event. Without a context, as in a test, every event gets its own,
 * because middlewares write on it.
 */
export function prepareContext(context: LambdaContext | undefined): LambdaContext {
  const prepared = context ?? ({} as LambdaContext);
  try {
    prepared.callbackWaitsForEmptyEventLoop = false;
  } catch {
    // A test may have frozen it. `Reflect.set` would return false instead, but takes 0.1 µs.
  }
  return prepared;
}
