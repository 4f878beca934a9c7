import { BootstrapError } from '../../errors/bootstrap-error.js';
import {
  anObject,
  checkOptions,
  either,
  flag,
  listOf,
  oneOf,
  type OptionRule,
  type OptionRules,
} from '../../errors/check-options.js';
import { isDimensionName, isDimensionValue, isNamespace, MOST_DIMENSIONS } from './emf-rules.js';

/** The metrics that need no line of code. */
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

const NAMESPACE: OptionRule = {
  expected: 'text of up to 255 characters of printable ASCII, not with ":" or "AWS/" at the beginning',
  accepts: isNamespace,
};

const VALUE: OptionRule = { expected: 'text of up to 1024 characters of printable ASCII', accepts: isDimensionValue };

const RULES: OptionRules<MetricsOptions> = {
  namespace: NAMESPACE,
  service: VALUE,
  dimensions: {
    expected:
      `an object with up to ${MOST_DIMENSIONS - 1} names of up to 250 and texts of up to 1024 characters of ` +
      'printable ASCII',
    accepts: (value) => {
      if (!anObject.accepts(value)) return false;
      const entries = Object.entries(value as object);
      // The service is one, too.
      return (
        entries.length < MOST_DIMENSIONS &&
        entries.every(([name, one]) => isDimensionName(name) && isDimensionValue(one))
      );
    },
  },
  defaults: either(flag, listOf(oneOf(...DEFAULT_METRICS))),
};

/** The variables of Powertools whose text is part of every line. */
const VARIABLES: Readonly<Record<string, OptionRule>> = {
  POWERTOOLS_METRICS_NAMESPACE: NAMESPACE,
  POWERTOOLS_SERVICE_NAME: VALUE,
  POWERTOOLS_METRICS_FUNCTION_NAME: VALUE,
};

/** @throws BootstrapError for a variable that would make CloudWatch drop every line. */
export function checkEnvironment(): void {
  for (const [name, { expected, accepts }] of Object.entries(VARIABLES)) {
    const value = process.env[name];
    if (value && !accepts(value))
      throw new BootstrapError(`The environment variable ${name} is ${JSON.stringify(value)}; it takes ${expected}.`);
  }
}

/** The names of what the option `defaults` writes. A line has one value for each name. */
const NAMES_OF_DEFAULTS = ['route', 'consumer', 'Latency', 'Errors', 'Faults', 'Throttles', 'ColdStart'];

/** @throws BootstrapError for an unknown option or an invalid value. */
export function checkMetricsOptions(options: MetricsOptions): void {
  checkOptions(options, RULES, 'the options of MetricsModule');
  const { dimensions = {} } = options;
  const taken = NAMES_OF_DEFAULTS.find((name) => Object.hasOwn(dimensions, name));
  if (taken !== undefined && wantedDefaults(options).size > 0)
    throw new BootstrapError(
      `The options of MetricsModule: dimensions has ${taken}, a name that the option defaults uses for itself. ` +
        'Choose another one.',
    );
}

export function wantedDefaults({ defaults = false }: MetricsOptions): ReadonlySet<DefaultMetric> {
  if (typeof defaults === 'boolean') return new Set(defaults ? DEFAULT_METRICS : []);
  return new Set(defaults);
}
