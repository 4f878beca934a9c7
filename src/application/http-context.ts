import type { Context as LambdaContext } from 'aws-lambda';
import type { ExecutionContext, HttpArguments } from '../contracts/execution-context.js';
import { Request, type RequestOptions } from '../http/request.js';
import type { RequestSource } from '../http/request-source.js';
import { Response } from '../http/response.js';
import type { EventScope } from '../modules/event-scope.js';
import type { Deadline } from '../pipeline/deadline.js';
import type { Constructor } from '../shared/types.js';

/** The method that answers, as guards and interceptors ask for it. */
export interface ContextTarget {
  readonly controller: Constructor;
  readonly method: (...args: never[]) => unknown;
  readonly pattern: string;
}

/** Everything that belongs to one HTTP event, and to nothing else. */
export class HttpContext implements ExecutionContext, EventScope {
  readonly request: Request;
  scoped: Map<object, unknown> | undefined;
  target: ContextTarget | undefined;
  error: unknown;
  /** The head of a streamed answer is out: no other answer can be given. */
  headersSent = false;
  /** The response that someone asked for, `undefined` while nobody has. */
  injected: Response | undefined;

  constructor(
    source: RequestSource,
    readonly event: unknown,
    readonly lambdaContext: LambdaContext,
    readonly deadline: Deadline,
    options: RequestOptions,
  ) {
    this.request = new Request(source, this, options);
  }

  get signal(): AbortSignal {
    return this.deadline.signal;
  }

  get response(): Response {
    return (this.injected ??= new Response());
  }

  get route(): string | undefined {
    return this.target?.pattern;
  }

  getType(): 'http' {
    return 'http';
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
