import { Ajv } from 'ajv';

const AMOUNTS = [
  'Bytes',
  'Kilobytes',
  'Megabytes',
  'Gigabytes',
  'Terabytes',
  'Bits',
  'Kilobits',
  'Megabits',
  'Gigabits',
  'Terabits',
  'Count',
];
const TIMES = ['Seconds', 'Microseconds', 'Milliseconds'];
const UNITS = [...TIMES, ...AMOUNTS, ...AMOUNTS.map((unit) => `${unit}/Second`), 'Percent', 'None'];

const name = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength });

/** CloudWatch, "Embedded metric format specification": its JSON schema, with the limits that its text adds. */
const SCHEMA = {
  type: 'object',
  required: ['_aws'],
  properties: {
    _aws: {
      type: 'object',
      required: ['Timestamp', 'CloudWatchMetrics'],
      properties: {
        Timestamp: { type: 'integer' },
        CloudWatchMetrics: {
          type: 'array',
          minItems: 1,
          items: {
            type: 'object',
            required: ['Namespace', 'Dimensions', 'Metrics'],
            properties: {
              Namespace: name(1024),
              Dimensions: {
                type: 'array',
                minItems: 1,
                items: { type: 'array', minItems: 1, maxItems: 30, uniqueItems: true, items: name(250) },
              },
              Metrics: {
                type: 'array',
                minItems: 1,
                maxItems: 100,
                items: {
                  type: 'object',
                  required: ['Name'],
                  properties: { Name: name(1024), Unit: { enum: UNITS }, StorageResolution: { enum: [1, 60] } },
                  additionalProperties: false,
                },
              },
            },
            additionalProperties: false,
          },
        },
      },
    },
  },
};

const conforms = new Ajv({ allErrors: true }).compile(SCHEMA);

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
  if (!conforms(root)) throw new Error(`${line}\n${JSON.stringify(conforms.errors, null, 1)}`);
  if (Buffer.byteLength(line) > 1_000_000) throw new Error('The line is over 1 MB');
  return root['_aws'].CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) => {
    const dimensions = Dimensions.map((set) =>
      Object.fromEntries(set.map((dimension) => [dimension, dimensionIn(root, dimension)])),
    );
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
  if (typeof value === 'string' && value !== '' && value.length <= 1024) return value;
  throw new Error(`The dimension ${dimension} is ${JSON.stringify(value)}`);
}

function valuesIn(root: Record<string, unknown>, metric: string): number[] {
  const values = [root[metric]].flat();
  if (values.length > 0 && values.length <= 100 && values.every((value) => Number.isFinite(value)))
    return values as number[];
  throw new Error(`The metric ${metric} is ${JSON.stringify(root[metric])}`);
}

/** Returns the metrics in the output of a function. Every line must be JSON; lines without `_aws` are log lines. */
export function metricsIn(output: string): EmfMetric[] {
  return output
    .split('\n')
    .filter((line) => line !== '' && '_aws' in (JSON.parse(line) as object))
    .flatMap(parseEmf);
}
