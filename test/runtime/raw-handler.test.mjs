import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runtimeUnderTest, startFunction } from './lambda-function.mjs';

const taskRoot = join(dirname(fileURLToPath(import.meta.url)), 'fixture');
const { major } = runtimeUnderTest();
const bounded = { timeout: 30_000 };

async function start(t, handler) {
  const lambda = await startFunction({ taskRoot, handler });
  t.after(() => lambda.stop());
  return lambda;
}

test(
  'an invocation carries event, deadline, trace and client context, and its answer comes back',
  bounded,
  async (t) => {
    const lambda = await start(t, 'index.handler');
    const clientContext = { custom: { tenant: 'a' } };
    const event = { action: 'echo', text: 'grüße \u0000 𝄞' };
    const result = await lambda.invoke(event, { timeoutMs: 5_000, traceId: 'Root=1-2-3', clientContext });
    assert.equal(result.kind, 'response');
    assert.deepEqual(result.payload.event, event);
    assert.equal(result.payload.requestId, result.requestId);
    assert.equal(result.payload.traceId, 'Root=1-2-3');
    assert.deepEqual(result.payload.clientContext, clientContext);
    assert.ok(result.payload.remaining > 4_000 && result.payload.remaining <= 5_000);
    assert.ok(result.payload.node.startsWith(`v${major}.`));
  },
);

test('invocations in a row are answered by one process, also after a freeze', bounded, async (t) => {
  const lambda = await start(t, 'index.handler');
  const first = await lambda.invoke({ action: 'echo', number: 1 });
  lambda.freeze();
  const thawed = lambda.invoke({ action: 'echo', number: 2 });
  lambda.thaw();
  assert.deepEqual([first.payload.event.number, (await thawed).payload.event.number], [1, 2]);
});

test('a failure arrives with its type, message and stack, and the next invocation works', bounded, async (t) => {
  const lambda = await start(t, 'index.handler');
  const failed = await lambda.invoke({ action: 'fail' });
  assert.equal(failed.kind, 'error');
  assert.equal(failed.payload.errorType, 'OrderNotFound');
  assert.equal(failed.payload.errorMessage, 'no order 7');
  assert.match(failed.payload.trace.join('\n'), /fixture\/index\.mjs/);
  assert.equal((await lambda.invoke({ action: 'echo' })).kind, 'response');
});

test('a stream sends its prelude first and its chunks as they are written', bounded, async (t) => {
  const lambda = await start(t, 'index.stream');
  const result = await lambda.invoke({});
  assert.equal(result.kind, 'response');
  assert.equal(result.prelude.statusCode, 201);
  assert.deepEqual(result.prelude.cookies, ['a=1']);
  assert.equal(result.content.toString(), 'first last');
  assert.ok(result.timing.totalMs - result.timing.firstByteMs > 50, 'the first chunk did not wait for the last');
  assert.equal(result.failure, undefined);
});

test('a stream that fails after its first byte tells so in its trailers', bounded, async (t) => {
  const lambda = await start(t, 'index.stream');
  const result = await lambda.invoke({ action: 'fail' });
  assert.equal(result.content.toString(), 'first ');
  assert.equal(result.failure.errorType, 'OrderNotFound');
  assert.equal(result.failure.errorMessage, 'too late');
  assert.equal((await lambda.invoke({})).failure, undefined);
});

test('a handler that does not answer in time is a timeout, and its process is gone', bounded, async (t) => {
  const lambda = await start(t, 'index.handler');
  await lambda.invoke({ action: 'echo' });
  const result = await lambda.invoke({ action: 'hang' }, { timeoutMs: 300 });
  assert.equal(result.kind, 'timeout');
  assert.deepEqual(await lambda.exited, { code: null, signal: 'SIGKILL' });
});

test('a process that ends in the middle of an invocation is an exit', bounded, async (t) => {
  const lambda = await start(t, 'index.handler');
  const result = await lambda.invoke({ action: 'crash' });
  assert.deepEqual([result.kind, result.code], ['exit', 3]);
});

test('SIGTERM reaches the listener, which ends the process by raising it again', bounded, async (t) => {
  const lambda = await start(t, 'index.handler');
  await lambda.invoke({ action: 'echo' });
  assert.deepEqual(await lambda.kill('SIGTERM'), { code: null, signal: 'SIGTERM' });
  assert.ok(lambda.stdout.includes('unwound'));
});

test('an error while the module loads is an init error', bounded, async (t) => {
  const lambda = await start(t, 'broken.handler');
  const result = await lambda.invoke({});
  assert.equal(result.kind, 'init-error');
  assert.equal(result.payload.errorType, 'TypeError');
  assert.equal(result.payload.errorMessage, 'no table configured');
  assert.notEqual((await lambda.exited).code, 0);
});

test('an export that does not exist is an init error', bounded, async (t) => {
  const lambda = await start(t, 'index.missing');
  const result = await lambda.invoke({});
  assert.deepEqual([result.kind, result.payload.errorType], ['init-error', 'Runtime.HandlerNotFound']);
});
