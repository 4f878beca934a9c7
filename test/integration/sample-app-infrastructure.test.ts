import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from '../package/manifest.js';

const sample = join(repository, 'sample-app');
const outdir = mkdtempSync(join(tmpdir(), 'lambent-sample-'));

type Resource = { readonly Type: string; readonly Properties: Record<string, unknown> };
let resources: Resource[];

function node(...args: readonly string[]): void {
  execFileSync(process.execPath, args, {
    cwd: sample,
    env: { ...process.env, NODE_OPTIONS: '', CDK_OUTDIR: outdir },
    stdio: 'pipe',
  });
}

/** As `cdk synth` does it, by what `cdk.json` says. */
beforeAll(() => {
  node(join(repository, 'node_modules/typescript/bin/tsc'), '-p', 'infrastructure');
  node('infrastructure/dist/app.js');
  const template = JSON.parse(readFileSync(join(outdir, 'Orders.template.json'), 'utf8')) as {
    Resources: Record<string, Resource>;
  };
  resources = Object.values(template.Resources);
});

afterAll(() => rmSync(outdir, { recursive: true }));

const ofType = (type: string): Record<string, unknown>[] =>
  resources.filter(({ Type }) => Type === type).map(({ Properties }) => Properties);

test('the queue and the table of the sample app are mapped to its function, with reports of single failures', () => {
  const mappings = ofType('AWS::Lambda::EventSourceMapping');
  expect(mappings).toHaveLength(2);
  for (const mapping of mappings) expect(mapping['FunctionResponseTypes']).toEqual(['ReportBatchItemFailures']);
  expect(mappings).toContainEqual(
    expect.objectContaining({ StartingPosition: 'TRIM_HORIZON', MaximumRetryAttempts: 10 }),
  );
});

test('its nightly report has a schedule', () => {
  expect(ofType('AWS::Scheduler::Schedule')).toEqual([
    expect.objectContaining({ Name: 'nightly-report', ScheduleExpression: 'cron(10 0 * * ? *)' }),
  ]);
});

test('its API has the routes of its controllers', () => {
  const keys = ofType('AWS::ApiGatewayV2::Route').map(({ RouteKey }) => RouteKey);
  expect(keys).toEqual(
    expect.arrayContaining([
      '$default',
      'POST /orders',
      'GET /orders/{id}',
      'PATCH /orders/{id}/status',
      'GET /reports/{day}',
    ]),
  );
});

test('nothing in its template is known to be wrong', () => {
  const report = JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8')) as {
    pluginReports: { violations: object[] }[];
  };
  expect(report.pluginReports.flatMap(({ violations }) => violations)).toEqual([]);
});
