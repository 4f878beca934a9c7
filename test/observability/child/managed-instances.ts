import 'reflect-metadata';
import { InvokeStore } from '@aws/lambda-invoke-store';
import { LambdaApplication } from '../../../src/application/lambda-application.js';
import { OnSqs } from '../../../src/decorators/consumers.js';
import { Module } from '../../../src/decorators/module.js';
import { Body, Param } from '../../../src/decorators/parameters.js';
import { Controller, Get } from '../../../src/decorators/routes.js';
import { MetricsModule } from '../../../src/observability/metrics/metrics-module.js';
import { Metrics } from '../../../src/observability/metrics/metrics.js';
import { events } from '../../../src/testing/events.js';
import { fakeContext } from '../../../src/testing/fake-context.js';
import { httpEvents } from '../../../src/testing/http-events.js';

// Started by managed-instances.test.ts, with AWS_LAMBDA_MAX_CONCURRENCY: runs invocations as the runtime of Managed
// Instances does, each in a context of the store where Powertools looks for it.
const turn = () => new Promise((resolve) => setTimeout(resolve, Math.random() * 5));

@Controller()
class Tenants {
  constructor(private readonly metrics: Metrics) {}

  @Get(':tenant')
  find(@Param('tenant') tenant: string) {
    return this.#measure(tenant);
  }

  @OnSqs('jobs', { concurrency: 5 })
  run(@Body() { tenant }: { tenant: string }) {
    return this.#measure(tenant);
  }

  async #measure(tenant: string) {
    this.metrics.addDimension('tenant', tenant);
    for (let step = 0; step < 3; step++) {
      await turn();
      this.metrics.addMetric('Steps', 'Count', Number(tenant));
    }
  }
}

@Module({ imports: [MetricsModule.forRoot({ namespace: 'shop', defaults: true })], controllers: [Tenants] })
class AppModule {}

async function main(): Promise<void> {
  const store = await InvokeStore.getInstanceAsync(true);
  const app = await LambdaApplication.create(AppModule, { accessLog: false }).ready();
  const invoke = (event: unknown): Promise<unknown> => {
    const context = fakeContext();
    return store.run({ [Symbol.for('_AWS_LAMBDA_REQUEST_ID')]: context.awsRequestId }, () =>
      app.handler(event, context),
    );
  };
  const tenants = Array.from({ length: 20 }, (_, tenant) => String(tenant));
  for (let round = 0; round < 3; round++)
    await Promise.all(tenants.map((tenant) => invoke(httpEvents.apiGatewayV2({ url: `/${tenant}` }))));
  const batch = events.sqs(
    'jobs',
    tenants.map((tenant) => ({ tenant })),
  );
  await Promise.all([invoke(batch), invoke(batch)]);
  await app.close();
}

void main();
