import type { Context as LambdaContext } from 'aws-lambda';
import type { Request } from '../http/request/request.js';
import type { Response } from '../http/response/response.js';
import type { ParameterKind } from '../metadata/class-metadata.js';
import type { EventType } from '../shared/event-types.js';
import type { JsonSchema } from '../shared/json-schema.js';
import type { Constructor, MaybePromise } from '../shared/types.js';
import type { SourceRecord } from './event-adapter.js';

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
  /**
   * The answer that status, headers and cookies are added to before the method's result is rendered; throws where there
   * is none.
   */
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

/** Decides whether the method runs; `false` is 403, a thrown error is that error's answer. */
export interface CanActivate {
  canActivate(context: ExecutionContext): MaybePromise<boolean>;
}

/** What an interceptor is given to go on with. */
export interface CallHandler<T = unknown> {
  /** Runs what is inside: the next interceptor, or binding and the method. */
  handle(): Promise<T>;
}

/** Wraps the method: may look at the context, change the result, answer by itself, or handle the error. */
export interface Interceptor<T = unknown, R = unknown> {
  intercept(context: ExecutionContext, next: CallHandler<T>): MaybePromise<R>;
}

/** What a pipe is told of the parameter it works for. */
export interface ArgumentMetadata {
  readonly type: ParameterKind;
  /** The declared type; `undefined` where the compiler emitted none. */
  readonly metatype: unknown;
  /** The key that was given to the decorator, as in `@Query('limit')`. */
  readonly data: string | undefined;
  /** The body is a form, whose members are text whatever they are declared as. */
  readonly strings?: boolean;
}

/** Changes or checks one argument; throws to refuse it. */
export interface PipeTransform<T = unknown, R = unknown> {
  transform(value: T, metadata: ArgumentMetadata): MaybePromise<R>;
}

/** What a pipe takes, for an API document. */
export interface InputDescription {
  readonly schema?: JsonSchema;
  /** Of a list: what each item is, as it is declared. */
  readonly items?: unknown;
  /** Whether it refuses a missing value, or has one of its own for it. */
  readonly required?: boolean;
  /** The status of the answer when it refuses a value. */
  readonly refusal?: number;
}

/** A pipe that can say what it takes. */
export interface DescribedPipe extends PipeTransform {
  describeInput(): InputDescription;
}

/** Makes an answer out of an error: its result is rendered like a method's. */
export interface ExceptionFilter<E = unknown> {
  catch(error: E, context: ExecutionContext): unknown;
}
