import type { Context, Link, Span, SpanContext, Tracer } from '@opentelemetry/api';
import type { Context as LambdaContext } from 'aws-lambda';
import type { EventObserver, EventOutcome, ObservedContext, ObservedEvent } from '../../contracts/event-observer.js';
import type { CallHandler, CanActivate, ExecutionContext, Interceptor } from '../../contracts/pipeline.js';
import { getLogger } from '../../logging/logger/current-logger.js';
import { brand } from '../../shared/brand.js';
import { chain } from '../../shared/promise.js';
import type { MaybePromise } from '../../shared/types.js';
import { IncomingSpans } from './incoming-spans.js';
import {
  attributesAtFirst,
  attributesAtLast,
  isConsumed,
  isFailure,
  nameAtFirst,
  nameAtLast,
} from './span-attributes.js';
import type { SpanFlush } from './span-flush.js';
import type { RemoteSpan } from './trace-context.js';
import type { TracingOptions } from './tracing-options.js';

/** The package `@opentelemetry/api`. */
export type Telemetry = typeof import('@opentelemetry/api');

/** What spans are made with. */
export interface SpanMaker {
  readonly api: Telemetry;
  readonly tracer: Tracer;
  readonly flush: SpanFlush;
}

/** Gives each event a span, with children for its guards and its method. */
export class EventSpans implements EventObserver, Interceptor {
  readonly intercepts = true;
  readonly #contexts = new WeakMap<ExecutionContext, Context>();
  readonly #incoming: IncomingSpans;
  #isCold = true;

  constructor(
    private readonly maker: SpanMaker,
    private readonly options: TracingOptions,
  ) {
    this.#incoming = new IncomingSpans(options);
  }

  begin(context: ObservedContext): ObservedEvent {
    const { api, tracer } = this.maker;
    const { parent, links } = this.#incoming.of(context);
    const kind = isConsumed(context) ? api.SpanKind.CONSUMER : api.SpanKind.SERVER;
    const attributes = attributesAtFirst(context, this.#isCold);
    this.#isCold = false;
    const outer = parent ? api.trace.setSpanContext(api.ROOT_CONTEXT, this.#remote(parent)) : api.ROOT_CONTEXT;
    const options = { kind, attributes, links: links.map((one): Link => ({ context: this.#remote(one) })) };
    const span = tracer.startSpan(nameAtFirst(context), options, outer);
    const inner = api.trace.setSpan(outer, span);
    this.#contexts.set(context, inner);
    return {
      run: <T>(work: () => T): T => api.context.with(inner, work),
      ended: (outcome) => this.#end(span, context, outcome),
    };
  }

  flush(context: LambdaContext): MaybePromise<void> {
    return this.maker.flush.run(context);
  }

  /** Gives the method a span of its own, with what interceptors and pipes take. */
  intercept(context: ExecutionContext, next: CallHandler): Promise<unknown> {
    return this.#child((context as ObservedContext).target?.name ?? 'method', context, () =>
      next.handle(),
    ) as Promise<unknown>;
  }

  guard(guard: CanActivate): CanActivate {
    const name = `guard ${guard.constructor.name}`;
    const canActivate = (context: ExecutionContext): MaybePromise<boolean> =>
      this.#child(name, context, () => guard.canActivate(context));
    return { constructor: guard.constructor, canActivate } as CanActivate;
  }

  #child<T>(name: string, event: ExecutionContext, work: () => MaybePromise<T>): MaybePromise<T> {
    const { api, tracer } = this.maker;
    // The event's own, unless something inside of it has begun another.
    const active = api.context.active();
    const outer = active === api.ROOT_CONTEXT ? (this.#contexts.get(event) ?? active) : active;
    const span = tracer.startSpan(name, {}, outer);
    const fail = (error: unknown): never => {
      if (!isCallersMistake(error)) recordError(span, error, api);
      span.end();
      throw error;
    };
    try {
      const result = api.context.with(api.trace.setSpan(outer, span), work);
      const succeed = (value: T): T => {
        span.end();
        return value;
      };
      return result instanceof Promise ? result.then(succeed, fail) : chain(result, succeed);
    } catch (error) {
      return fail(error);
    }
  }

  #end(span: Span, context: ObservedContext, outcome: EventOutcome): void {
    const name = nameAtLast(context);
    if (name !== undefined) span.updateName(name);
    span.setAttributes(attributesAtLast(context, outcome));
    this.#addOwn(span, context);
    if (isFailure(outcome)) recordError(span, outcome.error, this.maker.api);
    if (span.isRecording()) this.maker.flush.expect();
    span.end();
  }

  #addOwn(span: Span, context: ExecutionContext): void {
    try {
      const own = this.options.attributes?.(context);
      if (own) span.setAttributes(own);
    } catch (error) {
      getLogger().error('The option attributes of TracingModule failed', { error });
    }
  }

  #remote({ traceId, spanId, traceFlags, traceState }: RemoteSpan): SpanContext {
    const { api } = this.maker;
    const state = traceState === undefined ? undefined : api.createTraceState(traceState);
    return { traceId, spanId, traceFlags, isRemote: true, ...(state ? { traceState: state } : {}) };
  }
}
brand(EventSpans, 'EventObserver');

/** A 4xx is no error of the function: it is what it was made to respond. */
function isCallersMistake(error: unknown): boolean {
  const status: unknown = (error as { statusCode?: unknown } | null | undefined)?.statusCode;
  return typeof status === 'number' && status >= 400 && status < 500;
}

/** Marks a span as failed. Exceptions have their message and their stack, as in the log. */
export function recordError(span: Span, error: unknown, { SpanStatusCode }: Telemetry): void {
  if (error === undefined) return void span.setStatus({ code: SpanStatusCode.ERROR });
  const exception = error instanceof Error ? error : new Error(String(error));
  span.recordException(exception);
  span.setStatus({ code: SpanStatusCode.ERROR, message: exception.message });
}
