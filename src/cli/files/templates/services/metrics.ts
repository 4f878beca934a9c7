import type { Service } from './service.js';

export const metrics: Service = {
  about: 'CloudWatch metrics: your own, latency and faults of each route',
  packages: ['@aws-lambda-powertools/metrics'],
  folder: 'metrics',
  module: ['AppMetricsModule', 'app-metrics.module'],
  lambentModule: 'MetricsModule',
  variables: `# Metrics are not written on your machine.
POWERTOOLS_METRICS_DISABLED=true
`,
  next: ['Choose the namespace and the service in src/metrics/app-metrics.module.ts.'],
  page: 'observability.md',
  files: (name) => ({
    'app-metrics.module.ts': `import { Module } from 'lambent';
import { MetricsModule } from 'lambent/observability';
import { SignupsController } from './signups.controller.js';

/** Makes Metrics injectable in every module, and measures each route and each consumer. */
@Module({
  imports: [
    MetricsModule.forRoot({
      namespace: '${name}',
      // The dimension of every metric. Functions of other projects may share the namespace.
      service: '${name}',
      defaults: ['latency', 'faults'],
    }),
  ],
  controllers: [SignupsController],
})
export class AppMetricsModule {}
`,
    'signups.controller.ts': `import { IsIn } from 'class-validator';
import { Controller, Post } from 'lambent';
import { Metrics } from 'lambent/observability';

export class SignupDto {
  @IsIn(['free', 'pro'])
  plan!: 'free' | 'pro';
}

@Controller('signups')
export class SignupsController {
  constructor(private readonly metrics: Metrics) {}

  @Post('/', { status: 201 })
  signUp({ plan }: SignupDto) {
    // A dimension needs few values: CloudWatch bills each.
    this.metrics.addDimension('plan', plan).addMetric('Signups', 'Count', 1);
    return { plan };
  }
}
`,
    'signups.controller.spec.ts': `import { Metrics } from 'lambent/observability';
import { Test } from 'lambent/testing';
import { AppMetricsModule } from './app-metrics.module.js';

process.env.POWERTOOLS_METRICS_DISABLED = 'true';

test('POST /signups counts signups by plan', async () => {
  const counted: unknown[] = [];
  const metrics: Partial<Metrics> = {
    addDimension(...dimension) {
      counted.push(dimension);
      return this as Metrics;
    },
    addMetric(...metric) {
      counted.push(metric);
      return this as Metrics;
    },
  };
  const app = await Test.createTestingModule({ imports: [AppMetricsModule] })
    .overrideProvider(Metrics)
    .useValue(metrics)
    .compile();
  const response = await app.inject({ method: 'POST', url: '/signups', payload: { plan: 'pro' } });
  expect(response.statusCode).toBe(201);
  expect(counted).toEqual([
    ['plan', 'pro'],
    ['Signups', 'Count', 1],
  ]);
  await app.close();
});
`,
  }),
};
