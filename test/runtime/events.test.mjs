// Sources that are no requests, under AWS's runtime client: what the Runtime API is told is what AWS acts on.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { events } from 'lambent/testing';
import { startFunction } from './lambda-function.mjs';

const project = join(dirname(fileURLToPath(import.meta.url)), 'fixture-events');
const taskRoot = join(project, 'dist');
const bounded = { timeout: 30_000 };

before(() => {
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
  execFileSync(process.execPath, [tsc, '-p', project], { stdio: 'inherit' });
});

async function start(t) {
  const lambda = await startFunction({ taskRoot });
  t.after(() => lambda.stop());
  return lambda;
}

/** Orders of these amounts; `undefined` makes one that is not valid. */
function orders(...amounts) {
  return amounts.map((amount, index) => ({ id: `o${index}`, amount }));
}

const messageIds = (index) => ({ messageId: `m${index}` });

function failuresOf({ kind, payload }) {
  assert.equal(kind, 'response');
  return payload.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}

test('of ten messages the two that failed are named, and each has its line', bounded, async (t) => {
  const lambda = await start(t);
  const event = events.sqs('orders', orders(1, 1, 1, 0, 1, 1, 1, undefined, 1, 1), messageIds);
  const result = await lambda.invoke(event, { traceId: 'Root=1-2-3' });
  assert.deepEqual(result.payload, { batchItemFailures: [{ itemIdentifier: 'm3' }, { itemIdentifier: 'm7' }] });
  const lines = await lambda.firstLogs(11);
  const records = lines.slice(0, 10);
  assert.ok(
    records.every(({ type, source, trace_id }) => type === 'record' && source === 'sqs' && trace_id === 'Root=1-2-3'),
  );
  const [thrown, invalid] = records.filter(({ status }) => status === 'failed');
  assert.deepEqual(
    [thrown.id, thrown.level, thrown.consumer, thrown.attempt],
    ['m3', 'error', 'OrdersConsumer.ship', 1],
  );
  assert.match(thrown.error_detail, /^OutOfStock: no o3 left\n.+orders\.consumer\.js/);
  assert.deepEqual([invalid.id, invalid.error_detail[0].loc], ['m7', ['body', 'amount']]);
  const { type, id, records: count, failed } = lines[10];
  assert.deepEqual({ type, id, count, failed }, { type: 'batch', id: result.requestId, count: 10, failed: 2 });
});

test('nothing of a failed batch is left in the next invocation', bounded, async (t) => {
  const lambda = await start(t);
  const failing = events.sqs('orders.fifo', orders(0, 1), messageIds);
  const mended = events.sqs('orders.fifo', orders(1, 1), messageIds);
  assert.deepEqual(failuresOf(await lambda.invoke(failing)), ['m0', 'm1']);
  assert.deepEqual(failuresOf(await lambda.invoke(mended)), []);
});

test('a failure stops its FIFO group and no other', bounded, async (t) => {
  const lambda = await start(t);
  const groups = ['a', 'b', 'a', 'b', 'a'];
  const event = events.sqs('orders.fifo', orders(1, 1, 0, 1, 1), (index) => ({
    messageId: `m${index}`,
    attributes: { MessageGroupId: groups[index] },
  }));
  assert.deepEqual(failuresOf(await lambda.invoke(event)), ['m2', 'm4']);
});

test('a stream is told the sequence number to go on from', bounded, async (t) => {
  const lambda = await start(t);
  const event = events.kinesis('orders', orders(1, 0, 1, 0));
  assert.deepEqual(failuresOf(await lambda.invoke(event)), [event.Records[1].kinesis.sequenceNumber]);
});

