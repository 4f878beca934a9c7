import { metricsIn, parseEmf } from './emf.js';

/** The example of the specification. */
const EXAMPLE = {
  _aws: {
    Timestamp: 1574109732004,
    CloudWatchMetrics: [
      {
        Namespace: 'lambda-function-metrics',
        Dimensions: [['functionVersion']],
        Metrics: [{ Name: 'time', Unit: 'Milliseconds', StorageResolution: 60 }],
      },
    ],
  },
  functionVersion: '$LATEST',
  time: 100,
  requestId: '989ffbf8-9ace-4817-a57c-e4dd734019ee',
};

const changed = (change: (line: typeof EXAMPLE) => void): string => {
  const copy = structuredClone(EXAMPLE);
  change(copy);
  return JSON.stringify(copy);
};
const directive = (line: typeof EXAMPLE) => line['_aws'].CloudWatchMetrics[0]!;

const rename = (line: typeof EXAMPLE, to: string) => {
  directive(line).Metrics[0]!.Name = to;
  Object.assign(line, { [to]: 1 });
};

describe('the check of metric lines', () => {
  it('reads the example of the specification', () => {
    expect(metricsIn(`{"level":"info"}\n${JSON.stringify(EXAMPLE)}\n`)).toEqual([
      {
        namespace: 'lambda-function-metrics',
        name: 'time',
        unit: 'Milliseconds',
        values: [100],
        dimensions: [{ functionVersion: '$LATEST' }],
      },
    ]);
  });

  it.each<[string, (line: typeof EXAMPLE) => void]>([
    ['without a timestamp', ({ _aws }) => Reflect.deleteProperty(_aws, 'Timestamp')],
    ['without a namespace', (line) => (directive(line).Namespace = '')],
    ['with a namespace of AWS', (line) => (directive(line).Namespace = 'AWS/Lambda')],
    ['with a namespace that begins with a colon', (line) => (directive(line).Namespace = ':shop')],
    ['with a namespace of 256 characters', (line) => (directive(line).Namespace = 'x'.repeat(256))],
    ['with more in a definition', (line) => Object.assign(directive(line), { More: 1 })],
    ['with a metric that is defined twice', (line) => directive(line).Metrics.push(directive(line).Metrics[0]!)],
    ['with a dimension that is missing', (line) => (directive(line).Dimensions = [['functionVersion', 'stage']])],
    ['with a dimension that is not ASCII', (line) => (line.functionVersion = 'grün')],
    ['with a value beyond the range', (line) => (line.time = 2 ** 361)],
    ['with a name that has a line break', (line) => rename(line, 'a\nb')],
    ['with a name that is not ASCII', (line) => rename(line, 'Größe')],
    ['with a name of 256 characters', (line) => rename(line, 'x'.repeat(256))],
    ['over 1 MB', (line) => (line.requestId = 'x'.repeat(1_000_000))],
    ['with 31 dimensions', (line) => (directive(line).Dimensions = [Array.from({ length: 31 }, (_, n) => `d${n}`)])],
    ['with an unknown unit', (line) => (directive(line).Metrics[0]!.Unit = 'Hours')],
    ['with another resolution', (line) => (directive(line).Metrics[0]!.StorageResolution = 5)],
    ['with a dimension that has no value', (line) => (line.functionVersion = '')],
    ['with a metric that is text', (line) => Object.assign(line, { time: '100' })],
    ['with 101 values', (line) => Object.assign(line, { time: Array.from({ length: 101 }, () => 1) })],
    [
      'with 101 metrics',
      (line) => Object.assign(directive(line), { Metrics: Array.from({ length: 101 }, () => ({ Name: 'time' })) }),
    ],
  ])('refuses a line %s', (_, change) => {
    expect(() => parseEmf(changed(change))).toThrow();
  });
});
