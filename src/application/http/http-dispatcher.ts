import type { Context as LambdaContext } from 'aws-lambda';
import type { HttpEventAdapter } from '../../contracts/event-adapter.js';
import type { Logger } from '../../contracts/logger.js';
import { httpExceptionOf } from '../../errors/http-exception-of.js';
import type { HttpException } from '../../errors/http-exception.js';
import type { AnyRenderedResponse } from '../../http/response/rendered-response.js';
import type { AccessLog } from '../../logging/access-log/access-log.js';
import { stackOf } from '../../logging/access-log/error-stack.js';
import { writeMessage } from '../../logging/logger/event-logger.js';
import { attempt, chain, isPromiseLike } from '../../shared/promise.js';
import type { MaybePromise } from '../../shared/types.js';
import { type EventSteps, type Observe, runEvent } from '../event/run-event.js';
import { errorResponse } from './error-response.js';
import { HttpContext, type HttpContextOptions, type SendResponse } from './http-context.js';
import type { HttpRoutes } from './http-routes.js';
import type { ResponsePolicies } from './make-policies.js';
import { finishResponse } from './send-response.js';

/** The application's options that apply to HTTP events. */
export interface HttpDispatcherOptions extends HttpContextOptions {
  readonly policies: ResponsePolicies;
  readonly respondToUnhandled: boolean;
  readonly accessLog: AccessLog | undefined;
  readonly logger: Logger;
  /** `undefined` without observers. */
  readonly observe?: Observe | undefined;
}

/**
 * Dispatches HTTP events: access log, route, then the response is finished and sent.
 *
 * Every step returns a promise only if it waits, so that a route that never waits costs none. That is why `try` and
 * `isPromiseLike` stand here where `await` would be shorter. What waits is a method of its own: a closure makes V8
 * allocate the parameters of the function around it, for each call of that.
 */
export class HttpDispatcher implements EventSteps<HttpContext, AnyRenderedResponse, unknown> {
  readonly logger: Logger;
  /** Its own, or as observers see them. */
  readonly #steps: EventSteps<HttpContext, AnyRenderedResponse, unknown>;

  constructor(
    readonly routes: HttpRoutes,
    readonly options: HttpDispatcherOptions,
  ) {
    this.logger = options.logger;
    this.#steps = options.observe?.(this) ?? this;
  }

  /** Dispatches an event to its route. */
  dispatch(
    event: unknown,
    lambdaContext: LambdaContext,
    send: SendResponse,
    adapter: HttpEventAdapter,
  ): MaybePromise<unknown> {
    const context = new HttpContext(adapter, event, lambdaContext, this.options);
    context.send = send;
    return runEvent(context, context.request.id, this.#steps);
  }

  /** Returns a dispatch that responds with an error of a middleware around the application. */
  refusing(error: HttpException): HttpDispatcher['dispatch'] {
    return (event, lambdaContext, send, adapter) => {
      const context = new HttpContext(adapter, event, lambdaContext, this.options);
      context.send = send;
      context.refusal = error;
      return runEvent(context, context.request.id, this.#steps);
    };
  }

  handle(context: HttpContext): MaybePromise<AnyRenderedResponse> {
    context.accessLine = this.options.accessLog?.begin(context);
    if (context.refusal) throw context.refusal;
    return this.routes.respond(context);
  }

  succeed(rendered: AnyRenderedResponse, context: HttpContext): MaybePromise<unknown> {
    let finished: MaybePromise<AnyRenderedResponse>;
    try {
      finished = finishResponse(rendered, context, this.options.policies);
    } catch (error) {
      return this.fail(error, context);
    }
    return isPromiseLike(finished) ? this.#sendLater(finished, context) : this.#send(finished, context);
  }

  #sendLater(finished: Promise<AnyRenderedResponse>, context: HttpContext): Promise<unknown> {
    return finished.then(
      (known) => this.#send(known, context),
      (error: unknown) => this.fail(error, context),
    );
  }

  fail(error: unknown, context: HttpContext): MaybePromise<unknown> {
    return chain(this.#responseTo(error, context), (rendered) => this.#send(rendered, context));
  }

  #send(rendered: AnyRenderedResponse, context: HttpContext): MaybePromise<unknown> {
    let result: unknown;
    try {
      result = context.send(rendered, context);
    } catch (error) {
      return this.#sendInstead(error, context);
    }
    if (isPromiseLike(result)) return this.#sending(result, context);
    return context.accessLine ? this.#logged(result, context) : result;
  }

  #sending(result: Promise<unknown>, context: HttpContext): Promise<unknown> {
    return result.then(
      (known) => this.#logged(known, context),
      (error: unknown) => this.#sendInstead(error, context),
    );
  }

  /** Responds to an error of sending, unless the head of the response is out. */
  #sendInstead(error: unknown, context: HttpContext): MaybePromise<unknown> {
    if (context.headersSent) throw error;
    const sent = chain(this.#responseTo(error, context), (rendered) => context.send(rendered, context));
    return chain(sent, (result) => this.#logged(result, context));
  }

  /** Writes the line of a response that was sent. */
  #logged(result: unknown, { accessLine, sentStatus }: HttpContext): MaybePromise<unknown> {
    const written = accessLine && this.options.accessLog?.responded(accessLine, sentStatus!);
    return written ? written.then(() => result) : result;
  }

  /** Without an access log, an unhandled error still has to be logged. */
  reject(error: unknown, { accessLine }: HttpContext): MaybePromise<void> {
    return accessLine ? this.options.accessLog?.failed(accessLine, error) : this.#logUnhandled(error);
  }

  /**
   * Returns the response to an error. If rendering it fails too, for a header or the detail of the exception, responds
   * to that failure, and at the third attempt without CORS headers: the function `cors.origin` may be what fails.
   */
  #responseTo(error: unknown, context: HttpContext, attempts = 3): MaybePromise<AnyRenderedResponse> {
    return attempt(
      () => this.#renderError(error, context, attempts > 1),
      (failure) => {
        if (failure === error || attempts === 1) throw failure;
        return this.#responseTo(failure, context, attempts - 1);
      },
    );
  }

  #renderError(error: unknown, context: HttpContext, withCors: boolean): MaybePromise<AnyRenderedResponse> {
    const { policies, request } = this.options;
    return chain(httpExceptionOf(error), (known) => {
      this.#note(error, known, context);
      if (!withCors) context.cors = undefined;
      return chain(errorResponse(known, context.request, request.json), (rendered) =>
        finishResponse(rendered, context, policies),
      );
    });
  }

  /** Notes an error before it is responded to. @throws The error itself if it fails the invocation. */
  #note(error: unknown, known: HttpException | undefined, context: HttpContext): void {
    const { accessLog, respondToUnhandled } = this.options;
    // The access log and other readers of the context must see that something was thrown, even `undefined`.
    context.error = known ?? error ?? new Error(`${String(error)} was thrown`);
    if (!known) {
      if (!respondToUnhandled) throw error;
      if (!accessLog) this.#logUnhandled(error);
    } else if (!accessLog && (context.isOutOfTime || context.refusal)) {
      this.#logOutOfTime(known, context);
    }
  }

  #logUnhandled(error: unknown): void {
    writeMessage(this.logger, 'critical', 'Unhandled error', { error_detail: stackOf(error) });
  }

  #logOutOfTime({ errorDetail }: HttpException, { request: { method, path }, route }: HttpContext): void {
    writeMessage(this.logger, 'error', 'Out of time', { method, path, route, error_detail: errorDetail });
  }
}
