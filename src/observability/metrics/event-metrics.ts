import type { EventObserver, EventOutcome, ObservedContext, ObservedEvent } from '../../contracts/event-observer.js';
import type { CallHandler, ExecutionContext, Interceptor } from '../../contracts/pipeline.js';
import { currentEventFields, type EventFields } from '../../logging/logger/event-fields.js';
import { brand } from '../../shared/brand.js';
import { monotonicTime } from '../../shared/time.js';
import { DefaultMetrics } from './default-metrics.js';
import { type DefaultMetric, DEFAULT_METRICS } from './metrics-options.js';
import type { MetricsTarget, MetricsTargets } from './metrics.js';
import type { LentLine, PowertoolsLines } from './powertools-lines.js';

/** Gives each event its own metrics, and writes them when it has ended. */
export class EventMetrics implements EventObserver, Interceptor, MetricsTargets {
  readonly intercepts = false;
  readonly #events = new WeakMap<EventFields, MetricsOfEvent>();
  readonly #defaults: DefaultMetrics | undefined;
  #isCold: boolean;

  /** @param wanted The metrics to take of every event. */
  constructor(
    private readonly lines: PowertoolsLines,
    wanted: ReadonlySet<DefaultMetric>,
  ) {
    this.#isCold = wanted.has('coldStarts');
    const byTarget = DEFAULT_METRICS.filter((name) => name !== 'coldStarts' && wanted.has(name));
    this.#defaults = byTarget.length > 0 ? new DefaultMetrics(lines, new Set(byTarget)) : undefined;
  }

  begin(context: ObservedContext): ObservedEvent {
    if (this.#isCold) {
      this.#isCold = false;
      this.lines.coldStart(context.lambdaContext.functionName);
    }
    const metrics = new MetricsOfEvent(this.lines);
    const fields = currentEventFields();
    if (fields) this.#events.set(fields, metrics);
    const start = monotonicTime();
    return {
      ended: (outcome: EventOutcome) => {
        this.#defaults?.add(context, outcome, monotonicTime() - start);
        metrics.end();
      },
    };
  }

  flush(): void {
    this.#defaults?.write();
  }

  current(): MetricsTarget {
    const fields = currentEventFields();
    return (fields && this.#events.get(fields)) ?? new SingleLines(this.lines, OUTSIDE);
  }

  single(): MetricsTarget {
    return new SingleLines(this.lines);
  }

  /** Never called: as an observer it sees more than an interceptor. */
  intercept(_context: ExecutionContext, next: CallHandler): Promise<unknown> {
    return next.handle();
  }
}
brand(EventMetrics, 'EventObserver');

/** The metrics of one event. Begins a line with the first thing that is added. */
class MetricsOfEvent implements MetricsTarget {
  #lent: LentLine | undefined;
  #late: SingleLines | undefined;

  constructor(private readonly lines: PowertoolsLines) {}

  addMetric(...metric: Parameters<MetricsTarget['addMetric']>): void {
    this.#target.addMetric(...metric);
  }

  addDimension(name: string, value: string): void {
    this.#target.addDimension(name, value);
  }

  addDimensions(dimensions: Readonly<Record<string, string>>): void {
    this.#target.addDimensions(dimensions);
  }

  addMetadata(key: string, value: string): void {
    this.#target.addMetadata(key, value);
  }

  end(): void {
    const lent = this.#lent;
    this.#lent = undefined;
    this.#late = new SingleLines(this.lines, 'The event has ended');
    if (lent) this.lines.end(lent);
  }

  get #target(): MetricsTarget {
    return this.#late ?? (this.#lent ??= this.lines.begin()).line;
  }
}

const OUTSIDE = 'There is no event here';

/** Writes each metric at once. */
class SingleLines implements MetricsTarget {
  readonly #before: ((line: LentLine['line']) => void)[] = [];

  /** @param lacking Why no dimensions can be added, because no metric would follow; `undefined` if they can. */
  constructor(
    private readonly lines: PowertoolsLines,
    private readonly lacking?: string,
  ) {}

  addMetric(...metric: Parameters<MetricsTarget['addMetric']>): void {
    this.lines.write((line) => {
      for (const add of this.#before) add(line);
      line.addMetric(...metric);
    });
  }

  addDimension(name: string, value: string): void {
    this.#add((line) => line.addDimension(name, value));
  }

  addDimensions(dimensions: Readonly<Record<string, string>>): void {
    this.#add((line) => line.addDimensions(dimensions));
  }

  addMetadata(key: string, value: string): void {
    this.#add((line) => line.addMetadata(key, value));
  }

  #add(add: (line: LentLine['line']) => void): void {
    if (this.lacking !== undefined) {
      throw new Error(
        `${this.lacking}, so a dimension or metadata would belong to no metric. Use metrics.singleMetric(), or the ` +
          'option dimensions of MetricsModule for all metrics.',
      );
    }
    this.#before.push(add);
  }
}
