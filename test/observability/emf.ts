import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';

/** The schema that AWS publishes. */
const SPECIFIED = JSON.parse(readFileSync(join(__dirname, 'emf-schema.json'), 'utf8')) as object;

const name = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength, pattern: '^[ -~]*[!-~][ -~]*$' });

/**
 * What AWS's schema leaves to its text ("Specification: Embedded metric format"), and to the API that CloudWatch puts
 * the metrics through (API reference: Dimension, Metric, MetricDatum, PutMetricData). The narrower of two limits.
 */
const LIMITS = {
  type: 'object',
  properties: {
    _aws: {
      type: 'object',
      properties: {
        CloudWatchMetrics: {
          type: 'array',
          minItems: 1,
          items: {
            type: 'object',
            properties: {
              Namespace: { ...name(255), not: { pattern: '^(:|AWS/)' } },
              Dimensions: {
                type: 'array',
                items: { type: 'array', uniqueItems: true, items: { ...name(250), not: { pattern: '^:' } } },
              },
              Metrics: {
                type: 'array',
                minItems: 1,
                maxItems: 100,
                items: {
                  type: 'object',
                  properties: { Name: name(255), Unit: true, StorageResolution: { enum: [1, 60] } },
                  additionalProperties: false,
                },
              },
            },
            additionalProperties: false,
          },
        },
        Timestamp: true,
      },
      additionalProperties: false,
    },
  },
};

const ajv = new Ajv({ allErrors: true });
const CHECKS = [SPECIFIED, LIMITS].map((schema) => ajv.compile(schema));

/** A dimension has 1 to 1024 characters of ASCII, none of them a control character. */
const DIMENSION = /^(?=.*[!-~])[ -~]{1,1024}$/;
const LARGEST = 2 ** 360;
/** The least of the two sizes that 1 MB may mean. */
const MOST_BYTES = 1_000_000;

interface Directive {
  readonly Namespace: string;
  readonly Dimensions: readonly (readonly string[])[];
  readonly Metrics: readonly { readonly Name: string; readonly Unit?: string; readonly StorageResolution?: number }[];
}

/** What CloudWatch makes of one metric in a line. */
export interface EmfMetric {
  readonly namespace: string;
  readonly name: string;
  readonly unit: string | undefined;
  readonly values: readonly number[];
  /** One for each set of dimensions. */
  readonly dimensions: readonly Readonly<Record<string, string>>[];
}

/** Reads a line as CloudWatch does. @throws Error for a line that CloudWatch would reject, or would read otherwise. */
export function parseEmf(line: string): EmfMetric[] {
  const root = JSON.parse(line) as Record<string, unknown> & { _aws: { CloudWatchMetrics: readonly Directive[] } };
  for (const conforms of CHECKS)
    if (!conforms(root)) throw new Error(`${line}\n${JSON.stringify(conforms.errors, null, 1)}`);
  if (Buffer.byteLength(line) > MOST_BYTES) throw new Error('The line is over 1 MB');
  return root['_aws'].CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) => {
    const dimensions = Dimensions.map((set) =>
      Object.fromEntries(set.map((dimension) => [dimension, dimensionIn(root, dimension)])),
    );
    const names = Metrics.map(({ Name }) => Name);
    if (new Set(names).size < names.length) throw new Error(`A metric is defined twice: ${names.join()}`);
    return Metrics.map(({ Name, Unit }) => ({
      namespace: Namespace,
      name: Name,
      unit: Unit,
      values: valuesIn(root, Name),
      dimensions,
    }));
  });
}

function dimensionIn(root: Record<string, unknown>, dimension: string): string {
  const value = root[dimension];
  if (typeof value === 'string' && DIMENSION.test(value)) return value;
  throw new Error(`The dimension ${dimension} is ${JSON.stringify(value)}`);
}

function valuesIn(root: Record<string, unknown>, metric: string): number[] {
  const values = [root[metric]].flat();
  if (values.length > 0 && values.length <= 100 && values.every(isMetricValue)) return values;
  throw new Error(`The metric ${metric} is ${JSON.stringify(root[metric])}`);
}

function isMetricValue(value: unknown): value is number {
  return Number.isFinite(value) && Math.abs(value as number) <= LARGEST;
}

/** Returns the metrics in the output of a function. Every line must be JSON; lines without `_aws` are log lines. */
export function metricsIn(output: string): EmfMetric[] {
  return output
    .split('\n')
    .filter((line) => line !== '' && '_aws' in (JSON.parse(line) as object))
    .flatMap(parseEmf);
}
