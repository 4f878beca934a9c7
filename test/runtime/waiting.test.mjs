// Methods that wait for nothing that Node can see, under AWS's runtime client: with an empty event loop client 3 answers
// an event with null, and client 4 ends. With handles left open a stream's client waits for them before the next event.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { events } from 'lambent/testing';
import { startFunction } from './lambda-function.mjs';

const project = join(dirname(fileURLToPath(import.meta.url)), 'fixture-waiting');
const bounded = { timeout: 60_000, concurrency: true };
const limited = { timeoutMs: 1_500 };

before(() => {
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
  execFileSync(process.execPath, [tsc, '-p', project], { stdio: 'inherit' });
});

async function start(t, handler, open = 'nothing') {
  const lambda = await startFunction({ taskRoot: join(project, 'dist'), handler, env: { OPEN: open } });
  t.after(() => lambda.stop());
  return lambda;
}

const url = '/hang';
const orders = [{ id: 'o1' }, { id: 'o2' }];
const get = (path) => events.functionUrl({ url: path });

const REQUESTS = {
  'REST API': events.apiGatewayV1({ url }),
  'HTTP API': events.apiGatewayV2({ url }),
  'Function URL': events.functionUrl({ url }),
  'load balancer': events.alb({ url }),
  Lattice: events.latticeV2({ url }),
  'route with @Timeout': get('/limited'),
};

const RECORDS = {
  SQS: events.sqs('orders', orders),
  Kinesis: events.kinesis('orders', orders),
  DynamoDB: events.dynamoDb('orders', [{ newImage: { id: 'o1' } }]),
  Kafka: events.kafka('orders', orders),
};

const INVOCATIONS = {
  SNS: events.sns('orders', orders),
  ActiveMQ: events.activeMq('orders', orders),
  RabbitMQ: events.rabbitMq('orders', orders),
  S3: events.s3({ bucket: 'orders' }),
  EventBridge: events.eventBridge({ source: 'shop' }),
  schedule: events.schedule(),
  'token authorizer': events.authorizerToken(),
  'HTTP API authorizer': events.authorizerV2(),
  'direct invocation': { action: 'ship' },
};

/** What AWS takes an answer for, whether it came at once or in a stream. */
function outcomeOf({ kind, prelude, payload, content, failure }) {
  if (kind !== 'response') return { kind, error: payload?.errorMessage };
  if (failure) return { kind: 'error', error: failure.errorMessage };
  if (prelude) return { kind, result: { statusCode: prelude.statusCode } };
  return { kind, result: content === undefined ? payload : JSON.parse(content.toString()) };
}

const ask = async (lambda, event) => outcomeOf(await lambda.invoke(event, limited));

async function answersRequests(lambda) {
  for (const [source, event] of Object.entries(REQUESTS)) {
    const { kind, result } = await ask(lambda, event);
    assert.deepEqual([source, kind, result?.statusCode], [source, 'response', 504]);
  }
  const lines = await lambda.firstLogs(2 * Object.keys(REQUESTS).length);
  assert.ok(lines.every(({ message, status_code: status }) => message === 'signal' || status === 504));
}

async function failsOthers(lambda) {
  for (const [source, event] of Object.entries(RECORDS)) {
    const { kind, result } = await ask(lambda, event);
    assert.deepEqual([source, kind, result?.batchItemFailures?.length > 0], [source, 'response', true]);
  }
  for (const [source, event] of Object.entries(INVOCATIONS)) {
    const { kind, error } = await ask(lambda, event);
    assert.deepEqual([source, kind], [source, 'error']);
    assert.match(error, /Gateway Timeout/, source);
  }
  assert.equal((await ask(lambda, events.webSocket({ route: 'say' }))).result.statusCode, 504);
}

describe('whatever waits', bounded, () => {
  for (const handler of ['handler', 'streamingHandler']) {
    for (const open of ['nothing', 'pool']) {
      test(`ends in time on every source, and the next event is answered: the ${handler} with ${open} left open`, async (t) => {
        const lambda = await start(t, `index.${handler}`, open);
        await answersRequests(lambda);
        await failsOthers(lambda);
        // Its prelude waits for the first chunk.
        assert.equal((await ask(lambda, get('/stream'))).result.statusCode, 504);
        assert.equal((await ask(lambda, get('/quick'))).result.statusCode, 200);
      });
    }

    test(`for a provider fails the event with its name, and the next one as well: the ${handler}`, async (t) => {
      const lambda = await start(t, `late.${handler}`);
      for (const event of [get('/'), events.sqs('orders', orders)]) {
        const { kind, error } = await ask(lambda, event);
        assert.equal(kind, 'error');
        assert.match(error, /not ready when the invocation's time was up: still creating "DATABASE"/);
      }
    });

    test(`in a middleware around the application ends in time: the ${handler}`, async (t) => {
      const lambda = await start(t, `around.${handler}`);
      assert.equal((await ask(lambda, get('/'))).result.statusCode, 504);
      assert.equal((await ask(lambda, events.sqs('orders', orders))).kind, 'error');
      assert.equal((await ask(lambda, get('/'))).result.statusCode, 504);
    });
  }

  test('at the start, with nothing left that could end it, is an init error with the provider', async (t) => {
    const lambda = await start(t, 'stuck.handler');
    const { kind, payload } = await lambda.invoke({}, limited);
    assert.equal(kind, 'init-error');
    assert.match(
      payload.errorMessage,
      /cannot become ready, because the event loop is empty: still creating "DATABASE"/,
    );
  });
});
