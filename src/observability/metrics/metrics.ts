import { brand } from '../../shared/brand.js';

/** The target of metrics: a line of the current event, or one of their own. */
export interface MetricsTarget {
  addMetric(name: string, unit: MetricUnit, value: number, resolution?: MetricResolution): void;
  addDimension(name: string, value: string): void;
  addDimensions(dimensions: Readonly<Record<string, string>>): void;
  addMetadata(key: string, value: string): void;
}

/** Finds the targets of metrics. */
export interface MetricsTargets {
  /** Of the event that is being handled now, otherwise one that writes each metric at once. */
  current(): MetricsTarget;
  /** Writes each metric at once. */
  single(): MetricsTarget;
}

/**
 * Counts and measures for CloudWatch. Inject it by its type: `constructor(private readonly metrics: Metrics)`.
 *
 * What you add belongs to the event that is being handled: dimensions of one request or record never appear in
 * another's metrics, whatever runs at the same time. Its line is written when the event has ended, also if it failed or
 * timed out. Outside an event, and after its end, each metric is written at once. The methods are those of Powertools'
 * `Metrics`.
 */
export class Metrics {
  readonly #targets: MetricsTargets;

  /** @internal */
  constructor(targets: MetricsTargets) {
    this.#targets = targets;
  }

  /**
   * Adds a value. Values of one name become one metric, with its average, its percentiles and its sum.
   *
   * @param name 1 to 255 characters of printable ASCII.
   * @throws Error for a name, a unit or a value that CloudWatch doesn't take, such as NaN, for two units of one metric,
   *   and for the name of a dimension.
   */
  addMetric(name: string, unit: MetricUnit, value: number, resolution?: MetricResolution): this {
    this.#targets.current().addMetric(name, unit, value, resolution);
    return this;
  }

  /**
   * Adds a dimension to all metrics of this event. CloudWatch keeps, and bills, a metric for every value: use values of
   * which there are few, never ids.
   *
   * @throws Error outside an event, where it would belong to nothing, and for the name of a metric; RangeError for more
   *   than 29 dimensions, and for anything but printable ASCII, which CloudWatch would drop with all metrics of the
   *   line.
   */
  addDimension(name: string, value: string): this {
    this.#targets.current().addDimension(name, value);
    return this;
  }

  /**
   * Adds a set of dimensions: the metrics of this event are kept for it separately, beside those of other sets.
   *
   * @throws Error and RangeError as {@link Metrics.addDimension} does, and for a dimension that has another value in
   *   this event: a line has one value for each name.
   */
  addDimensions(dimensions: Readonly<Record<string, string>>): this {
    this.#targets.current().addDimensions(dimensions);
    return this;
  }

  /**
   * Adds a value to the log line alone, such as an id to search for.
   *
   * @throws Error for a name that a metric or a dimension has, TypeError for anything but text, RangeError if all
   *   dimensions and metadata of the event would be longer than 256 kB.
   */
  addMetadata(key: string, value: string): this {
    this.#targets.current().addMetadata(key, value);
    return this;
  }

  /** Returns metrics with dimensions of their own; each one is written at once. */
  singleMetric(): SingleMetric {
    return new SingleMetric(this.#targets.single());
  }
}
brand(Metrics, 'Metrics');

/** Metrics that share no line with others. */
export class SingleMetric {
  readonly #target: MetricsTarget;

  /** @internal */
  constructor(target: MetricsTarget) {
    this.#target = target;
  }

  addDimension(name: string, value: string): this {
    this.#target.addDimension(name, value);
    return this;
  }

  addMetadata(key: string, value: string): this {
    this.#target.addMetadata(key, value);
    return this;
  }

  /** Writes a line with this metric, and the dimensions and metadata added before. */
  addMetric(name: string, unit: MetricUnit, value: number, resolution?: MetricResolution): this {
    this.#target.addMetric(name, unit, value, resolution);
    return this;
  }
}

type Amount =
  | 'Bytes'
  | 'Kilobytes'
  | 'Megabytes'
  | 'Gigabytes'
  | 'Terabytes'
  | 'Bits'
  | 'Kilobits'
  | 'Megabits'
  | 'Gigabits'
  | 'Terabits'
  | 'Count';

/** The units of CloudWatch. Powertools' constants, such as `MetricUnit.Milliseconds`, have the same values. */
export type MetricUnit = 'Seconds' | 'Microseconds' | 'Milliseconds' | Amount | `${Amount}/Second` | 'Percent' | 'None';

/** The resolution of values in CloudWatch, in seconds: a minute is the standard, a second is high resolution. */
export type MetricResolution = 1 | 60;
