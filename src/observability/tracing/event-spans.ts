import type { Context, Link, SpanContext } from '@opentelemetry/api';
import type { Context as LambdaContext } from 'aws-lambda';
import type { EventObserver, EventOutcome, ObservedContext, ObservedEvent } from '../../contracts/event-observer.js';
import type { CallHandler, CanActivate, ExecutionContext, Interceptor } from '../../contracts/pipeline.js';
import { describeValue } from '../../errors/describe-value.js';
import { getLogger } from '../../logging/logger/current-logger.js';
import { brand } from '../../shared/brand.js';
import { forget } from '../../shared/promise.js';
import { isObject, type MaybePromise } from '../../shared/types.js';
import { IncomingSpans } from './believed-spans.js';
import {
  attributesAtStart,
  attributesAtEnd,
  isConsumed,
  isFailure,
  nameAtStart,
  nameAtEnd,
} from './span-attributes.js';
import type { OpenSpan, SpanMaker } from './span-maker.js';
import type { RemoteSpan } from './trace-headers.js';
import type { SpanAttributes, TracingOptions } from './tracing-options.js';

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
    const { SpanKind } = this.maker.api;
    const enclosing = this.#enclosing();
    const { parent, links } = this.#incoming.of(context, enclosing);
    const kind = isConsumed(context) ? SpanKind.CONSUMER : SpanKind.SERVER;
    const attributes = attributesAtStart(context, this.#isCold);
    this.#isCold = false;
    const span = this.maker.startEvent({
      name: nameAtStart(context),
      options: { kind, attributes, links: links.map((one): Link => ({ context: linked(one) })) },
      outer: this.#outerOf(parent, enclosing),
    });
    this.#contexts.set(context, span.context);
    return {
      run: (work) => span.run(work),
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
    const { api } = this.maker;
    // The event's own, unless something inside of it has begun another.
    const active = api.context.active();
    const outer = active === api.ROOT_CONTEXT ? (this.#contexts.get(event) ?? active) : active;
    return this.maker.run({ name, options: {}, outer, work, failed: failUnlessCallers });
  }

  /** The span of whatever calls the handler in this process, such as that of a layer, or of a record with a request. */
  #enclosing(): RemoteSpan | undefined {
    const { context, isSpanContextValid, trace } = this.maker.api;
    const span = trace.getSpanContext(context.active());
    if (!span || !isSpanContextValid(span) || span.isRemote === true) return undefined;
    const { traceId, spanId, traceFlags } = span;
    return { traceId, spanId, traceFlags: traceFlags & 1 ? 1 : 0 };
  }

  #outerOf(parent: RemoteSpan | undefined, enclosing: RemoteSpan | undefined): Context {
    const { context, createTraceState, ROOT_CONTEXT, trace } = this.maker.api;
    if (!parent) return ROOT_CONTEXT;
    // Without the rest of the context, which may have a caller's baggage.
    if (parent === enclosing) return trace.setSpan(ROOT_CONTEXT, trace.getSpan(context.active())!);
    const { traceState } = parent;
    const state = traceState === undefined ? {} : { traceState: createTraceState(traceState) };
    return trace.setSpanContext(ROOT_CONTEXT, { ...linked(parent), ...state });
  }

  #end(span: OpenSpan, context: ObservedContext, outcome: EventOutcome): void {
    const name = nameAtEnd(context);
    if (name !== undefined) span.rename(name);
    span.set(attributesAtEnd(context, outcome));
    span.set(this.#ownAttributes(context));
    if (isFailure(outcome)) span.fail(outcome.error);
    if (span.isRecorded) this.maker.flush.expect();
    span.end();
  }

  #ownAttributes(context: ExecutionContext): SpanAttributes {
    try {
      const own: unknown = this.options.attributes?.(context) ?? {};
      if (isObject(own) && !Array.isArray(own) && !('then' in own)) return own as SpanAttributes;
      forget(own);
      throw new TypeError(`It returned ${describeValue(own)} instead of attributes by their names`);
    } catch (error) {
      getLogger().error('The option attributes of TracingModule failed', { error });
      return {};
    }
  }
}
brand(EventSpans, 'EventObserver');

/** Without `tracestate`, which an unknown caller may have written. */
function linked({ traceId, spanId, traceFlags }: RemoteSpan): SpanContext {
  return { traceId, spanId, traceFlags, isRemote: true };
}

function failUnlessCallers(span: OpenSpan, error: unknown): void {
  if (!isCallersMistake(error)) span.fail(error);
}

/** With a 4xx, the function did its job: the request was wrong. */
function isCallersMistake(error: unknown): boolean {
  const status: unknown = (error as { statusCode?: unknown } | null | undefined)?.statusCode;
  return typeof status === 'number' && status >= 400 && status < 500;
}
