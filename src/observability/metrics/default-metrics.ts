import type { EventOutcome, ObservedContext } from '../../contracts/event-observer.js';
import { HttpException } from '../../errors/http-exception.js';
import { knownMethod } from '../known-method.js';
import type { DefaultMetric } from './metrics-options.js';
import type { PowertoolsLines } from './powertools-lines.js';

/** The dimension of one route or consumer. */
interface Target {
  readonly dimension: 'route' | 'consumer';
  readonly value: string;
}

/** The counts of one route or consumer since the last line. */
interface Seen {
  readonly target: Target;
  readonly latencies: number[];
  errors: number;
  faults: number;
  throttles: number;
}

/**
 * Measures events by route and by consumer. Values of one target share a line: an invocation with a thousand records
 * writes ten of them.
 */
export class DefaultMetrics {
  /** By dimension and value: as many as the application has routes and consumers, times the HTTP methods. */
  readonly #seen = new Map<string, Seen>();

  constructor(
    private readonly lines: PowertoolsLines,
    private readonly wanted: ReadonlySet<DefaultMetric>,
  ) {}

  add(context: ObservedContext, outcome: EventOutcome, latency: number): void {
    const target = targetOf(context);
    const key = `${target.dimension} ${target.value}`;
    let seen = this.#seen.get(key);
    if (!seen) this.#seen.set(key, (seen = { target, latencies: [], errors: 0, faults: 0, throttles: 0 }));
    seen.latencies.push(latency);
    for (const kind of failuresIn(outcome)) seen[kind]++;
  }

  /**
   * Writes all that was seen. Invocations that overlap may write each other's values, whose targets say what they are.
   */
  write(): void {
    const all = [...this.#seen.values()];
    // First: what can't be written must not be kept for the next time.
    this.#seen.clear();
    for (const seen of all) this.#writeSeen(seen);
  }

  #writeSeen({ target, latencies, ...failures }: Seen): void {
    const values = this.wanted.has('latency') ? latencies : [];
    const counted = (['errors', 'faults', 'throttles'] as const).filter(
      (kind) => this.wanted.has(kind) && failures[kind] > 0,
    );
    // A line without a metric would be a log line that nobody reads.
    if (values.length === 0 && counted.length === 0) return;
    this.lines.write((line) => {
      // A dimension is ASCII, and neither a path nor the name of a class has to be.
      line.addDimension(target.dimension, target.value.replace(/[^ -~]+/g, encodeURIComponent));
      for (const kind of counted) line.addMetric(METRICS[kind], 'Count', failures[kind]);
      for (const milliseconds of values) line.addMetric('Latency', 'Milliseconds', round(milliseconds));
    });
  }
}

const METRICS = { errors: 'Errors', faults: 'Faults', throttles: 'Throttles' } as const;

/** The clock is no finer than microseconds: more digits would only make the line longer. */
function round(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}

/** As in `GET /orders/:id` and `OrdersConsumer.ship`: never a path, whose ids would be without number. */
function targetOf(context: ObservedContext): Target {
  if (context.getType() !== 'http') return { dimension: 'consumer', value: context.target?.name ?? '(none)' };
  const { route } = context;
  const value = route === undefined ? '(none)' : `${knownMethod(context) ?? 'OTHER'} ${route}`;
  return { dimension: 'route', value };
}

type Failure = keyof typeof METRICS;

function failuresIn({ statusCode, error, outcomes }: EventOutcome): readonly Failure[] {
  if (outcomes) return outcomes.flatMap((outcome) => (outcome.failed ? [failureOf(statusOf(outcome.error))] : []));
  // A request without a response has failed the invocation.
  const status = statusCode ?? (error === undefined ? 200 : 500);
  return status < 400 ? [] : [failureOf(status)];
}

/** A record has no status, but its exception does: a 4xx is the sender's mistake. */
function statusOf(error: unknown): number {
  return error instanceof HttpException ? error.statusCode : 500;
}

function failureOf(status: number): Failure {
  if (status === 429) return 'throttles';
  return status < 500 ? 'errors' : 'faults';
}
