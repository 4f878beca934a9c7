import type { APIGatewayProxyEvent, APIGatewayProxyEventV2 } from 'aws-lambda';
import { Body, Cookies, Headers, Query, Req } from '../../src/decorators/parameters.js';
import { All, Controller, Get, Post } from '../../src/decorators/routes.js';
import { NotFoundException } from '../../src/errors/exceptions.js';
import type { Request } from '../../src/http/request/request.js';
import { Response } from '../../src/http/response/response.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { httpEvents } from '../../src/testing/http-events.js';
import { inject } from '../../src/testing/inject.js';
import { captureStdout } from '../logging/captured-stdout.js';
import { appOf, type Source, SOURCES } from './create-app.js';

beforeEach(() => void captureStdout());
afterEach(() => jest.restoreAllMocks());

// What the gateways take and send, as a controller and a client see it.

const BYTES = Buffer.from([0xff, 0xfe, 0x00, 0x80]);

@Controller()
class Contract {
  @Get('json') json() {
    return { é: 1 };
  }
  @Get('bytes') bytes() {
    return BYTES;
  }
  @Get('image') image() {
    return new Response(BYTES, { mediaType: 'image/png' });
  }
  @Get('xml') xml() {
    return new Response('<a/>', { mediaType: 'application/xml' });
  }
  @Get('nothing') nothing() {}
  @Get('missing') missing() {
    throw new NotFoundException();
  }
  @Get('cookies') setCookies(res: Response) {
    const expires = new Date(0);
    res.cookie('a', '1', { expires }).cookie('b', '2', { expires });
    res.headers['date'] = 'Thu, 01 Jan 1970 00:00:00 GMT';
    res.headers['link'] = ['<1>', '<2>'];
  }
  @All('echo') echo(@Req() request: Request) {
    const { method, path, ip, cookies } = request;
    return { method, path, ip, cookies: { ...cookies }, body: request.body()?.toString('hex') ?? null };
  }
  @Post('body') body(@Body() body: unknown) {
    return { body: body ?? null };
  }
  @Get('query') query(@Query() query: Record<string, unknown>) {
    return query;
  }
  @Get('header') header(@Headers() headers: Record<string, string>, @Req() request: Request) {
    return { joined: headers['x-list'], values: request.headerValues('x-list') };
  }
  @Get('cookie') cookie(@Cookies('a') a: string | undefined) {
    return { a: a ?? null };
  }
}

const resultOf = async (source: Source, url: string, request: object = {}) =>
  (await appOf(Contract).handler(httpEvents[source]({ url, ...request }), fakeContext())) as Record<string, unknown>;

/** Of repeated values the last one arrives. */
const KEEPS_LAST: ReadonlySet<Source> = new Set<Source>(['alb', 'latticeV1']);

const KEYS: Record<Source, string[]> = {
  apiGatewayV1: ['body', 'headers', 'isBase64Encoded', 'multiValueHeaders', 'statusCode'],
  httpApiV1: ['body', 'headers', 'isBase64Encoded', 'multiValueHeaders', 'statusCode'],
  apiGatewayV2: ['body', 'cookies', 'headers', 'isBase64Encoded', 'statusCode'],
  functionUrl: ['body', 'cookies', 'headers', 'isBase64Encoded', 'statusCode'],
  alb: ['body', 'headers', 'isBase64Encoded', 'statusCode', 'statusDescription'],
  albMultiValue: ['body', 'isBase64Encoded', 'multiValueHeaders', 'statusCode', 'statusDescription'],
  latticeV1: ['body', 'headers', 'isBase64Encoded', 'statusCode'],
  latticeV2: ['body', 'headers', 'isBase64Encoded', 'statusCode'],
};

