import type { Context as LambdaContext } from 'aws-lambda';
import type { HttpEventAdapter } from '../contracts/http-event-adapter.js';
import type { Logger } from '../contracts/logger.js';
import type { Interceptor } from '../contracts/pipeline.js';
import { HttpException } from '../errors/http-exception.js';
import type { AnyRenderedResponse } from '../http/rendered-response.js';
import type { RequestOptions } from '../http/request.js';
import { stackOf } from '../logging/error-detail.js';
import { EventLog, runWithEventLog } from '../logging/event-log.js';
import { releaseScope } from '../modules/release-scope.js';
import { Deadline } from '../pipeline/deadline.js';
import { renderResult } from '../pipeline/render-result.js';
import { attempt, chain } from '../shared/promise.js';
import type { MaybePromise } from '../shared/types.js';
import type { Deliver, Delivered, Exchange } from './deliver.js';
import { errorResponse } from './error-response.js';
import { type FinishOptions, finishResponse } from './finish-response.js';
import { HttpContext } from './http-context.js';
import { timeLeft } from './time-left.js';
import type { HttpRoutes } from './http-routes.js';

/** What the application's options come to for HTTP events. */
export interface HttpDispatcherOptions {
  readonly basePath: string | undefined;
  readonly request: RequestOptions;
  readonly finish: FinishOptions;
  /** Seconds, of `FUNCTION_TIMEOUT`. */
  readonly timeout: number;
  /** Milliseconds that are kept back of the invocation's time. */
  readonly timeoutMargin: number;
  readonly respondToUnhandled: boolean;
  readonly accessLog: Interceptor | undefined;
  readonly logger: Logger;
}

/** Takes one HTTP event the whole way: access log, timeout, routes, answer. */
export class HttpDispatcher {
  constructor(
    readonly routes: HttpRoutes,
    readonly options: HttpDispatcherOptions,
  ) {}

  dispatch(adapter: HttpEventAdapter, event: unknown, lambdaContext: LambdaContext, deliver: Deliver): MaybePromise<unknown> {
    const context = this.#contextOf(adapter, event, lambdaContext);
    const log = new EventLog(context.request.id, lambdaContext, this.options.logger);
    return runWithEventLog(log, () => this.#logged({ adapter, context }, deliver));
  }

  #contextOf(adapter: HttpEventAdapter, event: unknown, lambdaContext: LambdaContext): HttpContext {
    const { basePath, request, timeout, timeoutMargin } = this.options;
    const deadline = new Deadline(timeLeft(lambdaContext) - timeoutMargin);
    deadline.limit(timeout);
    return new HttpContext(adapter.decode(event, { basePath }), event, lambdaContext, deadline, request);
  }

  async #logged(exchange: Exchange, deliver: Deliver): Promise<unknown> {
    const { accessLog } = this.options;
    let result: unknown;
    const handle = async () => {
      const delivered = await this.#answerAndDeliver(exchange, deliver);
      result = delivered.result;
      return delivered.head;
    };
    try {
      await (accessLog ? accessLog.intercept(exchange.context, { handle }) : this.#unlogged(handle));
      return result;
    } finally {
      await this.#release(exchange.context);
    }
  }

  /** What was made for the event goes with it; the answer stands, whatever that comes to. */
  async #release(context: HttpContext): Promise<void> {
    try {
      await releaseScope(context);
    } catch (error) {
      this.options.logger.error('Disposing of what was made for the event failed', { error });
    }
  }

  /** Without an access log an unhandled error still has to be seen. */
  async #unlogged(handle: () => Promise<unknown>): Promise<unknown> {
    try {
      return await handle();
    } catch (error) {
      this.#logUnhandled(error);
      throw error;
    }
  }

  #logUnhandled(error: unknown): void {
    this.options.logger.critical('Unhandled error', { error_detail: stackOf(error) });
  }

  #answerAndDeliver(exchange: Exchange, deliver: Deliver): MaybePromise<Delivered> {
    const { context } = exchange;
    return chain(this.#answer(context), (rendered) =>
      attempt(
        () => deliver(rendered, exchange),
        (error) => {
          if (context.headersSent) throw error;
          return chain(this.#answerError(error, context), (instead) => deliver(instead, exchange));
        },
      ),
    );
  }

  #answer(context: HttpContext): MaybePromise<AnyRenderedResponse> {
    return attempt(
      () => chain(context.deadline.race(this.routes.respond(context)), (rendered) => this.#finish(rendered, context)),
      (error) => this.#answerError(error, context),
    );
  }

  #answerError(error: unknown, context: HttpContext): MaybePromise<AnyRenderedResponse> {
    // Whoever reads the context, as the access log does, has to see that something was thrown.
    context.error = error ?? new Error(`${String(error)} was thrown`);
    if (!(error instanceof HttpException)) {
      if (!this.options.respondToUnhandled) throw error;
      if (!this.options.accessLog) this.#logUnhandled(error);
    }
    const rendered = renderResult(errorResponse(error), context.request, { json: this.options.request.json });
    return chain(rendered, (answer) => this.#finish(answer, context));
  }

  #finish(rendered: AnyRenderedResponse, context: HttpContext): MaybePromise<AnyRenderedResponse> {
    return finishResponse(rendered, context, this.options.finish, this.routes.corsOf(context));
  }
}
