import type { Context as LambdaContext } from 'aws-lambda';
import type { DecodeOptions, HttpEventAdapter } from '../../contracts/event-adapter.js';
import type { Logger } from '../../contracts/logger.js';
import { asHttpException, type HttpException } from '../../errors/http-exception.js';
import type { CorsPolicy } from '../../http/policies/cors.js';
import type { AnyRenderedResponse } from '../../http/response/rendered-response.js';
import type { AccessLog } from '../../logging/access-log/access-log.js';
import { stackOf } from '../../logging/access-log/error-detail.js';
import { EventLog, runWithEventLog } from '../../logging/logger/event-log.js';
import { writeMessage } from '../../logging/logger/event-logger.js';
import { attempt, chain, isPromiseLike } from '../../shared/promise.js';
import type { MaybePromise } from '../../shared/types.js';
import { releaseEvent } from '../event/event-context.js';
import type { FinishOptions } from '../options/config.js';
import { errorResponse } from './error-response.js';
import { finishResponse } from './finish-response.js';
import { HttpContext, type HttpContextOptions } from './http-context.js';
import type { HttpRoutes } from './http-routes.js';
import type { Exchange, SendResponse, SentResponse } from './send-response.js';

/** What the application's options come to for HTTP events. */
export interface HttpDispatcherOptions extends HttpContextOptions, DecodeOptions {
  readonly finish: FinishOptions;
  readonly respondToUnhandled: boolean;
  readonly accessLog: AccessLog | undefined;
  readonly logger: Logger;
}

/**
 * Takes one HTTP event the whole way: access log, timeout, routes, answer.
 *
 * Every step hands on a value as a value and a promise as a promise: a route that waits for nothing is answered
 * without one. That is why `try` and `isPromiseLike` stand here where `await` would be shorter.
 */
export class HttpDispatcher {
  constructor(
    readonly routes: HttpRoutes,
    readonly options: HttpDispatcherOptions,
  ) {}

  dispatch(
    adapter: HttpEventAdapter,
    event: unknown,
    lambdaContext: LambdaContext,
    deliver: SendResponse,
  ): MaybePromise<unknown> {
    const context = this.#contextOf(adapter, event, lambdaContext);
    const log = new EventLog(context.request.id, lambdaContext, this.options.logger, context);
    const result = runWithEventLog(log, this.#run, { adapter, context, deliver, access: undefined });
    if (isPromiseLike(result)) log.keepTraceId();
    return result;
  }

  /** Answers with an error of what stands around the dispatch. */
  refusing(error: HttpException): HttpDispatcher['dispatch'] {
    return (adapter, event, lambdaContext, deliver) => {
      const context = this.#contextOf(adapter, event, lambdaContext);
      const log = new EventLog(context.request.id, lambdaContext, this.options.logger);
      return runWithEventLog(log, this.#refuse, { adapter, context, deliver, access: undefined }, error);
    };
  }

  #contextOf(adapter: HttpEventAdapter, event: unknown, lambdaContext: LambdaContext): HttpContext {
    return new HttpContext(adapter.decode(event, this.options), event, lambdaContext, this.options);
  }

  readonly #refuse = (exchange: Exchange, error: HttpException): MaybePromise<unknown> => {
    const { context } = exchange;
    exchange.access = this.options.accessLog?.begin(context);
    if (!exchange.access) this.#logGivenUp(error, context);
    return this.#conclude(exchange, this.#answerInstead, error);
  };

