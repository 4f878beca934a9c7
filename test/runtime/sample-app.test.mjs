// The built sample under AWS's runtime client, its table in a DynamoDB and its queue in an SQS on loopback.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { startQueues } from 'lambent/local';
import { events } from 'lambent/testing';
import { runtimeUnderTest, startFunction } from './lambda-function.mjs';

const repository = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const taskRoot = join(repository, 'sample-app');
const bounded = { timeout: 30_000 };
/** For the build, which makes the code cache. */
const account = { AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };

const apiKey = 'secret';
const headers = { 'x-api-key': apiKey };
const order = {
  customer: { name: 'Ada Lovelace', email: 'ada@example.com' },
  lines: [{ sku: 'TEA-0042', quantity: 2, unitPrice: 450 }],
};

let database;
let client;
let queues;

before(async () => {
  const { startEmbeddedDatabase } = await import('../../sample-app/dist/database/embedded-database.js');
  const { createOrdersTable } = await import('../../sample-app/dist/database/orders-table.js');
  database = await startEmbeddedDatabase();
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  client = new DynamoDBClient({ endpoint: database.endpoint, region: 'eu-central-1', credentials });
  await createOrdersTable(client, 'orders');
  queues = await startQueues({ names: ['shipments'] });
});

after(async () => {
  client.destroy();
  await database.close();
  await queues.close();
});

async function start(t, { root = taskRoot, handler = 'dist/lambda.handler', env } = {}) {
  const lambda = await startFunction({ taskRoot: root, handler, env: { ...variables(), ...env } });
  t.after(() => lambda.stop());
  return lambda;
}

function variables() {
  return {
    API_KEY: apiKey,
    TABLE_NAME: 'orders',
    AWS_ENDPOINT_URL_DYNAMODB: database.endpoint,
    AWS_ENDPOINT_URL_SQS: queues.endpoint,
    SHIPMENTS_QUEUE_URL: queues.urlOf('shipments'),
  };
}

