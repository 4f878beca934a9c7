import { EventEmitter, once } from 'node:events';
import { connect } from 'node:net';
import type { Context } from 'aws-lambda';
import { LambdaApplication } from '../../src/application/lambda-application.js';
import { Module } from '../../src/decorators/module.js';
import { Controller, Get } from '../../src/decorators/routes.js';
import { apiGatewayV1 } from '../../src/events/api-gateway-v1.js';
import { detectHttpAdapter } from '../../src/events/detection/all-http-adapters.js';
import type { Source } from '../../src/local/doors/sources.js';
import type { HandlerTarget } from '../../src/local/invoke/handler-target.js';
import { type LocalServer, serve, type ServeOptions } from '../../src/local/serve.js';
import { rawRequest } from './raw-request.js';

const SOURCES: readonly Source[] = ['v2', 'v1', 'http-v1', 'function-url', 'alb', 'alb-multi'];

const open: LocalServer[] = [];
let printed: unknown[][] = [];

async function start(target: HandlerTarget, options: ServeOptions = {}): Promise<string> {
  printed = [];
  const terminal = { log: () => undefined, error: (...parts: unknown[]) => void printed.push(parts) };
  const server = await serve(target, { port: 0, host: '127.0.0.1', terminal, ...options });
  open.push(server);
  return server.url;
}

