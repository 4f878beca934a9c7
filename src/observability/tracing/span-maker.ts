import type { Attributes, Context, Span, SpanOptions, Tracer } from '@opentelemetry/api';
import { reasonOf } from '../../logging/access-log/error-reason.js';
import { getLogger } from '../../logging/logger/current-logger.js';
import { isError, readMember } from '../../logging/writers/loggable-value.js';
import { isPromiseLike, native } from '../../shared/promise.js';
import type { MaybePromise } from '../../shared/types.js';
import type { SpanFlush } from './span-flush.js';

/** The package `@opentelemetry/api`. */
export type Telemetry = typeof import('@opentelemetry/api');

/** Describes a span before it begins. */
export interface SpanRequest {
  readonly name: string;
  readonly options: SpanOptions;
  /** The context that it begins in: its parent, and the event that it ends with at the latest. */
  readonly outer: Context;
}

/** Work that has a span of its own. */
interface SpannedWork<T> extends SpanRequest {
  readonly work: () => MaybePromise<T>;
  /** Called before the span ends. */
  succeeded?(span: OpenSpan, value: T): void;
  failed(span: OpenSpan, error: unknown): void;
}

/** Makes spans. When the SDK throws, spans are lost, but the traced work goes on unchanged. */
export class SpanMaker {
  readonly #open: symbol;
  /** Whether a failure of the SDK was logged. One that fails would log several for each event. */
  #hasFailed = false;

  constructor(
    readonly api: Telemetry,
    private readonly tracer: Tracer,
    readonly flush: SpanFlush,
  ) {
    this.#open = api.createContextKey('lambent.open-spans');
  }

  /** Starts the span of an event. Those that begin inside of it end with it at the latest. */
  startEvent({ outer, ...request }: SpanRequest): OpenSpan {
    return this.#start({ ...request, outer: outer.setValue(this.#open, new Set<OpenSpan>()) }, undefined);
  }

  /** Does work in a span. The result and the error are those of the work, whatever becomes of the span. */
  run<T>({ work, succeeded, failed, ...request }: SpannedWork<T>): MaybePromise<T> {
    const span = this.#start(request, this.openIn(request.outer));
    const succeed = (value: T): T => {
      this.safely(() => succeeded?.(span, value));
      span.end();
      return value;
    };
    const fail = (error: unknown): never => {
      this.safely(() => failed(span, error));
      span.end();
      throw error;
    };
    let result: MaybePromise<T>;
    try {
      result = span.run(work);
    } catch (error) {
      return fail(error);
    }
    return isPromiseLike(result) ? native(result).then(succeed, fail) : succeed(result);
  }

  /** The spans that have begun inside of an event and have not ended. */
  openIn(context: Context): Set<OpenSpan> | undefined {
    return context.getValue(this.#open) as Set<OpenSpan> | undefined;
  }

  /** Logs what the SDK throws, once. */
  safely<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      if (!this.#hasFailed) getLogger().error('OpenTelemetry has failed: spans are missing', { error });
      this.#hasFailed = true;
      return undefined;
    }
  }

  #start({ name, options, outer }: SpanRequest, siblings: Set<OpenSpan> | undefined): OpenSpan {
    const span = this.safely(() => this.tracer.startSpan(name, options, outer));
    return new OpenSpan(this, { span, siblings, context: span ? this.api.trace.setSpan(outer, span) : outer });
  }
}

interface Started {
  /** `undefined` if the SDK has failed. */
  readonly span: Span | undefined;
  readonly siblings: Set<OpenSpan> | undefined;
  readonly context: Context;
}

/** A span that has begun, and may have ended. */
export class OpenSpan {
  /** The context in which it is the active span. */
  readonly context: Context;
  #span: Span | undefined;

  constructor(
    private readonly maker: SpanMaker,
    private readonly started: Started,
  ) {
    this.context = started.context;
    this.#span = started.span;
    started.siblings?.add(this);
  }

  /** Whether it will be exported. */
  get isRecorded(): boolean {
    return this.maker.safely(() => this.#span?.isRecording()) ?? false;
  }

  run<T>(work: () => T): T {
    return this.maker.api.context.with(this.context, work);
  }

  rename(name: string): void {
    this.maker.safely(() => this.#span?.updateName(name));
  }

  set(attributes: Attributes): void {
    this.maker.safely(() => this.#span?.setAttributes(attributes));
  }

  /** Marks it as failed. Exceptions have their message and their stack, as in the log. */
  fail(error: unknown): void {
    this.maker.safely(() => {
      if (error === undefined) return this.#setError();
      const exception = exceptionOf(error);
      this.#span?.recordException(exception);
      this.#setError(exception.message);
    });
  }

  /** Ends it once, and before it those that have begun inside of it, if it is an event's. */
  end(): void {
    const span = this.#span;
    this.#span = undefined;
    this.started.siblings?.delete(this);
    if (!this.started.siblings) this.#endInner();
    this.maker.safely(() => span?.end());
  }

  /** A span that never ends is never exported, and it is the one that shows what took too long. */
  #endInner(): void {
    for (const span of this.maker.openIn(this.context) ?? []) {
      this.maker.safely(() => span.#setError('It had not ended when its event did'));
      span.end();
    }
  }

  #setError(message?: string): void {
    const code = this.maker.api.SpanStatusCode.ERROR;
    this.#span?.setStatus(message === undefined ? { code } : { code, message });
  }
}

/** Reads what was thrown, which may be anything, and may not be readable. */
function exceptionOf(error: unknown): ReadException {
  if (!isError(error)) return { name: 'Error', message: reasonOf(error) };
  const members = ['name', 'message', 'stack', 'code'].map((key) => [key, readMember(error, key)] as const);
  return { name: 'Error', ...Object.fromEntries(members.filter(([, value]) => typeof value === 'string')) };
}

/** An exception of OpenTelemetry. */
interface ReadException {
  readonly name: string;
  readonly message?: string;
}
