import { EventEmitter, once } from 'node:events';
import type { Context } from 'aws-lambda';
import type { HandlerTarget } from '../../../src/local/invoke/handler-target.js';
import { type LocalServer, serve, type ServeOptions } from '../../../src/local/serve.js';
import { type RawAnswer, rawRequest } from '../raw-request.js';

const open: LocalServer[] = [];
let printed: unknown[][] = [];

async function start(target: HandlerTarget, options: ServeOptions = {}): Promise<LocalServer> {
  printed = [];
  const terminal = { log: () => undefined, error: (...parts: unknown[]) => void printed.push(parts) };
  const server = await serve(target, { port: 0, host: '127.0.0.1', terminal, ...options });
  open.push(server);
  return server;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

const path = '/2015-03-31/functions/orders/invocations';

function invoke({ url }: LocalServer, body: string, headers: string[] = []): Promise<RawAnswer> {
  return rawRequest(url, { method: 'POST', path, headers, body });
}

test('any event reaches the handler as it is, and its result is answered', async () => {
  const server = await start(
    async (event: unknown, context: Context) => ({ event, timed: context.getRemainingTimeInMillis() <= 5000 }),
    { timeout: 5 },
  );
  const answer = await invoke(server, '{"Records":[{"eventSource":"aws:sqs"}]}');
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.text)).toEqual({ event: { Records: [{ eventSource: 'aws:sqs' }] }, timed: true });
  expect(answer.headers).toMatchObject({ 'content-type': 'application/json', 'x-amz-executed-version': '$LATEST' });
  expect(answer.headers).not.toHaveProperty('x-amz-function-error');
});

test.each([
  ['nothing', '', '{}'],
  ['null', 'null', 'null'],
  ['text', '"a"', '"a"'],
])('%s is an event too', async (_name, body, event) => {
  const answer = await invoke(await start(async (given: unknown) => given), body);
  expect(answer.text).toBe(event);
});

test('a method that gives nothing answers null', async () => {
  expect((await invoke(await start(() => undefined), '{}')).text).toBe('null');
});

test('what the function throws is told with type, message and stack', async () => {
  const error = new RangeError('Out of stock');
  const answer = await invoke(await start(() => Promise.reject(error)), '{}');
  expect([answer.status, answer.headers['x-amz-function-error']]).toEqual([200, 'Unhandled']);
  expect(JSON.parse(answer.text)).toEqual({
    errorType: 'RangeError',
    errorMessage: 'Out of stock',
    trace: error.stack?.split('\n'),
  });
  expect(printed).toEqual([['Invocation: the function failed', error]]);
});

test.each([
  ['text', 'no', { errorType: 'string', errorMessage: 'no', trace: [] }],
  ['nothing', undefined, { errorType: 'undefined', errorMessage: 'undefined', trace: [] }],
])('%s that is thrown is told too', async (_name, thrown, told) => {
  const answer = await invoke(await start(() => Promise.reject(thrown)), '{}');
  expect([answer.headers['x-amz-function-error'], JSON.parse(answer.text)]).toEqual(['Unhandled', told]);
});

test('a function that takes too long has timed out', async () => {
  const answer = await invoke(await start(() => new Promise(() => undefined), { timeout: 0.03 }), '{}');
  expect(answer.headers['x-amz-function-error']).toBe('Unhandled');
  expect(JSON.parse(answer.text)).toEqual({
    errorType: 'Sandbox.Timedout',
    errorMessage: 'Error: Task timed out after 0.03 seconds',
  });
});

test('an asynchronous invocation is answered at once, and is done before the server is closed', async () => {
  const handler = new EventEmitter();
  const steps: string[] = [];
  const server = await start(async () => {
    handler.emit('call');
    await once(handler, 'go');
    steps.push('done');
  });
  const called = once(handler, 'call');
  const answer = await invoke(server, '{}', ['X-Amz-Invocation-Type', 'Event']);
  expect([answer.status, answer.text]).toEqual([202, '']);
  await called;
  const closed = server.close().then(() => steps.push('closed'));
  handler.emit('go');
  await closed;
  expect(steps).toEqual(['done', 'closed']);
});

test('an asynchronous invocation that fails is printed', async () => {
  const error = new Error('Out of stock');
  const server = await start(() => Promise.reject(error));
  await invoke(server, '{}', ['X-Amz-Invocation-Type', 'Event']);
  await server.close();
  expect(printed).toEqual([['Invocation: the function failed', error]]);
});

test('a dry run calls nothing', async () => {
  let calls = 0;
  const answer = await invoke(
    await start(() => {
      calls += 1;
    }),
    '{}',
    ['X-Amz-Invocation-Type', 'DryRun'],
  );
  expect([answer.status, calls]).toEqual([204, 0]);
});

test.each<[string, string, string[], number, string]>([
  ['no JSON', '{"a"', [], 400, 'InvalidRequestContentException'],
  ['an event that is too long', `"${'x'.repeat(6 * 1024 * 1024)}"`, [], 413, 'RequestTooLargeException'],
  [
    'an asynchronous event that is too long',
    `"${'x'.repeat(1024 * 1024)}"`,
    ['X-Amz-Invocation-Type', 'Event'],
    413,
    'RequestTooLargeException',
  ],
  ['an unknown type', '{}', ['X-Amz-Invocation-Type', 'Later'], 400, 'InvalidParameterValueException'],
  ['a page in a browser', '{}', ['Origin', 'https://example.com'], 403, 'AccessDeniedException'],
])('%s is refused, and nothing is called', async (_name, body, headers, status, type) => {
  let calls = 0;
  const answer = await invoke(
    await start(() => {
      calls += 1;
    }),
    body,
    headers,
  );
  expect([answer.status, answer.headers['x-amzn-errortype'], calls]).toEqual([status, type, 0]);
});

async function streamingHandler(event: { n: number }, stream: NodeJS.WritableStream): Promise<void> {
  stream.write(`{"n":${event.n},`);
  stream.end('"ok":true}');
}

test('of a streaming function the whole text is answered', async () => {
  const server = await start({ handler: () => 'not this one', streamingHandler }, { streaming: true });
  expect((await invoke(server, '{"n":1}')).text).toBe('{"n":1,"ok":true}');
});

test.each([
  ['GET', path],
  ['POST', '/2015-03-31/functions/orders'],
  ['POST', '/orders/2015-03-31/functions/orders/invocations'],
])('%s %s is a request to the application', async (method, target) => {
  const server = await start(async ({ rawPath }: { rawPath: string }) => rawPath);
  expect((await rawRequest(server.url, { method, path: target })).text).toBe(target);
});