function printedText(): string {
  return printed.map((parts) => parts.map(String).join(' ')).join('\n');
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

/** The answer in the form that the source of the event wants. */
function answerTo(event: unknown, json: unknown, cookies: string[] = []): unknown {
  const adapter = detectHttpAdapter(event)!;
  const headers = { 'content-type': 'application/json' };
  return adapter.encode({ statusCode: 200, headers, cookies, body: JSON.stringify(json) }, event);
}

async function echo(event: unknown): Promise<unknown> {
  const request = detectHttpAdapter(event)!.decode(event, {});
  return answerTo(event, {
    method: request.method,
    path: request.path,
    query: [...request.queryPairs()],
    headers: [...request.headerPairs()],
    ip: request.ip,
    body: request.body()?.toString('base64') ?? null,
  });
}

interface Echo {
  method: string;
  path: string;
  query: [string, string][];
  headers: [string, string][];
  ip: string;
  body: string | null;
}

describe.each(SOURCES)('%s', (source) => {
  const binaryMediaTypes = ['*/*'];
  const ask = async (request: Parameters<typeof rawRequest>[1], options: ServeOptions = {}): Promise<Echo> => {
    const answer = await rawRequest(await start(echo, { source, ...options }), request);
    expect(answer.status).toBe(200);
    return JSON.parse(answer.text) as Echo;
  };

  test('passes on method, address and an empty body', async () => {
    const seen = await ask({ method: 'DELETE', path: '/orders/7' });
    expect(seen).toMatchObject({ method: 'DELETE', path: '/orders/7', query: [], ip: '127.0.0.1', body: null });
  });

  test('keeps an encoded slash, a plus and what is not ASCII in the path', async () => {
    const { path } = await ask({ path: '/a+b/%C3%A9%20x' });
    expect(decodeURIComponent(path)).toBe('/a+b/é x');
    if (source !== 'v2') expect((await ask({ path: '/p/a%2Fb/%252F' })).path).toBe('/p/a%2Fb/%252F');
  });

  test('takes a whole address for a target', async () => {
    expect(await ask({ path: 'http://localhost:3000/a%20b?x=1' })).toMatchObject({
      path: '/a%20b',
      query: [['x', '1']],
    });
    expect(await ask({ path: 'http://localhost?x=1' })).toMatchObject({ path: '/', query: [['x', '1']] });
  });

  test('keeps the query: order, empty values, encodings', async () => {
    const { query } = await ask({ path: '/?b=1+2&a=%26%3D&empty=&e=%C3%A9' });
    expect(query).toEqual([
      ['b', '1 2'],
      ['a', '&='],
      ['empty', ''],
      ['e', 'é'],
    ]);
  });

  test('keeps repeated query values where the source does', async () => {
    const { query } = await ask({ path: '/?x=1&x=2' });
    expect(query).toEqual(
      source === 'alb'
        ? [['x', '2']]
        : [
            ['x', '1'],
            ['x', '2'],
          ],
    );
  });

  test('keeps header values that are not ASCII', async () => {
    const { headers } = await ask({ headers: ['X-Name', Buffer.from('Zoë').toString('latin1')] });
    expect(headers).toContainEqual(['x-name', 'Zoë']);
  });

  test('keeps every byte of a body', async () => {
    const body = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    const options = { binaryMediaTypes };
    const seen = await ask({ method: 'POST', headers: ['Content-Type', 'application/octet-stream'], body }, options);
    expect(seen.body).toBe(body.toString('base64'));
  });

  test('keeps text bodies', async () => {
    const seen = await ask({ method: 'PATCH', headers: ['Content-Type', 'application/json'], body: '{"name":"Zoë"}' });
    expect(Buffer.from(seen.body ?? '', 'base64').toString()).toBe('{"name":"Zoë"}');
  });

  test('hides what concerns the connection only', async () => {
    const { headers } = await ask({ headers: ['Connection', 'close'] });
    expect(headers.map(([name]) => name)).not.toContain('connection');
  });

  test('brings two cookies as two lines', async () => {
    const url = await start(async (event: unknown) => answerTo(event, {}, ['a=1; Path=/', 'b=2']), { source });
    const { headers } = await rawRequest(url);
    // Without multi-value headers a load balancer has room for more than one in other spellings of the name only.
    expect(headers['set-cookie']).toEqual(['a=1; Path=/', 'b=2']);
  });

  test('answers HEAD with the length and without the body', async () => {
    const url = await start(async (event: unknown) => answerTo(event, { a: 1 }), { source });
    const answer = await rawRequest(url, { method: 'HEAD' });
    expect({ status: answer.status, length: answer.headers['content-length'], text: answer.text }).toEqual({
      status: 200,
      length: '7',
      text: '',
    });
  });

  test('gives the handler an event that went through JSON, and a context that runs down', async () => {
    const seen: unknown[] = [];
    const url = await start(
      async (event: unknown, context: Context) => {
        const { getRemainingTimeInMillis: left } = context;
        const now = Date.now();
        const clock = jest.spyOn(Date, 'now').mockReturnValue(now);
        const before = left();
        clock.mockReturnValue(now + 2000);
        seen.push(event, [before <= 5000, before - left()], context.awsRequestId);
        clock.mockRestore();
        return answerTo(event, {});
      },
      { source, timeout: 5 },
    );
    await rawRequest(url);
    const [event, remaining, id] = seen;
    expect(event).toEqual(JSON.parse(JSON.stringify(event)));
    expect(remaining).toEqual([true, 2000]);
    expect(id).toMatch(/^[\da-f]{8}-/);
  });

  test('answers requests at the same time', async () => {
    let waiting: (() => void)[] = [];
    const url = await start(
      async (event: unknown) => {
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
          if (waiting.length === 3) for (const go of waiting) go();
        });
        return answerTo(event, {});
      },
      { source },
    );
    const answers = await Promise.all([rawRequest(url), rawRequest(url), rawRequest(url)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    waiting = [];
  });
});

describe('repeated headers', () => {
  test.each(['v1', 'http-v1', 'alb-multi'] as const)('arrive apart through %s', async (source) => {
    const answer = await rawRequest(await start(echo, { source }), { headers: ['X-Tag', 'a,b', 'x-tag', 'c'] });
    const { headers } = JSON.parse(answer.text) as Echo;
    expect(headers.filter(([name]) => name === 'x-tag')).toEqual([
      ['x-tag', 'a,b'],
      ['x-tag', 'c'],
    ]);
  });

  test("keep the client's casing through a REST API", async () => {
    const names: string[] = [];
    const url = await start(
      async (event: unknown) => {
        if (apiGatewayV1.detect(event)) names.push(...Object.keys(event.headers ?? {}));
        return answerTo(event, {});
      },
      { source: 'v1' },
    );
    await rawRequest(url, { headers: ['X-Odd-Case', '1'] });
    expect(names).toContain('X-Odd-Case');
  });
});

describe('a function that fails', () => {
  const failures: [Source, number, string][] = [
    ['v2', 500, '{"message":"Internal Server Error"}'],
    ['http-v1', 500, '{"message":"Internal Server Error"}'],
    ['v1', 502, '{"message": "Internal server error"}'],
    ['function-url', 502, 'Internal Server Error'],
  ];

  test.each(failures)('is answered by %s with %i', async (source, status, text) => {
    const url = await start(
      async () => {
        throw new Error('the database is away');
      },
      { source },
    );
    const answer = await rawRequest(url, { path: '/orders' });
    expect({ status: answer.status, text: answer.text }).toEqual({ status, text });
    expect(printed).toEqual([[`GET /orders -> ${status}: the function failed`, new Error('the database is away')]]);
  });

  test.each(failures)('is answered by %s with %i when its timeout is over', async (source, status, text) => {
    const url = await start(() => new Promise(() => undefined), { source, timeout: 0.03 });
    const answer = await rawRequest(url);
    expect({ status: answer.status, text: answer.text }).toEqual({ status, text });
    expect(printedText()).toBe(
      `GET / -> ${status}: the function timed out after 0.03 s; Lambda would end the process now`,
    );
  });

  test('is answered by a load balancer with a page', async () => {
    const url = await start(
      () => {
        throw new Error('at once');
      },
      { source: 'alb' },
    );
    const answer = await rawRequest(url);
    expect(answer.status).toBe(502);
    expect(answer.text).toContain('<h1>502 Bad Gateway</h1>');
  });

  test.each([
    ['is a big integer', { statusCode: 200, body: 1n }, 'cannot be converted to JSON'],
    [
      'is longer than Lambda takes',
      { statusCode: 200, body: 'x'.repeat(6 * 1024 * 1024 + 101) },
      'Lambda accepts up to 6291556',
    ],
  ])('because its result %s, says so', async (_name, result, problem) => {
    const answer = await rawRequest(await start(() => result));
    expect(answer.status).toBe(500);
    expect(printedText()).toContain(problem);
  });

  test('because it returns bytes instead of text, shows what JSON makes of them', async () => {
    const answer = await rawRequest(await start(() => ({ statusCode: 200, body: Buffer.from('hi') })));
    expect(answer.status).toBe(500);
    expect(printedText()).toContain('"body" is {"type":"Buffer","data":[104,105]}, not a string');
  });

  test.each(['a\r\nset-cookie: b=1', 'a\nb'])(
    'because a header holds %j, is answered by the front door',
    async (value) => {
      const answer = await rawRequest(await start(() => ({ statusCode: 200, headers: { 'x-a': value } })));
      expect({ status: answer.status, cookie: answer.headers['set-cookie'] }).toEqual({
        status: 500,
        cookie: undefined,
      });
      expect(printedText()).toContain('invalid header: ');
    },
  );

  test('leaves the next request alone', async () => {
    let calls = 0;
    const url = await start(() => {
      calls += 1;
      if (calls === 1) throw new Error('once');
      return 'well';
    });
    expect((await rawRequest(url)).status).toBe(500);
    expect((await rawRequest(url)).text).toBe('well');
  });
});

describe('answers', () => {
  test('keep values that are not ASCII and the casing of names', async () => {
    const url = await start(() => ({
      statusCode: 200,
      headers: { 'X-Name': 'Zoë', 'content-type': 'text/plain' },
      body: 'é',
    }));
    const { rawHeaders, headers, text } = await rawRequest(url);
    expect(rawHeaders).toContain('X-Name');
    expect(Buffer.from(String(headers['x-name']), 'latin1').toString()).toBe('Zoë');
    expect({ text, length: headers['content-length'] }).toEqual({ text: 'é', length: '2' });
  });

  test('have the length of their body, whatever the function says', async () => {
    const url = await start(() => ({ statusCode: 200, headers: { 'content-length': '99' }, body: 'four' }));
    expect((await rawRequest(url)).headers['content-length']).toBe('4');
  });

  test.each([204, 304])('of status %i have no body', async (statusCode) => {
    const answer = await rawRequest(await start(() => ({ statusCode, body: 'ignored' })));
    expect({ status: answer.status, text: answer.text, length: answer.headers['content-length'] }).toEqual({
      status: statusCode,
      text: '',
      length: undefined,
    });
  });

  test('that a service passes over in part are sent, with a hint', async () => {
    const url = await start(() => ({ statusCode: 200, multiValueHeaders: { a: ['1'] } }));
    expect((await rawRequest(url, { path: '/x' })).status).toBe(200);
    expect(printedText()).toBe('GET /x -> 200: payload 2.0 ignores "multiValueHeaders"');
  });
});

const MEBIBYTE = 1024 * 1024;

function accept(): unknown {
  return { statusCode: 200, headers: {}, body: 'ok' };
}

describe('request bodies', () => {
  test.each([
    ['v2', 10 * MEBIBYTE + 1, 413],
    ['v2', 6 * MEBIBYTE, 413],
    ['v2', 5 * MEBIBYTE, 200],
    ['v1', 10 * MEBIBYTE + 1, 413],
    ['function-url', 6 * MEBIBYTE + 1, 413],
    ['alb', MEBIBYTE + 1, 413],
    ['alb', MEBIBYTE, 200],
  ] as const)('through %s of %i bytes are answered with %i', async (source, length, status) => {
    let called = false;
    const url = await start(
      () => {
        called = true;
        return accept();
      },
      { source },
    );
    const headers = ['Content-Type', 'text/plain'];
    const answer = await rawRequest(url, { method: 'POST', headers, body: Buffer.alloc(length, 'x') });
    expect({ status: answer.status, called }).toEqual({ status, called: status === 200 });
  });

  test('count as Lambda gets them: base64 makes 5 MB too long', async () => {
    const url = await start(accept);
    const answer = await rawRequest(url, { method: 'POST', body: Buffer.alloc(5 * MEBIBYTE) });
    expect({ status: answer.status, text: answer.text }).toEqual({
      status: 413,
      text: '{"message":"Request Entity Too Large"}',
    });
  });

  test('that wait for 100 Continue are read', async () => {
    const url = await start(echo);
    const answer = await rawRequest(url, { method: 'PUT', headers: ['Expect', '100-continue'], body: 'late' });
    expect((JSON.parse(answer.text) as Echo).body).toBe(Buffer.from('late').toString('base64'));
  });

  test('without a length are read', async () => {
    const answer = await fetch(await start(echo), {
      method: 'POST',
      body: new Blob(['ab', 'cd']).stream(),
      duplex: 'half',
    } as RequestInit);
    expect(((await answer.json()) as Echo).body).toBe(Buffer.from('abcd').toString('base64'));
  });

  test('of a REST API without binary media types lose bytes that are no text, with a hint', async () => {
    const answer = await rawRequest(await start(echo, { source: 'v1' }), {
      method: 'POST',
      body: Buffer.from([0xff, 0x61]),
    });
    expect(Buffer.from((JSON.parse(answer.text) as Echo).body ?? '', 'base64').toString()).toBe('\uFFFDa');
    expect(printedText()).toContain('the body is not text');
  });

  test('that break off call nothing and leave the server well', async () => {
    let calls = 0;
    const url = await start(() => {
      calls += 1;
      return 'well';
    });
    const { port } = new URL(url);
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => {
        socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc');
        setTimeout(() => {
          socket.destroy();
          resolve();
        }, 30);
      });
    });
    expect((await rawRequest(url)).text).toBe('well');
    expect(calls).toBe(1);
  });
});

