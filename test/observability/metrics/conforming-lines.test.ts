import fc from 'fast-check';
import { Controller, Post } from '../../../src/decorators/routes.js';
import { MetricsModule } from '../../../src/observability/metrics/metrics-module.js';
import { Metrics } from '../../../src/observability/metrics/metrics.js';
import { inject } from '../../../src/testing/inject.js';
import { createApp } from '../../application/create-app.js';
import { captureStdout } from '../../logging/captured-stdout.js';
import { metricsIn } from '../emf.js';

afterEach(() => jest.restoreAllMocks());

type Step = ['metric' | 'dimension' | 'metadata', string, unknown] | ['set', Record<string, string>];

const TEXT = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('A', 'B', 'service', 'stage', '_aws', '__proto__', 'constructor', ':a', '') },
  fc.string({ unit: 'binary', maxLength: 5 }),
  fc.integer({ min: 240, max: 300_000 }).map((length) => 'x'.repeat(length)),
);
const STEP: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(fc.constant('metric' as const), TEXT, fc.oneof(fc.double(), fc.integer({ max: 2 ** 31 }), TEXT)),
  fc.tuple(fc.constantFrom('dimension' as const, 'metadata' as const), TEXT, fc.oneof(TEXT, fc.constant(undefined))),
  fc.tuple(fc.constant('set' as const), fc.dictionary(TEXT, TEXT, { maxKeys: 40 })),
);

describe('whatever is added', () => {
  it('is refused, or is in lines that CloudWatch takes, each value once', async () => {
    @Controller()
    class Fuzzed {
      constructor(private readonly metrics: Metrics) {}
      @Post('fuzzed') fuzzed() {
        accepted = steps.filter((step) => {
          try {
            this.#take(step);
            return true;
          } catch (error) {
            refused.push(error);
            return false;
          }
        });
      }
      #take([kind, name, value]: [...Step, unknown?]) {
        if (kind === 'metric') this.metrics.addMetric(name as string, 'Count', value as number);
        else if (kind === 'dimension') this.metrics.addDimension(name as string, value as string);
        else if (kind === 'metadata') this.metrics.addMetadata(name as string, value as string);
        else this.metrics.addDimensions(name as Record<string, string>);
      }
    }
    let steps: readonly Step[] = [];
    let accepted: readonly Step[] = [];
    const refused: unknown[] = [];
    const app = createApp({
      imports: [MetricsModule.forRoot({ namespace: 'shop', service: 'orders', dimensions: { stage: 'prod' } })],
      controllers: [Fuzzed],
    });
    await fc.assert(
      fc.asyncProperty(fc.array(STEP, { maxLength: 120, size: 'max' }), async (given) => {
        steps = given;
        const stdout = captureStdout();
        await inject(app, { method: 'POST', url: '/fuzzed' });
        const values = metricsIn(stdout.text()).flatMap(({ name, values: some }) =>
          some.map((value) => `${name} ${value}`),
        );
        const metrics = accepted
          .filter(([kind]) => kind === 'metric')
          .map(([, name, value]) => `${String(name)} ${String(value)}`);
        expect(values.toSorted()).toEqual(metrics.toSorted());
        for (const { dimensions } of metricsIn(stdout.text()))
          for (const set of dimensions) expect(Object.keys(set)).toEqual(expect.arrayContaining(['service', 'stage']));
      }),
      { numRuns: 25 },
    );
    for (const error of refused) expect(error).toBeInstanceOf(Error);
  });
});