test('a failed notification fails the invocation with its error, and the next one works', bounded, async (t) => {
  const lambda = await start(t);
  const failed = await lambda.invoke(events.sns('orders', orders(0)));
  assert.deepEqual(
    [failed.kind, failed.payload.errorType, failed.payload.errorMessage],
    ['error', 'OutOfStock', 'no o0 left'],
  );
  const [line] = await lambda.firstLogs(1);
  assert.deepEqual([line.type, line.source, line.status], ['record', 'sns', 'failed']);
  const next = await lambda.invoke(events.sns('orders', orders(1)));
  assert.deepEqual([next.kind, next.payload], ['response', null]);
});

test('messages that there is no time for are named before Lambda ends the process', bounded, async (t) => {
  const lambda = await start(t);
  const event = events.sqs('parcels', [{ minutes: 0 }, { minutes: 1 }, { minutes: 0 }], messageIds);
  const result = await lambda.invoke(event, { timeoutMs: 1_500 });
  assert.deepEqual(failuresOf(result), ['m1', 'm2']);
  assert.ok(result.timing.totalMs < 1_500);
  const [, { id, status, error_detail: detail }] = await lambda.firstLogs(2);
  assert.deepEqual([id, status], ['m1', 'failed']);
  assert.match(detail, /^Timed out after the \d+ ms that the invocation had left$/);
  assert.deepEqual(failuresOf(await lambda.invoke(events.sqs('parcels', [{ minutes: 0 }]))), []);
});

test('an authorizer of a REST API answers with its policy', bounded, async (t) => {
  const lambda = await start(t);
  const event = events.authorizerToken({ token: 'Bearer secret', path: '/orders' });
  const { kind, payload } = await lambda.invoke(event);
  assert.equal(kind, 'response');
  assert.deepEqual(payload, {
    principalId: 'ada',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Action: 'execute-api:Invoke',
          Effect: 'Allow',
          Resource: ['arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/*'],
        },
      ],
    },
    context: { tenant: 'acme' },
  });
});

test('a refused token is the error "Unauthorized", of which API Gateway makes a 401', bounded, async (t) => {
  const lambda = await start(t);
  const { kind, payload } = await lambda.invoke(events.authorizerToken({ token: 'Bearer guessed' }));
  assert.deepEqual([kind, payload.errorMessage], ['error', 'Unauthorized']);
});

test('an authorizer of an HTTP API answers yes or no', bounded, async (t) => {
  const lambda = await start(t);
  const ask = async (authorization) =>
    (await lambda.invoke(events.authorizerV2({ headers: { authorization } }))).payload;
  assert.deepEqual(await ask('Bearer secret'), { isAuthorized: true });
  assert.deepEqual(await ask('Bearer guessed'), { isAuthorized: false });
});

test('a WebSocket connects, is answered and disconnects', bounded, async (t) => {
  const lambda = await start(t);
  const send = async (sample) => (await lambda.invoke(events.webSocket({ connectionId: 'c1', ...sample }))).payload;
  assert.deepEqual(await send({ route: '$connect', query: { token: 'secret' } }), { statusCode: 200 });
  assert.deepEqual(await send({ route: 'say', body: { action: 'say', text: 'grüße 𝄞' } }), {
    statusCode: 200,
    body: '{"echo":"grüße 𝄞"}',
  });
  assert.deepEqual(await send({ route: '$disconnect' }), { statusCode: 200 });
  const lines = await lambda.firstLogs(3);
  assert.deepEqual(
    lines.map(({ consumer, connection }) => [consumer, connection]),
    [
      ['ChatGateway.connect', undefined],
      ['ChatGateway.say', undefined],
      ['ChatGateway.disconnect', 'c1'],
    ],
  );
});

test('a WebSocket is refused by its status, a message that is not valid too', bounded, async (t) => {
  const lambda = await start(t);
  const refused = await lambda.invoke(events.webSocket({ route: '$connect', query: { token: 'guessed' } }));
  assert.equal(refused.payload.statusCode, 401);
  const invalid = await lambda.invoke(events.webSocket({ route: 'say', body: { text: 1 } }));
  assert.equal(invalid.payload.statusCode, 422);
  assert.deepEqual(JSON.parse(invalid.payload.body).detail[0].loc, ['body', 'text']);
});