describe('stages', () => {
  test.each(['v1', 'v2', 'http-v1'] as const)('reach the event of %s', async (source) => {
    const url = await start(
      async (event: { requestContext: { stage: string } }) => answerTo(event, event.requestContext.stage),
      {
        source,
        stage: 'dev',
      },
    );
    expect((await rawRequest(url, { path: '/x' })).text).toBe('"dev"');
  });
});

describe('serve()', () => {
  test('takes an object with a handler', async () => {
    expect((await rawRequest(await start({ handler: () => 'from the object' }))).text).toBe('from the object');
  });

  test.each([
    [{} as never, {}, /found no handler/],
    [undefined as never, {}, /found no handler/],
    [{ handler: () => '' }, { streaming: true }, /found no streamingHandler/],
    [() => '', { source: 'rest' as never }, /There is no source "rest"; the sources are v2, v1/],
    [() => '', { streaming: true, source: 'v2' as const }, /"v2" does not support streaming/],
    [() => '', { prot: 1 } as never, /prot/],
  ])('refuses %j with %j', async (target, options, message) => {
    await expect(start(target, options)).rejects.toThrow(message);
  });

  test('says which port is taken', async () => {
    const url = new URL(await start(() => ''));
    await expect(start(() => '', { port: Number(url.port) })).rejects.toThrow(`Port ${url.port} is already in use`);
  });

  test('prints the banner, and nothing when it is to be quiet', async () => {
    const lines: unknown[] = [];
    const terminal = { log: (line: unknown) => void lines.push(line), error: () => undefined };
    const url = await start(() => '', { terminal, routes: [{ method: 'GET', path: '/orders' }] });
    await start(() => '', { terminal, quiet: true });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(`curl -i ${url}/orders`);
  });

  test('prints the routes of an application, and suggests nothing for any other handler', async () => {
    class OrdersController {
      @Get('orders') list(): void {}
    }
    Controller()(OrdersController);
    class AppModule {}
    Module({ controllers: [OrdersController] })(AppModule);
    const lines: unknown[] = [];
    const terminal = { log: (line: unknown) => void lines.push(line), error: () => undefined };
    const app = await LambdaApplication.create(AppModule, { accessLog: false }).ready();
    const url = await start(app, { terminal });
    expect(lines[0]).toContain('GET  /orders  OrdersController.list');
    expect(lines[0]).toContain(`Try: curl -i ${url}/orders`);
    await start(app.handler, { terminal });
    expect(lines[1]).toContain('/orders');
    await start(() => '', { terminal });
    expect(lines[2]).not.toContain('Try:');
    await app.close();
  });

  test('finishes what is under way before close() resolves', async () => {
    const called = new EventEmitter();
    const slow = async () => {
      called.emit('call');
      await once(called, 'go');
      return 'done';
    };
    const server = await serve(slow, { port: 0, host: '127.0.0.1', quiet: true });
    const answer = fetch(server.url);
    await once(called, 'call');
    const closed = server.close();
    called.emit('go');
    expect(await (await answer).text()).toBe('done');
    await closed;
    await expect(fetch(server.url)).rejects.toThrow('fetch failed');
  });
});
