// Lambda's Runtime API on loopback: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { performance } from 'node:perf_hooks';

const VERSION = '/2018-06-01/runtime';
const FUNCTION_ARN = 'arn:aws:lambda:eu-central-1:123456789012:function:lambent-test';
const OUTCOME = /^\/invocation\/([^/]+)\/(response|error)$/;

/** Listens on a free port; `api.port` is what the runtime's `AWS_LAMBDA_RUNTIME_API` names. */
export async function startRuntimeApi() {
  const api = new RuntimeApi();
  await api.listen();
  return api;
}

class RuntimeApi {
  #server = createServer((request, response) => this.#route(request, response));
  #queue = [];
  #idle = [];
  #running = new Map();
  #ending;

  get port() {
    return this.#server.address().port;
  }

  listen() {
    return new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  /**
   * One invocation, as the platform would make it. It always resolves:
   *
   * - `response` and `error` carry what the runtime posted;
   * - `timeout` when `timeoutMs` have passed since the runtime took the event;
   * - `aborted` when the runtime broke off its answer;
   * - `init-error` and `exit` when there is no runtime left to answer, see {@link RuntimeApi.end}.
   */
  invoke(event, { timeoutMs = 10_000, traceId, clientContext, identity } = {}) {
    if (this.#ending) return Promise.resolve(this.#ending);
    return new Promise((resolve) => {
      this.#queue.push({ id: randomUUID(), event, timeoutMs, traceId, clientContext, identity, resolve });
      this.#deliver();
    });
  }

  /** Settles what is under way and everything that is still to come; the first reason stays. */
  end(result) {
    this.#ending ??= result;
    for (const invocation of [...this.#running.values(), ...this.#queue]) this.#settle(invocation, this.#ending);
    this.#queue = [];
  }

  close() {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(resolve));
  }

  async #route(request, response) {
    const path = request.url.slice(VERSION.length);
    if (path === '/invocation/next') return this.#wait(response);
    if (path === '/init/error') return this.#initError(request, response);
    const [, id, outcome] = OUTCOME.exec(path) ?? [];
    const invocation = this.#running.get(id);
    if (!invocation) return reply(response, 404, { errorType: 'InvalidRequestID', errorMessage: request.url });
    return this.#finish(invocation, outcome, request, response);
  }

  #wait(response) {
    this.#idle.push(response);
    response.on('close', () => {
      this.#idle = this.#idle.filter((waiting) => waiting !== response);
    });
    this.#deliver();
  }

  #deliver() {
    while (this.#queue.length > 0 && this.#idle.length > 0) {
      const invocation = this.#queue.shift();
      this.#running.set(invocation.id, invocation);
      invocation.startedAt = performance.now();
      invocation.timer = setTimeout(() => this.#settle(invocation, { kind: 'timeout' }), invocation.timeoutMs);
      reply(this.#idle.shift(), 200, invocation.event, invocationHeaders(invocation));
    }
  }

  async #initError(request, response) {
    const { body } = await receive(request);
    reply(response, 202, { status: 'OK' });
    this.end({ kind: 'init-error', payload: JSON.parse(body.toString()), headers: request.headers });
  }

  async #finish(invocation, kind, request, response) {
    const received = await receive(request);
    if (received.aborted) return this.#settle(invocation, { kind: 'aborted', ...received });
    reply(response, 202, { status: 'OK' });
    return this.#settle(invocation, { kind, headers: request.headers, ...received, ...contentOf(request, received) });
  }

  #settle(invocation, result) {
    clearTimeout(invocation.timer);
    this.#running.delete(invocation.id);
    const { startedAt } = invocation;
    const since = (instant) => (instant === undefined ? undefined : instant - startedAt);
    const timing = { firstByteMs: since(result.chunks?.[0]?.at), totalMs: since(performance.now()) };
    invocation.resolve({ requestId: invocation.id, ...result, timing });
  }
}

function invocationHeaders({ id, timeoutMs, traceId, clientContext, identity }) {
  const headers = {
    'lambda-runtime-aws-request-id': id,
    'lambda-runtime-deadline-ms': String(Date.now() + timeoutMs),
    'lambda-runtime-invoked-function-arn': FUNCTION_ARN,
  };
  if (traceId) headers['lambda-runtime-trace-id'] = traceId;
  if (clientContext) headers['lambda-runtime-client-context'] = JSON.stringify(clientContext);
  if (identity) headers['lambda-runtime-cognito-identity'] = JSON.stringify(identity);
  return headers;
}

/** Chunks keep the time they came at, so that a test can tell a stream from a buffer. */
async function receive(request) {
  const chunks = [];
  try {
    for await (const data of request) chunks.push({ at: performance.now(), data });
  } catch {
    return { aborted: true, chunks, body: join(chunks) };
  }
  return { chunks, body: join(chunks) };
}

const join = (chunks) => Buffer.concat(chunks.map(({ data }) => data));

function contentOf(request, { body }) {
  if (request.headers['lambda-runtime-function-response-mode'] !== 'streaming') {
    return { streamed: false, payload: JSON.parse(body.toString()) };
  }
  return { streamed: true, ...splitPrelude(request, body), failure: failureOf(request.trailers) };
}

/** An HTTP stream begins with a JSON prelude (status, headers, cookies) and eight zero bytes. */
function splitPrelude(request, body) {
  if (request.headers['content-type'] !== 'application/vnd.awslambda.http-integration-response')
    return { content: body };
  const end = body.indexOf(Buffer.alloc(8));
  if (end < 0) return { content: body };
  return { prelude: JSON.parse(body.subarray(0, end).toString()), content: body.subarray(end + 8) };
}

/** A stream that fails after its first byte tells so in trailers, the error in base64. */
function failureOf(trailers) {
  const body = trailers['lambda-runtime-function-error-body'];
  return body === undefined ? undefined : JSON.parse(Buffer.from(body, 'base64').toString());
}

/** Always with a length: the client's curl does not read chunked replies. */
function reply(response, status, content, headers = {}) {
  const body = Buffer.from(JSON.stringify(content));
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length, ...headers });
  response.end(body);
}
