import { EventEmitter, once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { HandlerTarget } from '../../src/local/invoke/handler-target.js';
import { type AwsLambda, installAwsLambda, type ResponseStream } from '../../src/local/invoke/response-stream.js';
import { type LocalServer, serve, type ServeOptions } from '../../src/local/serve.js';
import { until } from '../until.js';
import { rawRequest } from './raw-request.js';

installAwsLambda();
const runtime = (globalThis as unknown as { awslambda: AwsLambda }).awslambda;

const open: LocalServer[] = [];
let printed: string[] = [];

async function start(target: HandlerTarget, options: ServeOptions = {}): Promise<string> {
  printed = [];
  const terminal = {
    log: () => undefined,
    error: (...parts: unknown[]) => void printed.push(parts.map(String).join(' ')),
  };
  const server = await serve(target, { port: 0, host: '127.0.0.1', streaming: true, terminal, ...options });
  open.push(server);
  return server.url;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

const PRELUDE = { statusCode: 201, headers: { 'Content-Type': 'text/plain' }, cookies: ['a=1', 'b=2'] };

function streaming(work: (stream: ResponseStream) => unknown): HandlerTarget {
  return { handler: () => undefined, streamingHandler: async (_event: never, stream: never) => work(stream) };
}

describe.each(['function-url', 'v1'] as const)('%s', (source) => {
  test('sends the prelude as status, headers and cookies, and the rest as the body', async () => {
    const url = await start(
      streaming((raw) => {
        const stream = runtime.HttpResponseStream.from(raw, PRELUDE);
        stream.write('one ');
        stream.write(Buffer.from('two '));
        stream.end('three');
      }),
      { source },
    );
    const answer = await rawRequest(url);
    expect({
      status: answer.status,
      type: answer.headers['content-type'],
      cookies: answer.headers['set-cookie'],
      text: answer.text,
    }).toEqual({
      status: 201,
      type: 'text/plain',
      cookies: ['a=1', 'b=2'],
      text: 'one two three',
    });
    expect(printed).toEqual([]);
  });
});

test('the stream has eight NUL bytes after the JSON, and may have them in the body too', async () => {
  const body = Buffer.concat([Buffer.alloc(8), Buffer.from('x'), Buffer.alloc(8)]);
  const url = await start(
    streaming(async (stream) => {
      stream.setContentType('application/vnd.awslambda.http-integration-response');
      // Byte by byte: no chunk holds the end of the prelude whole.
      for (const byte of Buffer.concat([Buffer.from('{"statusCode":202}'), Buffer.alloc(8), body])) {
        stream.write(Buffer.from([byte]));
      }
      stream.end();
    }),
  );
  const answer = await rawRequest(url);
  expect(answer.status).toBe(202);
  expect(answer.body.equals(body)).toBe(true);
});

test('chunks arrive while the function is still at work', async () => {
  const client = new EventEmitter();
  const url = await start(
    streaming(async (raw) => {
      const stream = runtime.HttpResponseStream.from(raw, PRELUDE);
      stream.write('first');
      await once(client, 'first');
      stream.end('last');
    }),
  );
  const [answer] = (await once(get(url), 'response')) as [IncomingMessage];
  const [first] = (await once(answer, 'data')) as [Buffer];
  expect(first.toString()).toBe('first');
  client.emit('first');
  const [last] = (await once(answer, 'data')) as [Buffer];
  expect(last.toString()).toBe('last');
});

/** Whether a number that grew is the same as ten looks before. */
function standstill(read: () => number): () => boolean {
  const seen: number[] = [];
  return () => {
    seen.push(read());
    return seen.at(-1)! > 0 && seen.at(-1) === seen.at(-11);
  };
}

test('a function is held back while the client does not read', async () => {
  const total = 50 * 1024 * 1024;
  let written = 0;
  const source = new Readable({
    highWaterMark: 512 * 1024,
    read(size) {
      written += size;
      this.push(written > total ? null : Buffer.alloc(size));
    },
  });
  const url = await start(streaming((raw) => pipeline(source, runtime.HttpResponseStream.from(raw, PRELUDE))));
  const [answer] = (await once(get(url), 'response')) as [IncomingMessage];
  await until(
    'a stand',
    standstill(() => written),
  );
  expect(written).toBeLessThan(total / 2);
  let received = 0;
  for await (const part of answer as AsyncIterable<Buffer>) received += part.length;
  expect(received).toBe(total);
});

test('a function whose client has gone works on to its end', async () => {
  const work = new EventEmitter();
  const finished = once(work, 'finished');
  const url = await start(
    streaming(async (raw) => {
      const stream = runtime.HttpResponseStream.from(raw, PRELUDE);
      stream.write('x');
      for (let count = 0; count < 20; count += 1) {
        if (!stream.write(Buffer.alloc(512 * 1024))) await once(stream, 'drain');
      }
      stream.end();
      work.emit('finished', 'done');
    }),
  );
  const request = get(url);
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  answer.on('error', () => undefined);
  answer.destroy();
  expect(await finished).toEqual(['done']);
});

test('HEAD has the prelude alone', async () => {
  const url = await start(
    streaming((raw) => {
      runtime.HttpResponseStream.from(raw, PRELUDE).write('body');
      raw.end();
    }),
  );
  const answer = await rawRequest(url, { method: 'HEAD' });
  expect({ status: answer.status, text: answer.text }).toEqual({ status: 201, text: '' });
});

test('an empty first write is enough for the prelude', async () => {
  const url = await start(
    streaming((raw) => {
      const stream = runtime.HttpResponseStream.from(raw, { statusCode: 204 });
      stream.write('');
      stream.end();
    }),
  );
  expect((await rawRequest(url)).status).toBe(204);
});

test('end() alone sends no prelude, as in Lambda', async () => {
  const url = await start(
    streaming((raw) => {
      runtime.HttpResponseStream.from(raw, PRELUDE).end('all of it');
    }),
  );
  expect((await rawRequest(url)).status).toBe(502);
  expect(printed).toEqual([expect.stringContaining('the stream ended before the end of its prelude')]);
});

test('a stream without a prelude is a 200 of the type that was set', async () => {
  const url = await start(
    streaming((stream) => {
      stream.setContentType('text/csv');
      stream.write('a,b');
      stream.end();
    }),
  );
  const answer = await rawRequest(url);
  expect([answer.status, answer.headers['content-type'], answer.text]).toEqual([200, 'text/csv', 'a,b']);
});

test('a chunk that is neither text nor bytes is JSON', async () => {
  const url = await start(
    streaming((stream) => {
      stream.write({ a: 1 });
      stream.end();
    }),
  );
  expect((await rawRequest(url)).text).toBe('{"a":1}');
});

test('the content type is fixed by the first write', async () => {
  const url = await start(
    streaming((stream) => {
      stream.write('x');
      stream.setContentType('text/plain');
    }),
  );
  await expect(rawRequest(url)).rejects.toThrow(/aborted|hang up/);
  expect(printed).toEqual([expect.stringContaining('The content type must be set before the first write')]);
});

test.each([
  ['is no object', '[]', 'the prelude is []'],
  ['is no JSON', 'nonsense', 'the prelude is not JSON: nonsense'],
  ['has no status', '{"statusCode":"ok"}', '"statusCode" is "ok"'],
])('a prelude that %s is answered by the front door', async (_name, prelude, problem) => {
  const url = await start(
    streaming((stream) => {
      stream.setContentType('application/vnd.awslambda.http-integration-response');
      stream.write(Buffer.concat([Buffer.from(prelude), Buffer.alloc(8)]));
      stream.end();
    }),
  );
  expect((await rawRequest(url)).status).toBe(502);
  expect(printed).toEqual([expect.stringContaining(problem)]);
});

test("an error before the prelude is the front door's 502", async () => {
  const url = await start(
    streaming(() => {
      throw new Error('too early');
    }),
  );
  const answer = await rawRequest(url);
  expect({ status: answer.status, text: answer.text }).toEqual({ status: 502, text: 'Internal Server Error' });
  expect(printed).toEqual(['GET / -> 502: the function failed Error: too early']);
});

test('an error after the prelude cuts the answer off', async () => {
  const client = new EventEmitter();
  const url = await start(
    streaming(async (raw) => {
      runtime.HttpResponseStream.from(raw, PRELUDE).write('begun');
      await once(client, 'begun');
      throw new Error('too late');
    }),
  );
  await expect(rawRequest(url, { onData: () => client.emit('begun') })).rejects.toThrow('aborted');
  expect(printed).toEqual(['GET / -> 201: the function failed Error: too late']);
});

test('a stream that is destroyed cuts the answer off', async () => {
  const client = new EventEmitter();
  const url = await start(
    streaming(async (raw) => {
      runtime.HttpResponseStream.from(raw, PRELUDE).write('begun');
      await once(client, 'begun');
      raw.destroy(new Error('broken pipe'));
    }),
  );
  await expect(rawRequest(url, { onData: () => client.emit('begun') })).rejects.toThrow('aborted');
  expect(printed).toEqual([expect.stringContaining('broken pipe')]);
});

test.each([
  ['never begins', false, 502],
  ['never ends', true, 201],
])('a stream that %s runs into the timeout', async (_name, begins, status) => {
  const url = await start(
    streaming((raw) => {
      if (begins) runtime.HttpResponseStream.from(raw, PRELUDE).write('begun');
    }),
    { timeout: 0.05 },
  );
  const answer = rawRequest(url);
  if (begins) await expect(answer).rejects.toThrow('aborted');
  else expect((await answer).status).toBe(502);
  expect(printed).toEqual([
    `GET / -> ${status}: the function timed out after 0.05 s; Lambda would end the process now`,
  ]);
});

async function endAtOnce(_event: never, stream: ResponseStream): Promise<void> {
  stream.end();
}

test('streamifyResponse marks the handler as the runtime does and leaves it the same function', async () => {
  expect(runtime.streamifyResponse(endAtOnce)).toBe(endAtOnce);
  expect(Object.getOwnPropertyDescriptor(endAtOnce, Symbol.for('aws.lambda.runtime.handler.streaming'))?.value).toBe(
    'response',
  );
  expect((await rawRequest(await start(endAtOnce as HandlerTarget))).status).toBe(200);
});

test('installAwsLambda leaves an awslambda that streams', () => {
  installAwsLambda();
  expect((globalThis as unknown as { awslambda: AwsLambda }).awslambda).toBe(runtime);
});

test('installAwsLambda adds streaming to an awslambda that the AWS SDK has made', () => {
  const scope = globalThis as unknown as { awslambda: unknown };
  const ofTheSdk = { InvokeStore: {} };
  scope.awslambda = ofTheSdk;
  try {
    installAwsLambda();
    expect(scope.awslambda).toBe(ofTheSdk);
    expect(ofTheSdk).toMatchObject({ InvokeStore: {}, streamifyResponse: runtime.streamifyResponse });
  } finally {
    scope.awslambda = runtime;
  }
});
