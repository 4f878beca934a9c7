import type { Metrics as PowertoolsMetrics } from '@aws-lambda-powertools/metrics';
import {
  checkDimension,
  checkMetadata,
  checkMetricName,
  checkMetricValue,
  LineNames,
  LineSize,
  MOST_METRICS,
} from './emf-rules.js';
import type { MetricResolution, MetricUnit } from './metrics.js';

/** Dimensions by their names. */
export type Dimensions = Readonly<Record<string, string>>;

/** Metrics of one line, and then of the next, if CloudWatch's limits need several. They share their dimensions. */
export class MetricsLine {
  readonly #names = new Set<string>();
  readonly #dimensions = new Map<string, string>();
  readonly #sets: Dimensions[] = [];
  readonly #metadata = new Map<string, string>();
  readonly #kinds: LineNames;
  readonly #size = new LineSize();

  /** @param defaults The dimensions that every line has. */
  constructor(
    private readonly powertools: PowertoolsMetrics,
    private readonly defaults: Dimensions,
  ) {
    this.#kinds = new LineNames(Object.keys(defaults));
  }

  addDimension(name: string, value: string): void {
    this.#checkDimension(name, value);
    for (const set of this.#sets) checkSame(name, value, set);
    const before = this.#dimensions.get(name);
    this.#size.add(`The dimension ${name}`, [name, name, value], before === undefined ? [] : [name, name, before]);
    this.powertools.addDimension(name, value);
    this.#kinds.take(name, 'dimension');
    this.#dimensions.set(name, value);
  }

  addDimensions(dimensions: Dimensions): void {
    const set = { ...dimensions };
    const known = { ...this.defaults, ...Object.fromEntries(this.#dimensions) };
    for (const [name, value] of Object.entries(set)) {
      this.#checkDimension(name, value);
      for (const other of [known, ...this.#sets]) checkSame(name, value, other);
    }
    this.#size.add('The set of dimensions', [
      ...Object.entries(set).flat(),
      ...Object.keys({ ...this.defaults, ...set }),
    ]);
    this.powertools.addDimensions(set);
    for (const name of Object.keys(set)) this.#kinds.take(name, 'dimension');
    this.#sets.push(set);
  }

  addMetadata(key: string, value: string): void {
    checkMetadata(key, value);
    this.#kinds.check(key, 'metadata');
    const before = this.#metadata.get(key);
    this.#size.add(`The metadata ${key}`, [key, value], before === undefined ? [] : [key, before]);
    this.powertools.addMetadata(key, value);
    this.#kinds.take(key, 'metadata');
    this.#metadata.set(key, value);
  }

  addMetric(name: string, unit: MetricUnit, value: number, resolution?: MetricResolution): void {
    checkMetricName(name);
    checkMetricValue(name, value);
    this.#kinds.check(name, 'metric');
    if (this.#names.size === MOST_METRICS && !this.#names.has(name)) this.#nextLine();
    this.powertools.addMetric(name, unit, value, resolution);
    this.#kinds.take(name, 'metric');
    this.#names.add(name);
    // With the hundredth value of a metric Powertools has written the line, and has forgotten the dimensions.
    if (!this.powertools.hasStoredMetrics()) this.#afterLine();
  }

  /** Writes what is not written yet. Afterwards Powertools' object is as it was before the line. */
  end(): void {
    if (this.powertools.hasStoredMetrics()) this.powertools.publishStoredMetrics();
    this.powertools.clearDimensions();
    this.powertools.clearMetadata();
  }

  #checkDimension(name: string, value: string): void {
    checkDimension(name, value);
    this.#kinds.check(name, 'dimension');
  }

  #nextLine(): void {
    this.powertools.publishStoredMetrics();
    this.#afterLine();
  }

  #afterLine(): void {
    this.#names.clear();
    for (const [name, value] of this.#dimensions) this.powertools.addDimension(name, value);
    for (const set of this.#sets) this.powertools.addDimensions(set);
    for (const [key, value] of this.#metadata) this.powertools.addMetadata(key, value);
  }
}

/** @throws Error for a second value of a dimension: the line has one member for its name, which all sets refer to. */
function checkSame(name: string, value: string, set: Dimensions): void {
  if (!Object.hasOwn(set, name) || set[name] === value) return;
  throw new Error(
    `The dimension ${name} has the value "${set[name]}" in another set of this event. Use metrics.singleMetric() for ` +
      'metrics with another value.',
  );
}
