import type { Context as LambdaContext } from 'aws-lambda';
import type { Request } from '../http/request.js';
import type { Response } from '../http/response.js';
import type { SourceRecord } from './record-adapter.js';
import type { EventType } from '../shared/event-kind.js';
import type { Constructor } from '../shared/types.js';

/** What kind of event is being answered; record kinds have their source's name. */
export type ContextType = EventType | (string & {});

/** What `switchToHttp()` of a context gives. */
export interface HttpArguments {
  getRequest(): Request;
  getResponse(): Response;
}

/** What guards, interceptors, filters and parameter decorators are told of the event and of its target. */
export interface ExecutionContext {
  getType(): ContextType;
  /** The controller class; throws while no route is known (application-wide interceptors). */
  getClass(): Constructor;
  /** The method, as metadata was set on it; throws while no route is known. */
  getHandler(): (...args: never[]) => unknown;
  switchToHttp(): HttpArguments;

  /** The request of an HTTP event; reading it throws for any other. */
  readonly request: Request;
  /** The answer that status, headers and cookies are added to before the method's result is rendered; throws where there is none. */
  readonly response: Response;
  /** The record of a consumer, the first one of a batch; throws for an HTTP event. */
  readonly record: SourceRecord;
  /** The event as Lambda delivered it. */
  readonly event: unknown;
  readonly lambdaContext: LambdaContext;
  /** Fires when the time for this event is up. */
  readonly signal: AbortSignal;
  /** The pattern of the route, as in `/orders/:id`; `undefined` while it is not known and where there is none. */
  readonly route: string | undefined;
  /** The error that the answer was made of, `undefined` when all went well. */
  readonly error: unknown;
}