/** A server that takes connections and never says a word. */
async function startSilence(t) {
  const sockets = new Set();
  const server = createServer((socket) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${server.address().port}`;
}

/** The log lines without those of metrics, which CloudWatch reads. */
function logsOf(lambda) {
  return lambda.logs.filter((line) => !('_aws' in line));
}

/** The next invocation works, and says what is wrong. */
async function tellsThatDatabaseIsDown(lambda) {
  const { payload } = await lambda.invoke(request('/health'));
  assert.deepEqual([payload.statusCode, JSON.parse(payload.body).error], [503, { database: { status: 'down' } }]);
}

function request(url, options = {}) {
  return events.apiGatewayV2({ url, headers, ...options });
}

test(
  'the first invocation finds the application ready, and an order that was posted can be read',
  bounded,
  async (t) => {
    const lambda = await start(t);
    const { payload: posted } = await lambda.invoke(request('/orders', { method: 'POST', payload: order }), {
      traceId: 'Root=1-2-3',
    });
    assert.equal(posted.statusCode, 201);
    const { payload: read } = await lambda.invoke(request(posted.headers.location));
    assert.equal(read.statusCode, 200);
    assert.deepEqual(JSON.parse(read.body), JSON.parse(posted.body));
    const [first, second] = logsOf(lambda);
    const { id } = JSON.parse(posted.body);
    assert.deepEqual(
      [first.status_code, first.cold_start, first.trace_id, first.order_id],
      [201, true, 'Root=1-2-3', id],
    );
    assert.deepEqual([second.status_code, second.cold_start, second.route], [200, undefined, '/orders/:id']);
  },
);

test('a bundle with a code cache of the sample event starts with it', { timeout: 120_000 }, async (t) => {
  const bundle = mkdtempSync(join(tmpdir(), 'lambent-sample-'));
  t.after(() => rmSync(bundle, { recursive: true }));
  const flags = ['--external', 'dynalite,lambent/local', '--budget', '1000', '--out', bundle];
  const cache = ['--code-cache', 'events/list-orders.json', '--code-cache-flags='];
  const lambent = join(repository, 'dist/esm/cli/main.js');
  const { stdout } = await promisify(execFile)(
    runtimeUnderTest().node,
    [lambent, 'build', 'src/lambda.ts', ...flags, ...cache],
    { cwd: taskRoot, env: { ...process.env, ...account, ...variables(), API_KEY: 'local-key' } },
  );
  assert.match(stdout, /Code cache: .* from events\/list-orders\.json \(200\)/);
  const lambda = await start(t, { root: bundle, handler: 'lambda.handler' });
  assert.equal((await lambda.invoke(request('/orders'))).payload.statusCode, 200);
  assert.doesNotMatch([...lambda.stdout, ...lambda.stderr].join('\n'), /LAMBENT_CODE_CACHE/);
});

test('the message that placing an order sends comes back to the function, which books a parcel', bounded, async (t) => {
  const own = await startQueues({ names: ['shipments'] });
  t.after(() => own.close());
  const lambda = await start(t, {
    env: { AWS_ENDPOINT_URL_SQS: own.endpoint, SHIPMENTS_QUEUE_URL: own.urlOf('shipments') },
  });
  const { payload: posted } = await lambda.invoke(request('/orders', { method: 'POST', payload: order }));
  own.deliverTo(async (event) => (await lambda.invoke(event)).payload);
  await own.idle();
  const { payload: read } = await lambda.invoke(request(`${posted.headers.location}/shipment`));
  assert.equal(read.statusCode, 200);
  const line = lambda.logs.find(({ type }) => type === 'record');
  assert.deepEqual(
    [line.consumer, line.status, line.tracking_number],
    ['ShipmentsConsumer.ship', 'ok', JSON.parse(read.body).trackingNumber],
  );
  assert.deepEqual(own.deadLetters, []);
});

test(
  'an error that nobody handles reaches Lambda with its type, message and stack, and the next invocation works',
  bounded,
  async (t) => {
    const lambda = await start(t, { env: { TABLE_NAME: 'misspelt' } });
    const failed = await lambda.invoke(request('/orders'));
    assert.equal(failed.kind, 'error');
    assert.equal(failed.payload.errorType, 'ResourceNotFoundException');
    assert.match(failed.payload.errorMessage, /resource not found/i);
    assert.match(failed.payload.trace.join('\n'), /orders\.repository\.js/);
    const line = lambda.logs.find(({ type }) => type === 'access');
    assert.deepEqual([line.level, line.status_code, line.route], ['critical', 500, '/orders']);
    assert.match(line.error_detail, /ResourceNotFoundException/);
    await tellsThatDatabaseIsDown(lambda);
  },
);

test(
  'a database that does not answer is a 504 with its log line before Lambda ends the process',
  bounded,
  async (t) => {
    const lambda = await start(t, { env: { AWS_ENDPOINT_URL_DYNAMODB: await startSilence(t) } });
    const result = await lambda.invoke(request('/orders'), { timeoutMs: 1_500 });
    assert.deepEqual([result.kind, result.payload?.statusCode], ['response', 504]);
    assert.ok(result.timing.totalMs > 1_000 && result.timing.totalMs < 1_500);
    const [line] = logsOf(lambda);
    assert.deepEqual([line.level, line.status_code, line.route], ['error', 504, '/orders']);
    await tellsThatDatabaseIsDown(lambda);
  },
);

test('the export streams: the prelude first, then one page after the other', bounded, async (t) => {
  const documents = DynamoDBDocumentClient.from(client);
  const ids = Array.from({ length: 250 }, (_, index) => `ffffffff-ffff-7fff-bfff-${String(index).padStart(12, '0')}`);
  const items = ids.map((id) => ({ ...order, id, part: 'order', kind: 'order', status: 'pending' }));
  await Promise.all(items.map((Item) => documents.send(new PutCommand({ TableName: 'orders', Item }))));
  const lambda = await start(t, { handler: 'dist/lambda.streamingHandler' });
  const result = await lambda.invoke(events.functionUrl({ url: '/orders/export', headers }));
  assert.equal(result.prelude.statusCode, 200);
  assert.equal(result.prelude.headers['content-type'], 'application/x-ndjson');
  assert.equal(result.failure, undefined);
  const lines = result.content
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual(lines.map(({ id }) => id).slice(0, ids.length), ids.toReversed());
  assert.ok(
    result.chunks.length >= 4,
    `${result.chunks.length} chunks: the prelude and three pages were not sent one by one`,
  );
});

test(
  'a stream whose first chunk does not come in time is a 504 with its log line, and the next invocation works',
  bounded,
  async (t) => {
    const env = { AWS_ENDPOINT_URL_DYNAMODB: await startSilence(t) };
    const lambda = await start(t, { handler: 'dist/lambda.streamingHandler', env });
    const event = events.functionUrl({ url: '/orders/export', headers });
    const result = await lambda.invoke(event, { timeoutMs: 1_500 });
    assert.equal(result.prelude.statusCode, 504);
    assert.equal(result.failure, undefined);
    assert.ok(result.timing.totalMs < 1_500);
    assert.equal((await lambda.invoke(events.functionUrl({ url: '/health' }))).prelude.statusCode, 503);
    assert.equal(logsOf(lambda)[0].status_code, 504);
  },
);

test('a missing variable fails the init phase by its name', bounded, async (t) => {
  const lambda = await start(t, { env: { API_KEY: '' } });
  const result = await lambda.invoke(request('/orders'));
  assert.deepEqual([result.kind, result.payload.errorType], ['init-error', 'BootstrapError']);
  assert.match(result.payload.errorMessage, /API_KEY is not set/);
});

test('SIGTERM closes what was opened, and the process ends by the signal', bounded, async (t) => {
  const lambda = await start(t);
  await lambda.invoke(request('/health'));
  assert.deepEqual(await lambda.kill('SIGTERM'), { code: null, signal: 'SIGTERM' });
  assert.deepEqual(
    logsOf(lambda).map(({ message }) => message),
    ['Database connections closed'],
  );
});
