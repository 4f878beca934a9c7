import type { Context as LambdaContext } from 'aws-lambda';
import type { Request } from '../http/request/request.js';
import type { Response } from '../http/response/response.js';
import type { ParameterKind } from '../metadata/class-metadata.js';
import type { EventType } from '../shared/event-types.js';
import type { JsonSchema } from '../shared/json-schema.js';
import type { Constructor, MaybePromise } from '../shared/types.js';
import type { SourceRecord } from './event-adapter.js';

/** The type of an event: `http`, or its source. */
export type ContextType = EventType | (string & {});

/** The result of `switchToHttp()`. */
export interface HttpArguments {
  getRequest(): Request;
  getResponse(): Response;
}

/** The event and its target, as guards, interceptors, filters and parameter decorators see them. */
export interface ExecutionContext {
  getType(): ContextType;
  /** The controller class; throws before a route is found (application-wide interceptors). */
  getClass(): Constructor;
  /** The method, which has the metadata; throws before a route is found. */
  getHandler(): (...args: never[]) => unknown;
  switchToHttp(): HttpArguments;

  /** The request of an HTTP event; reading it throws for any other. */
  readonly request: Request;
  /** The response whose status, headers and cookies apply to the method's result; throws for any other event. */
  readonly response: Response;
  /** The record of a consumer, the first one of a batch; throws for an HTTP event. */
  readonly record: SourceRecord;
  /** The event as Lambda delivered it. */
  readonly event: unknown;
  readonly lambdaContext: LambdaContext;
  /** Fires when the time for this event is up. */
  readonly signal: AbortSignal;
  /** The pattern of the route, as in `/orders/:id`; `undefined` before it is found, and without one. */
  readonly route: string | undefined;
  /** The error that the response was made of; `undefined` without one. */
  readonly error: unknown;
}

/** Decides whether the method runs: `false` is a 403, and a thrown error becomes the response. */
export interface CanActivate {
  canActivate(context: ExecutionContext): MaybePromise<boolean>;
}

/** The inner part that an interceptor wraps. */
export interface CallHandler<T = unknown> {
  /** Runs the next interceptor, or binding and the method. */
  handle(): Promise<T>;
}

/** Wraps the method: may read the context, change the result, respond itself, or handle the error. */
export interface Interceptor<T = unknown, R = unknown> {
  intercept(context: ExecutionContext, next: CallHandler<T>): MaybePromise<R>;
}

/** The parameter whose argument a pipe transforms. */
export interface ArgumentMetadata {
  readonly type: ParameterKind;
  /** The declared type; `undefined` if the compiler emitted none. */
  readonly metatype: unknown;
  /** The key in the decorator, as in `@Query('limit')`; the data of a custom one if it is text. */
  readonly data: string | undefined;
  /** Whether the body is a form, whose members are text whatever their declared type. */
  readonly strings?: boolean;
}

/** Transforms or validates one argument; throws to refuse it. */
export interface PipeTransform<T = unknown, R = unknown> {
  transform(value: T, metadata: ArgumentMetadata): MaybePromise<R>;
}

/** The input of a pipe, for an API document. */
export interface InputDescription {
  readonly schema?: JsonSchema;
  /** The declared type of the items of a list. */
  readonly items?: unknown;
  /** Whether it refuses a missing value; `false` if it has a default. */
  readonly required?: boolean;
  /** The status of the response for a refused value. */
  readonly refusal?: number;
}

/** A pipe that describes its input. */
export interface DescribedPipe extends PipeTransform {
  describeInput(): InputDescription;
}

/** Turns an error into a response: its result is rendered like that of a method. */
export interface ExceptionFilter<E = unknown> {
  catch(error: E, context: ExecutionContext): unknown;
}