  readonly #run = (exchange: Exchange): MaybePromise<unknown> => {
    const { context } = exchange;
    exchange.access = this.options.accessLog?.begin(context);
    let rendered: MaybePromise<AnyRenderedResponse>;
    try {
      rendered = this.routes.respond(context);
    } catch (error) {
      return this.#conclude(exchange, this.#answerInstead, error);
    }
    if (!isPromiseLike(rendered)) return this.#conclude(exchange, this.#finished, rendered);
    context.work = rendered;
    return context.deadline.watch(
      rendered,
      (known) => this.#conclude(exchange, this.#finished, known),
      (error) => this.#conclude(exchange, this.#answerInstead, error),
    );
  };

  /** All that comes after the route, which gave an answer or threw an error. */
  #conclude<T>(
    exchange: Exchange,
    finish: (given: T, context: HttpContext) => MaybePromise<AnyRenderedResponse>,
    given: T,
  ): MaybePromise<unknown> {
    let delivered: MaybePromise<SentResponse>;
    try {
      delivered = chain(finish(given, exchange.context), (rendered) => this.#deliver(rendered, exchange));
    } catch (error) {
      return this.#failed(error, exchange);
    }
    return isPromiseLike(delivered)
      ? delivered.then(
          (known) => this.#end(known, exchange),
          (error: unknown) => this.#failed(error, exchange),
        )
      : this.#end(delivered, exchange);
  }

  #end({ head, result }: SentResponse, { context, access }: Exchange): MaybePromise<unknown> {
    if (access) this.options.accessLog?.responded(access, head.statusCode);
    const released = releaseEvent(context, this.options.logger);
    return released ? released.then(() => result) : result;
  }

  /** Without an access log an unhandled error still has to be seen, as has a request that was given up. */
  #failed(error: unknown, { context, access }: Exchange): MaybePromise<never> {
    if (access) this.options.accessLog?.failed(access, error);
    else this.#logUnhandled(error);
    return chain(releaseEvent(context, this.options.logger), () => {
      throw error;
    });
  }

  #logUnhandled(error: unknown): void {
    writeMessage(this.options.logger, 'critical', 'Unhandled error', { error_detail: stackOf(error) });
  }

  #logGivenUp({ errorDetail }: HttpException, { request, route }: HttpContext): void {
    writeMessage(this.options.logger, 'error', 'Out of time', {
      method: request.method,
      path: request.path,
      route,
      error_detail: errorDetail,
    });
  }

  #deliver(rendered: AnyRenderedResponse, exchange: Exchange): MaybePromise<SentResponse> {
    try {
      const delivered = exchange.deliver(rendered, exchange);
      return isPromiseLike(delivered)
        ? delivered.then(undefined, (error: unknown) => this.#deliverInstead(error, exchange))
        : delivered;
    } catch (error) {
      return this.#deliverInstead(error, exchange);
    }
  }

  #deliverInstead(error: unknown, exchange: Exchange): MaybePromise<SentResponse> {
    const { context, deliver } = exchange;
    if (context.headersSent) throw error;
    return chain(this.#answerInstead(error, context), (instead) => deliver(instead, exchange));
  }

  readonly #finished = (rendered: AnyRenderedResponse, context: HttpContext): MaybePromise<AnyRenderedResponse> => {
    try {
      const finished = this.#finish(rendered, context);
      return isPromiseLike(finished)
        ? finished.then(undefined, (error: unknown) => this.#answerInstead(error, context))
        : finished;
    } catch (error) {
      return this.#answerInstead(error, context);
    }
  };

  /** An exception whose own answer can't be sent, for a header of it or its detail, is an unhandled error. */
  readonly #answerInstead = (error: unknown, context: HttpContext): MaybePromise<AnyRenderedResponse> =>
    attempt(
      () => this.#answerError(error, context),
      (failure) => {
        if (failure === error) throw error;
        return this.#answerFailure(failure, context);
      },
    );

  /** A function `cors.origin` that fails would fail for the answer to that, too: it goes without CORS headers. */
  #answerFailure(failure: unknown, context: HttpContext): MaybePromise<AnyRenderedResponse> {
    return attempt(
      () => this.#answerError(failure, context),
      (again) => {
        if (again === failure) throw failure;
        return this.#answerError(again, context, null);
      },
    );
  }

  #answerError(
    error: unknown,
    context: HttpContext,
    cors: CorsPolicy | null | undefined = this.routes.corsOf(context),
  ): MaybePromise<AnyRenderedResponse> {
    // Whoever reads the context, as the access log does, has to see that something was thrown.
    const known = asHttpException(error);
    context.error = known ?? error ?? new Error(`${String(error)} was thrown`);
    if (!known) {
      if (!this.options.respondToUnhandled) throw error;
      if (!this.options.accessLog) this.#logUnhandled(error);
    } else if (!this.options.accessLog && context.isOutOfTime) {
      this.#logGivenUp(known, context);
    }
    const answer = errorResponse(known, context.request, this.options.request.json);
    return chain(answer, (rendered) => finishResponse(rendered, context, this.options.finish, cors ?? undefined));
  }

  #finish(rendered: AnyRenderedResponse, context: HttpContext): MaybePromise<AnyRenderedResponse> {
    return finishResponse(rendered, context, this.options.finish, this.routes.corsOf(context));
  }
}
