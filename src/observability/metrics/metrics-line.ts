import type { Metrics as PowertoolsMetrics } from '@aws-lambda-powertools/metrics';
import { checkDimension, checkMetadata, checkMetricValue, LineNames } from './emf-rules.js';
import type { MetricResolution, MetricUnit } from './metric-unit.js';

/** Metrics of one line, and then of the next, if CloudWatch's limits need several. They share their dimensions. */
export class MetricsLine {
  readonly #names = new Set<string>();
  readonly #dimensions = new Map<string, string>();
  readonly #sets: Readonly<Record<string, string>>[] = [];
  readonly #metadata = new Map<string, string>();
  readonly #kinds: LineNames;

  /** @param dimensions The names of the dimensions that every line has. */
  constructor(
    private readonly powertools: PowertoolsMetrics,
    dimensions: Iterable<string>,
  ) {
    this.#kinds = new LineNames(dimensions);
  }

  addDimension(name: string, value: string): void {
    this.#checkDimension(name, value);
    this.powertools.addDimension(name, value);
    this.#dimensions.set(name, value);
  }

  addDimensions(dimensions: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(dimensions)) this.#checkDimension(name, value);
    this.powertools.addDimensions(dimensions);
    this.#sets.push({ ...dimensions });
  }

  addMetadata(key: string, value: string): void {
    checkMetadata(key, value);
    this.#kinds.take(key, 'metadata');
    this.powertools.addMetadata(key, value);
    this.#metadata.set(key, value);
  }

  addMetric(name: string, unit: MetricUnit, value: number, resolution?: MetricResolution): void {
    checkMetricValue(name, value);
    this.#kinds.take(name, 'metric');
    if (this.#names.size === MOST_METRICS && !this.#names.has(name)) this.#nextLine();
    this.powertools.addMetric(name, unit, value, resolution);
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
    this.#kinds.take(name, 'dimension');
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

/** The limit of a line (CloudWatch: "Embedded metric format specification"). */
const MOST_METRICS = 100;
