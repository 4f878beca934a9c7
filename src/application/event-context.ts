import type { Context as LambdaContext } from 'aws-lambda';
import type { ContextType, ExecutionContext, HttpArguments } from '../contracts/execution-context.js';
import type { SourceRecord } from '../contracts/record-adapter.js';
import type { Request } from '../http/request.js';
import type { Response } from '../http/response.js';
import type { EventScope } from '../modules/event-scope.js';
import type { Deadline } from '../pipeline/deadline.js';
import type { Constructor } from '../shared/types.js';

/** The method that takes the event, as guards and interceptors ask for it. */
export interface ContextTarget {
  readonly controller: Constructor;
  readonly method: (...args: never[]) => unknown;
  /** The route's pattern; `undefined` for a consumer. */
  readonly pattern?: string;
}

/** Everything that belongs to one event, and to nothing else. */
export abstract class EventContext implements ExecutionContext, EventScope {
  scoped: Map<object, unknown> | undefined;
  target: ContextTarget | undefined;
  error: unknown;

  constructor(
    readonly event: unknown,
    readonly lambdaContext: LambdaContext,
  ) {}

  abstract readonly deadline: Deadline;
  abstract getType(): ContextType;
  abstract get request(): Request;
  abstract get response(): Response;
  abstract get record(): SourceRecord;

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

  #known(): ContextTarget {
    if (this.target) return this.target;
    throw new Error('No route is known here: getClass() and getHandler() are for guards, interceptors and filters of a route.');
  }
}