describe.each(SOURCES)('%s', (source) => {
  const cookie = async (value: string) =>
    (await inject(appOf(Contract), { source, url: '/cookie', headers: { Cookie: value } })).json();

  test.each(['json', 'bytes', 'nothing', 'missing', 'cookies', 'nowhere'])(
    'the result of /%s has no key that the gateway does not know',
    async (path) => {
      const result = await resultOf(source, `/${path}`);
      expect(KEYS[source]).toEqual(expect.arrayContaining(Object.keys(result)));
      expect(typeof result['statusCode']).toBe('number');
      for (const values of Object.values(result['multiValueHeaders'] ?? {})) expect(values).toEqual(expect.any(Array));
      for (const value of Object.values(result['headers'] ?? {})) expect(typeof value).toBe('string');
    },
  );

  test('the content type is always said, for the defaults differ', async () => {
    expect((await inject(appOf(Contract), { source, url: '/json' })).headers['content-type']).toMatch(
      /^application\/json/,
    );
    expect((await inject(appOf(Contract), { source, url: '/missing' })).headers['content-type']).toMatch(
      /^application\/json/,
    );
  });

  test('bytes are base64 with the flag; text, JSON and XML are not', async () => {
    for (const path of ['/bytes', '/image'])
      expect(await resultOf(source, path)).toMatchObject({ body: BYTES.toString('base64'), isBase64Encoded: true });
    expect((await resultOf(source, '/json'))['body']).toBe('{"é":1}');
    expect((await resultOf(source, '/xml'))['body']).toBe('<a/>');
    for (const path of ['/json', '/xml', '/nothing'])
      expect((await resultOf(source, path))['isBase64Encoded'] ?? false).toBe(false);
  });

  test('two cookies are two, no date is cut at its comma, repeated headers arrive', async () => {
    const { cookies, headers } = await inject(appOf(Contract), { source, url: '/cookies' });
    expect(cookies).toEqual(
      ['a=1', 'b=2'].map((pair) =>
        expect.stringMatching(new RegExp(`^${pair};.*Expires=Thu, 01 Jan 1970 00:00:00 GMT`)),
      ),
    );
    expect(headers).toMatchObject({ date: 'Thu, 01 Jan 1970 00:00:00 GMT', link: '<1>, <2>' });
    const result = await resultOf(source, '/cookies');
    expect('cookies' in result).toBe(source === 'apiGatewayV2' || source === 'functionUrl');
  });

  test('bytes come in as they were sent', async () => {
    const answer = await inject(appOf(Contract), { source, method: 'POST', url: '/echo', payload: BYTES });
    expect(answer.json()).toMatchObject({ method: 'POST', path: '/echo', body: 'fffe0080' });
  });

  test('no body is none', async () => {
    expect((await inject(appOf(Contract), { source, url: '/echo' })).json()).toMatchObject({ body: null });
  });

  test.each(['application/json', 'application/json; charset=utf-8', 'application/vnd.api+json', 'APPLICATION/JSON'])(
    '%s is parsed',
    async (type) => {
      const answer = await inject(appOf(Contract), {
        source,
        method: 'POST',
        url: '/body',
        headers: { 'Content-Type': type },
        payload: '{"a":1}',
      });
      expect(answer.json()).toEqual({ body: { a: 1 } });
    },
  );

  test('members that could pollute a prototype are left out', async () => {
    const payload =
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"a":{"__proto__":{"polluted":1},"b":2}}';
    const answer = await inject(appOf(Contract), {
      source,
      method: 'POST',
      url: '/body',
      headers: { 'content-type': 'application/json' },
      payload,
    });
    expect(answer.payload).toBe('{"body":{"a":{"b":2}}}');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('cookies come in, and a malformed one never fails the request', async () => {
    expect(await cookie('b=%E0%A4%A; a=1; =; ;;')).toEqual({ a: '1' });
    expect(await cookie('__proto__=x; b=2')).toEqual({ a: null });
  });

  test('an empty query value is empty text, names of inherited members are only names, and __proto__ is none', async () => {
    expect((await inject(appOf(Contract), { source, url: '/query?x=&constructor=1&__proto__=2' })).payload).toBe(
      '{"x":"","constructor":"1"}',
    );
  });
});

describe.each(SOURCES.filter((source) => !KEEPS_LAST.has(source)))('%s tells repeats', (source) => {
  test('of query parameters, in order', async () => {
    expect((await inject(appOf(Contract), { source, url: '/query?a=1&b=x,y&a=2' })).json()).toEqual({
      a: ['1', '2'],
      b: 'x,y',
    });
  });
});

describe.each(SOURCES.filter((source) => source === 'apiGatewayV1' || source === 'albMultiValue'))(
  '%s keeps repeated headers apart',
  (source) => {
    test('as values, and joined', async () => {
      const { joined, values } = (
        await inject(appOf(Contract), { source, url: '/header', headers: { 'X-List': ['abc', 'a'] } })
      ).json<{ joined: string; values: string[] }>();
      expect([joined, values]).toEqual(['abc, a', ['abc', 'a']]);
    });
  },
);

const handle = async (event: unknown) =>
  (await appOf(Contract).handler(event, fakeContext())) as { statusCode: number; body: string };

describe('ugly events', () => {
  test("a console test's event with null maps is answered", async () => {
    const event: APIGatewayProxyEvent = { ...httpEvents.apiGatewayV1({ url: '/query' }) };
    const bare = {
      ...event,
      headers: null,
      multiValueHeaders: null,
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      pathParameters: null,
      body: null,
    };
    expect(await handle(bare)).toMatchObject({ statusCode: 200, body: '{}' });
  });

  test('the route is found by the path, not by the proxy parameter', async () => {
    const event = httpEvents.apiGatewayV1({ url: '/json' });
    expect(await handle({ ...event, pathParameters: { proxy: 'missing' } })).toMatchObject({ statusCode: 200 });
  });

  test('a path without a leading slash is answered', async () => {
    expect(await handle({ ...httpEvents.alb({ url: '/json' }), path: 'json' })).toMatchObject({ statusCode: 200 });
  });

  test('an empty body of a load balancer is none', async () => {
    const result = await handle({ ...httpEvents.alb({ method: 'POST', url: '/echo' }), body: '' });
    expect(JSON.parse(result.body)).toMatchObject({ body: null });
  });

  test('payload 2.0 parses the raw query: a literal comma is no second value', async () => {
    const event: APIGatewayProxyEventV2 = httpEvents.apiGatewayV2({ url: '/query?a=1%2C2&a=3' });
    expect(JSON.parse((await handle({ ...event, queryStringParameters: { a: '1,2,3' } })).body)).toEqual({
      a: ['1,2', '3'],
    });
  });

  test.each([
    ['no headers', { headers: undefined }],
    ['a body that is a number', { body: 7 }],
    ['headers that are a list', { headers: [] }],
    ['cookies that are text', { cookies: 'a=1' }],
    ['no query', { rawQueryString: undefined }],
  ])('payload 2.0 with %s is answered, and never fails the next one', async (_, members) => {
    const app = appOf(Contract, { unhandledErrors: 'respond' });
    const event = { ...httpEvents.apiGatewayV2({ url: '/json' }), ...members };
    expect(await app.handler(event, fakeContext())).toMatchObject({ statusCode: 200 });
    expect((await inject(app, { url: '/json' })).statusCode).toBe(200);
  });

  test('a request id of the event that no header can carry is replaced', async () => {
    const event = httpEvents.apiGatewayV2({ url: '/json' });
    const result = await handle({
      ...event,
      requestContext: { ...event.requestContext, requestId: 'a\r\nset-cookie: x=1' },
    });
    expect(result.statusCode).toBe(200);
    expect(JSON.stringify(result)).not.toContain('set-cookie');
  });
});
