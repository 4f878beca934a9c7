import type { Context as LambdaContext } from 'aws-lambda';
import type { CallHandler, ExecutionContext, Interceptor } from '../contracts/pipeline.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import { plainHeaders, shown } from '../errors/option-names.js';
import { Response, type ResponseHeaders } from '../http/response/response.js';
import { brand } from '../shared/brand.js';
import { refuseObservable } from '../shared/observable.js';
import type { MaybePromise } from '../shared/types.js';

/** The argument of every hook of a middleware (Middy: "Writing a middleware"). */
export interface MiddyRequest {
  event: unknown;
  context: LambdaContext;
  response: unknown;
  error: unknown;
  /** Values that the middlewares of one `fromMiddy` share during one event. */
  internal: Record<string, unknown>;
  /** Set by a hook to end early with `undefined`, which it can't do by returning it. */
  earlyResponse?: unknown;
}

/** A Middy middleware. Its hooks are methods, so that those with a narrower event type are assignable. */
export interface MiddyMiddleware {
  before?(request: MiddyRequest): unknown;
  after?(request: MiddyRequest): unknown;
  onError?(request: MiddyRequest): unknown;
}

type Phase = 'before' | 'after' | 'onError';
type Hook = (request: MiddyRequest) => unknown;

/**
 * Creates an interceptor from a Middy middleware, or from several that share their `internal`.
 *
 * In `@UseInterceptors`, it runs around a route or a class, and `response` is the method's result. In the option
 * `interceptors` of `create`, or under `APP_INTERCEPTOR`, it runs around everything, once an invocation: for every
 * event, whether or not the application has a route for it, and `response` is the result that Lambda gets.
 *
 * @throws BootstrapError for anything but a middleware.
 */
export function fromMiddy(middlewares: MiddyMiddleware | readonly MiddyMiddleware[]): Interceptor {
  return new MiddyInterceptor(Array.isArray(middlewares) ? middlewares : [middlewares as MiddyMiddleware]);
}

/** A stack of middlewares. The application runs those among the global interceptors around the whole event. */
export class MiddyInterceptor implements Interceptor {
  readonly #before: readonly Hook[];
  readonly #after: readonly Hook[];
  readonly #onError: readonly Hook[];

  constructor(middlewares: readonly MiddyMiddleware[]) {
    middlewares.forEach(checkMiddleware);
    this.#before = hooksOf(middlewares, 'before');
    this.#after = hooksOf(middlewares, 'after').toReversed();
    this.#onError = hooksOf(middlewares, 'onError').toReversed();
  }

  /** Runs around a method. If a middleware made a gateway's result, it becomes the response that it stands for. */
  async intercept(context: ExecutionContext, next: CallHandler): Promise<unknown> {
    let result: unknown;
    const response = await this.around(
      context.event,
      context.lambdaContext,
      async () => (result = await next.handle()),
    );
    return context.getType() === 'http' && response !== result ? responseFrom(response) : response;
  }

  /** Runs around an invocation; hooks may replace Lambda's event or context. */
  async around(
    event: unknown,
    context: LambdaContext,
    handle: (event: unknown, context: LambdaContext) => MaybePromise<unknown>,
  ): Promise<unknown> {
    const request: MiddyRequest = { event, context, response: undefined, error: undefined, internal: {} };
    try {
      if (await runHooks(this.#before, request)) return request.response;
      request.response = await handle(request.event, request.context);
      await runHooks(this.#after, request);
    } catch (error) {
      await this.#recover(error, request);
    }
    return refuseObservable(request.response);
  }

  async #recover(error: unknown, request: MiddyRequest): Promise<void> {
    delete request.earlyResponse;
    request.response = undefined;
    request.error = error;
    try {
      await runHooks(this.#onError, request);
    } catch (second) {
      if (second instanceof Error && second !== request.error) second.cause ??= request.error;
      throw second;
    }
    if (request.response === undefined) throw request.error;
  }
}
brand(MiddyInterceptor, 'MiddyInterceptor');

/** Runs hooks in order. @returns Whether a hook ended the event early. */
async function runHooks(hooks: readonly Hook[], request: MiddyRequest): Promise<boolean> {
  for (const hook of hooks) {
    const value = refuseObservable(await hook(request));
    if (value !== undefined) request.earlyResponse = value;
    if (!('earlyResponse' in request)) continue;
    request.response = request.earlyResponse;
    return true;
  }
  return false;
}

function hooksOf(middlewares: readonly MiddyMiddleware[], phase: Phase): Hook[] {
  return middlewares.flatMap((middleware) => (middleware[phase] ? [(request) => middleware[phase]?.(request)] : []));
}

const PHASES: readonly Phase[] = ['before', 'after', 'onError'];

function isHook(middleware: object, phase: Phase): boolean {
  return typeof (middleware as MiddyMiddleware)[phase] === 'function';
}

function checkMiddleware(middleware: unknown, index: number): void {
  if (typeof middleware === 'function') {
    throw new BootstrapError(
      `fromMiddy: middleware ${index + 1} is a function. Call the factory, as in fromMiddy(warmup()).`,
    );
  }
  const hooks =
    typeof middleware === 'object' && middleware !== null ? PHASES.filter((phase) => isHook(middleware, phase)) : [];
  if (hooks.length === 0) {
    throw new BootstrapError(
      `fromMiddy: middleware ${index + 1} is ${shown(middleware)}: it must have before, after or onError.`,
    );
  }
}

/** The result of a Lambda function behind API Gateway, with the members that HTTP middlewares write. */
interface GatewayResult {
  readonly statusCode: number;
  readonly headers?: ResponseHeaders;
  readonly multiValueHeaders?: ResponseHeaders;
  readonly cookies?: readonly string[];
  readonly body?: unknown;
  readonly isBase64Encoded?: boolean;
}

/** Converts a gateway's result to the response that it stands for; anything else is data and returned unchanged. */
export function responseFrom(value: unknown): unknown {
  if (value instanceof Response || !isGatewayResult(value)) return value;
  const { statusCode, headers, multiValueHeaders, cookies = [], body, isBase64Encoded } = value;
  const content = isBase64Encoded && typeof body === 'string' ? Buffer.from(body, 'base64') : body;
  const response = new Response(content, {
    statusCode,
    headers: { ...plainHeaders(headers, 'of a middleware'), ...multiValueHeaders },
  });
  response.cookies.push(...cookies);
  return response;
}

function isGatewayResult(value: unknown): value is GatewayResult {
  return (
    typeof value === 'object' && value !== null && typeof (value as { statusCode?: unknown }).statusCode === 'number'
  );
}
