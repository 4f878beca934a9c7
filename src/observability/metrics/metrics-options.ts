import { anObject, checkOptions, either, flag, listOf, oneOf, type Rules, text } from '../../errors/check-options.js';
import { isDimensionName, isDimensionValue } from './emf-rules.js';

/** What is measured without a line of code. */
export const DEFAULT_METRICS = ['latency', 'errors', 'faults', 'throttles', 'coldStarts'] as const;

/**
 * - `latency`: `Latency`, the milliseconds of each request and each call of a consumer
 * - `errors`: `Errors`, 4xx responses and records that are invalid or refused
 * - `faults`: `Faults`, 5xx responses, unhandled errors, and records that failed otherwise
 * - `throttles`: `Throttles`, 429 responses
 * - `coldStarts`: `ColdStart`, the first event of an environment that started on demand
 */
export type DefaultMetric = (typeof DEFAULT_METRICS)[number];

/** The options of `MetricsModule.forRoot`. */
export interface MetricsOptions {
  /** The namespace in CloudWatch, such as `shop`. Default: `POWERTOOLS_METRICS_NAMESPACE`. */
  readonly namespace?: string;
  /** The dimension `service` of every metric. Default: `POWERTOOLS_SERVICE_NAME`, otherwise the function's name. */
  readonly service?: string;
  /** Dimensions of every metric, such as `{ stage: 'prod' }`. */
  readonly dimensions?: Readonly<Record<string, string>>;
  /**
   * Metrics by route and by consumer: all of them, or the named ones. None by default, because CloudWatch bills each.
   */
  readonly defaults?: boolean | readonly DefaultMetric[];
}

const RULES: Rules<MetricsOptions> = {
  namespace: text,
  service: { expected: 'text of up to 1024 characters of printable ASCII', accepts: isDimensionValue },
  dimensions: {
    expected: 'an object with names of up to 250 and texts of up to 1024 characters of printable ASCII',
    accepts: (value) =>
      anObject.accepts(value) &&
      Object.entries(value as object).every(([name, one]) => isDimensionName(name) && isDimensionValue(one)),
  },
  defaults: either(flag, listOf(oneOf(...DEFAULT_METRICS))),
};

/** @throws BootstrapError for an unknown option or an invalid value. */
export function checkMetricsOptions(options: MetricsOptions): void {
  checkOptions(options, RULES, 'the options of MetricsModule');
}

export function wantedDefaults({ defaults = false }: MetricsOptions): ReadonlySet<DefaultMetric> {
  if (typeof defaults === 'boolean') return new Set(defaults ? DEFAULT_METRICS : []);
  return new Set(defaults);
}
