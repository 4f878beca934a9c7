import type { Context as LambdaContext } from 'aws-lambda';
import type { ContextType, ExecutionContext, HttpArguments } from '../contracts/execution-context.js';
import type { SourceRecord } from '../contracts/record-adapter.js';
import type { Request } from '../http/request.js';
import type { Response } from '../http/response.js';
import type { EventScope } from '../modules/event-scope.js';
import type { Deadline } from '../pipeline/deadline.js';
import type { Constructor } from '../shared/types.js';
import { eventDeadline, type TimeOptions } from './event-deadline.js';

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

  /** Made when something first waits, or asks for it: what waits for nothing can't be stopped, and need not read clocks. */
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

  /** A record of a batch has the batch's time and target; what is made for it on the way is the batch's, and goes with it. */
  protected belongTo(batch: EventContext): void {
    this.#deadline = batch.deadline;
    this.target = batch.target;
    this.scoped = batch.scoped;
  }

  #known(): ContextTarget {
    if (this.target) return this.target;
    throw new Error('No route is known here: getClass() and getHandler() are for guards, interceptors and filters of a route.');
  }
}
