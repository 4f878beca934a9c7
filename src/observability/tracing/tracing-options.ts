import type { ExecutionContext } from '../../contracts/pipeline.js';
import {
  aList,
  anObject,
  callable,
  checkOptions,
  flag,
  numberFrom,
  oneOf,
  type OptionRules,
  wholeNumber,
} from '../../errors/check-options.js';
import type { ProtectedConstructor } from '../../shared/types.js';

/**
 * The treatment of a trace that an event names:
 *
 * - `parent`: the event continues it, and its sender decides whether it is recorded
 * - `link`: the event begins a trace of its own, which points to it
 * - `ignore`: nothing
 */
export type TraceBelief = 'parent' | 'link' | 'ignore';

/** The treatment of the trace context of each origin. */
export interface IncomingTraces {
  /** The headers `traceparent` and `X-Amzn-Trace-Id`, which anybody can send. `link` by default. */
  readonly http?: TraceBelief;
  /** The attributes and headers of messages, whose senders IAM has admitted. `parent` by default. */
  readonly messages?: TraceBelief;
  /** Lambda's own segment, which exists if X-Ray's active tracing is on. `link` by default. */
  readonly xray?: TraceBelief;
}

/** Attributes of a span. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean | string[] | undefined>>;

/** A `TracerProvider` of OpenTelemetry, whose package may not be installed where these types are read. */
export interface SpanProvider {
  getTracer(name: string, version?: string): object;
}

/** The options of `TracingModule.forRoot`. */
export interface TracingOptions {
  readonly incoming?: IncomingTraces;
  /**
   * The number of requests a second that may be recorded because their caller says so, with `incoming: { http: 'parent'
   * }`. For those beyond it your own sampler decides, and the caller's trace is linked. 10 by default, for each
   * environment.
   */
  readonly sampledPerSecond?: number;
  /** The milliseconds that a result waits at most until the spans are exported; 0 doesn't wait. 1000 by default. */
  readonly flushTimeout?: number;
  /** Clients of `AwsModule` whose calls get spans, such as `[DynamoDBClient]`. */
  readonly clients?: readonly ProtectedConstructor[];
  /** Returns more attributes for the span of an event. What it throws is logged. */
  readonly attributes?: (context: ExecutionContext) => SpanAttributes;
  /** By default, the one that is registered with `@opentelemetry/api`. */
  readonly provider?: SpanProvider;
  /**
   * Whether the application also runs without an SDK. If none is registered when it starts, nothing is traced, and
   * nothing is warned of. `false` by default.
   */
  readonly optional?: boolean;
}

const BELIEF = oneOf('parent', 'link', 'ignore');

const INCOMING_RULES: OptionRules<IncomingTraces> = { http: BELIEF, messages: BELIEF, xray: BELIEF };

const RULES: OptionRules<TracingOptions> = {
  incoming: anObject,
  sampledPerSecond: wholeNumber(0),
  flushTimeout: numberFrom(0, 'milliseconds'),
  clients: aList,
  attributes: callable,
  provider: {
    expected: 'a TracerProvider',
    accepts: (value) => typeof (value as Partial<SpanProvider> | null)?.getTracer === 'function',
  },
  optional: flag,
};

/** @throws BootstrapError for an unknown option or an invalid value. */
export function checkTracingOptions(options: TracingOptions): void {
  checkOptions(options, RULES, 'the options of TracingModule');
  if (options.incoming) checkOptions(options.incoming, INCOMING_RULES, 'incoming of the options of TracingModule');
}
