import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repository } from '../../package/manifest.js';
import { type EmfMetric, metricsIn } from '../emf.js';

/** In a process of its own: the store that Powertools looks for is loaded by `import()`, which Jest doesn't have. */
async function metricsOf(environment: Readonly<Record<string, string>>): Promise<EmfMetric[]> {
  const files = ['test/application/child/run.cjs', 'test/observability/child/managed-instances.ts'];
  const { stdout } = await promisify(execFile)(
    process.execPath,
    files.map((file) => join(repository, file)),
    { timeout: 300_000, env: { ...process.env, AWS_LAMBDA_FUNCTION_NAME: 'orders', ...environment } },
  );
  return metricsIn(stdout);
}

it.each([
  ['that Managed Instances run at the same time', { AWS_LAMBDA_MAX_CONCURRENCY: '64' }],
  ['that run in a process without that store', {}],
])('keeps the metrics of requests and records apart %s', async (_, environment) => {
  const metrics = await metricsOf(environment);
  const steps = metrics.filter(({ name }) => name === 'Steps');
  expect(steps).toHaveLength(3 * 20 + 2 * 20);
  for (const { values, dimensions } of steps) {
    expect(values).toEqual(Array(3).fill(values[0]));
    expect(dimensions).toEqual([{ service: 'orders', tenant: String(values[0]) }]);
  }
  const latencies = (target: string) =>
    metrics
      .filter(({ name, dimensions }) => name === 'Latency' && Object.values(dimensions[0]!).includes(target))
      .flatMap(({ values }) => values);
  expect(latencies('GET /:tenant')).toHaveLength(60);
  expect(latencies('Tenants.run')).toHaveLength(40);
});
