// The asset that the sample app's infrastructure synthesises, under AWS's runtime client, as the template has it configured.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startQueues } from 'lambent/local';
import { events } from 'lambent/testing';
import { startFunction } from './lambda-function.mjs';

const repository = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const sample = join(repository, 'sample-app');
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
const bounded = { timeout: 30_000 };

// From here no node_modules can be reached.
const assembly = mkdtempSync(join(tmpdir(), 'lambent-assembly-'));
let database;
let queues;

const node = (...args) =>
  execFileSync(process.execPath, args, { cwd: sample, env: { ...process.env, CDK_OUTDIR: assembly }, stdio: 'pipe' });

before(async () => {
  node(tsc, '-p', 'infrastructure');
  node('infrastructure/dist/app.js');
  const { startEmbeddedDatabase } = await import('../../sample-app/dist/database/embedded-database.js');
  const { createOrdersTable } = await import('../../sample-app/dist/database/orders-table.js');
  database = await startEmbeddedDatabase();
  const client = new DynamoDBClient({
    endpoint: database.endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  await createOrdersTable(client, 'orders');
  client.destroy();
  queues = await startQueues({ names: ['shipments'] });
});

after(async () => {
  await database.close();
  await queues.close();
  rmSync(assembly, { recursive: true });
});

/** The function of the template; what CloudFormation would fill in is that of this machine. */
function synthesised() {
  const { Resources } = JSON.parse(readFileSync(join(assembly, 'Orders.template.json'), 'utf8'));
  const { Properties } = Object.values(Resources).find(({ Type }) => Type === 'AWS::Lambda::Function');
  const asset = readdirSync(assembly).find((name) => name === `asset.${Properties.Code.S3Key.replace('.zip', '')}`);
  const filledIn = {
    API_KEY: 'secret',
    TABLE_NAME: 'orders',
    RATE_LIMITS_TABLE: 'rate-limits',
    SHIPMENTS_QUEUE_URL: queues.urlOf('shipments'),
  };
  const endpoints = { AWS_ENDPOINT_URL_DYNAMODB: database.endpoint, AWS_ENDPOINT_URL_SQS: queues.endpoint };
  assert.deepEqual(Object.keys(Properties.Environment.Variables).toSorted(), [
    'API_KEY',
    'FUNCTION_TIMEOUT',
    'RATE_LIMITS_TABLE',
    'SHIPMENTS_QUEUE_URL',
    'TABLE_NAME',
  ]);
  return {
    taskRoot: join(assembly, asset),
    handler: Properties.Handler,
    env: { ...Properties.Environment.Variables, ...filledIn, ...endpoints },
  };
}

test('the synthesised asset serves requests and consumes what its mappings bring', bounded, async (t) => {
  const lambda = await startFunction(synthesised());
  t.after(() => lambda.stop());
  const headers = { 'x-api-key': 'secret' };
  const payload = {
    customer: { name: 'Ada Lovelace', email: 'ada@example.com' },
    lines: [{ sku: 'TEA-0042', quantity: 2, unitPrice: 450 }],
  };
  const { payload: posted } = await lambda.invoke(
    events.apiGatewayV2({ method: 'POST', url: '/orders', headers, payload }),
  );
  assert.equal(posted.statusCode, 201);
  const { id: orderId } = JSON.parse(posted.body);

  const shipping = await lambda.invoke(
    events.sqs('shipments', [{ orderId }, { orderId: 7 }], (index) => ({ messageId: `m${index}` })),
  );
  assert.deepEqual(shipping.payload, { batchItemFailures: [{ itemIdentifier: 'm1' }] });
  const report = await lambda.invoke(events.schedule({ rule: 'nightly-report' }));
  assert.equal(report.kind, 'response');

  const { payload: unknown } = await lambda.invoke(events.apiGatewayV2({ url: '/nowhere', headers }));
  assert.deepEqual([unknown.statusCode, JSON.parse(unknown.body)], [404, { detail: 'Not Found' }]);
});

test('the synthesised asset has no source maps, and needs nothing beside it', () => {
  const { taskRoot } = synthesised();
  const names = readdirSync(taskRoot);
  assert.ok(
    names.every((name) => name.endsWith('.mjs')),
    names.join(),
  );
});
