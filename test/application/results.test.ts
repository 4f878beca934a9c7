import { Readable } from 'node:stream';
import { Exclude, Expose } from 'class-transformer';
import { OnSqs } from '../../src/decorators/consumers.js';
import { Body, Res } from '../../src/decorators/parameters.js';
import { All, Controller, Get, Header, HttpCode, Post, Redirect } from '../../src/decorators/routes.js';
import { NotFoundException } from '../../src/errors/exceptions.js';
import { FileResponse } from '../../src/http/response/file-response.js';
import { HtmlResponse } from '../../src/http/response/html-response.js';
import { JsonResponse } from '../../src/http/response/json-response.js';
import { RedirectResponse } from '../../src/http/response/redirect-response.js';
import { Response } from '../../src/http/response/response.js';
import { StreamResponse } from '../../src/http/response/stream-response.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { inject, type InjectResponse } from '../../src/testing/inject.js';
import { captureStdout } from '../logging/captured-stdout.js';
import { appOf, createApp, SOURCES } from './create-app.js';

beforeEach(() => void captureStdout());
afterEach(() => jest.restoreAllMocks());

class User {
  id = 1;
  @Exclude() password = 'hunter2';
  @Expose({ name: 'full_name' }) name = 'Ada';
}

/** Bytes in a format of its own. */
class PackedResponse extends Response<number[]> {
  override mediaType = 'application/x-packed';
  override render(content: number[]) {
    return Uint8Array.from(content);
  }
}

class CsvResponse extends Response<string[][]> {
  override mediaType = 'text/csv';
  override render(rows: string[][]) {
    return rows.map((row) => row.join(',')).join('\n');
  }
}

const BYTES = Buffer.from([0xff, 0xfe, 0x00, 0x80]);

async function* chunks() {
  yield 'one ';
  await Promise.resolve();
  yield Buffer.from('two');
}

@Controller()
class Results {
  @Get('nothing') nothing() {}
  @Get('null') null() {
    return null;
  }
  @Get('function') function() {
    return () => 1;
  }
  @Post('object') object() {
    return { a: [1, { b: 'é' }] };
  }
  @Get('string') string() {
    return 'text';
  }
  @Get('empty') empty() {
    return '';
  }
  @Get('zero') zero() {
    return 0;
  }
  @Get('false') false() {
    return false;
  }
  @Get('nan') nan() {
    return Number.NaN;
  }
  @Get('date') date() {
    return new Date(0);
  }
  @Get('promise') async promise() {
    return { later: true };
  }
  @Get('user') user() {
    return { users: [new User()] };
  }
  @Get('bytes') bytes() {
    return BYTES;
  }
  @Get('readable') readable() {
    return Readable.from(['one ', 'two']);
  }
  @Get('web-stream') webStream() {
    return new globalThis.Response('one two').body;
  }
  @Get('generator') generator() {
    return chunks();
  }
  @Get('stream-response') streamResponse() {
    return new StreamResponse(chunks(), { mediaType: 'text/plain' });
  }
  @Get('packed') packed() {
    return new PackedResponse([255, 254, 0, 128]);
  }
  @Get('csv') csv() {
    return new CsvResponse([
      ['a', 'b'],
      ['1', '2'],
    ]);
  }
  @Get('html') html() {
    return new HtmlResponse('<p>é</p>');
  }
  @Get('json') json() {
    return new JsonResponse({ a: 1 }, { statusCode: 202 });
  }
  @Get('text') text() {
    return new Response('plain');
  }
  @Get('file') file() {
    return new FileResponse(__filename, { mediaType: 'text/plain' });
  }
  @Get('created', { status: 201 }) created() {
    return {};
  }
  @Get('accepted') @HttpCode(202) accepted() {}
  @Get('teapot') @HttpCode(418) teapot() {}
  @Get('unknown-status') @HttpCode(499) unknownStatus() {}
  @Get('no-content') @HttpCode(204) noContent() {
    return { dropped: true };
  }
  @Get('header') @Header('Cache-Control', 'no-store') @Header('X-One', '1') header() {
    return 1;
  }
  @Get('redirect') @Redirect('/new') redirect() {}
  @Get('redirect/dynamic') @Redirect('/new', 301) dynamic() {
    return { url: '/other?q=é', statusCode: 303 };
  }
  @Get('redirect/url') @Redirect('/new', 308) dynamicUrl() {
    return { url: 'https://example.com/' };
  }
  @Get('redirect/response') redirectResponse() {
    return new RedirectResponse('/there');
  }
  @Get('injected/status') injectedStatus(res: Response) {
    res.statusCode = 203;
    return { a: 1 };
  }
  @Get('injected/nothing') injectedNothing(@Res() res: Response) {
    res.statusCode = 202;
  }
  @Get('injected/error') injectedError(res: Response) {
    res.statusCode = 404;
  }
  @Get('injected/over-route', { status: 201 }) overRoute(res: Response) {
    res.statusCode = 202;
    return {};
  }
  @Get('injected/headers') injectedHeaders(res: Response) {
    res.headers['X-Total'] = '7';
    res.headers['link'] = ['<1>; rel=prev', '<3>; rel=next'];
    res.cookie('a', '1').cookie('b', '2', { httpOnly: true });
    return [];
  }
  @Get('gaps') @Header('x-route', 'route') gaps(res: Response) {
    res.statusCode = 202;
    res.headers['x-gap'] = 'filled';
    res.headers['x-own'] = 'lost';
    res.cookie('gap', '1');
    return new JsonResponse('own', { headers: { 'X-Own': 'kept' } }).cookie('own', '1');
  }
  @Get('wins') wins(res: Response) {
    res.statusCode = 202;
    return new JsonResponse('own', { statusCode: 201 });
  }
  @Get('mine') mine(res: Response) {
    res.statusCode = 201;
    return res;
  }
  @Get('bigint') bigint() {
    return { id: 1n };
  }
  @Get('map') map() {
    return new Map([['a', 1]]);
  }
  @Get('set') set() {
    return new Set([1]);
  }
  @Get('lost') lost() {
    return { items: [{ later: Promise.resolve(1) }] };
  }
  @Get('lost-json') lostJson() {
    return new JsonResponse({ later: Promise.resolve(1) });
  }
  @Get('exception') exception() {
    return new NotFoundException('No such thing', { errorDetail: 'row 7' });
  }
  @Get('circular') circular() {
    const self: Record<string, unknown> = {};
    self['self'] = self;
    return self;
  }
  @Get('bad-status') badStatus(res: Response) {
    res.statusCode = 42;
    return 1;
  }
  @Get('bad-header') badHeader(res: Response) {
    res.headers['x-bad'] = 'a\r\nset-cookie: x=1';
    return 1;
  }
  @Get('broken-stream') brokenStream() {
    return new Readable({
      read() {
        this.destroy(new Error('disk failure'));
      },
    });
  }
  @Get('plain-error') plainError() {
    return { error: new Error('inside') };
  }
  @All('echo') echo() {
    return 'echo';
  }
}

const app = () => appOf(Results);

const JSON_TYPE = 'application/json';

function seen({ statusCode, headers, payload }: InjectResponse) {
  return { status: statusCode, type: headers['content-type']?.split(';')[0], payload };
}

describe.each(SOURCES)('%s', (source) => {
  const get = (path: string) => inject(app(), { source, url: `/${path}` });

  test.each(['nothing', 'null'])('%s is 204 without a body or a content type', async (path) => {
    expect(seen(await get(path))).toEqual({ status: 204, type: undefined, payload: '' });
  });

  test('a function, which nobody has called, is an error', async () => {
    await expect(get('function')).rejects.toThrow(
      'The result is a function or a symbol, which JSON leaves out: call it',
    );
  });

  test.each([
    ['string', '"text"'],
    ['empty', '""'],
    ['zero', '0'],
    ['false', 'false'],
    ['nan', 'null'],
    ['date', '"1970-01-01T00:00:00.000Z"'],
    ['promise', '{"later":true}'],
    ['bigint', '{"id":"1"}'],
    ['map', '{"a":1}'],
    ['set', '[1]'],
  ])('%s is JSON with status 200', async (path, payload) => {
    expect(seen(await get(path))).toEqual({ status: 200, type: JSON_TYPE, payload });
  });

  test('POST is 200 too, and its JSON is UTF-8', async () => {
    const answer = await inject(app(), { source, method: 'POST', url: '/object' });
    expect(seen(answer)).toEqual({ status: 200, type: JSON_TYPE, payload: '{"a":[1,{"b":"é"}]}' });
  });

  test("instances are serialised as class-transformer's decorators say", async () => {
    expect((await get('user')).json()).toEqual({ users: [{ id: 1, full_name: 'Ada' }] });
  });

  test.each([
    ['bytes', 'application/octet-stream'],
    ['packed', 'application/x-packed'],
  ])('%s arrive as bytes', async (path, type) => {
    const answer = await get(path);
    expect([answer.headers['content-type'], answer.rawPayload]).toEqual([type, BYTES]);
  });

  test.each(['readable', 'web-stream', 'generator'])('a stream (%s) is collected', async (path) => {
    expect(seen(await get(path))).toEqual({ status: 200, type: 'application/octet-stream', payload: 'one two' });
  });

  test.each([
    ['stream-response', 200, 'text/plain', 'one two'],
    ['csv', 200, 'text/csv', 'a,b\n1,2'],
    ['html', 200, 'text/html', '<p>é</p>'],
    ['json', 202, JSON_TYPE, '{"a":1}'],
    ['text', 200, 'text/plain', 'plain'],
  ])('a returned response (%s) is sent as it says', async (path, status, type, payload) => {
    expect(seen(await get(path))).toEqual({ status, type, payload });
  });

  test('a file is sent with its length and validators', async () => {
    const answer = await get('file');
    expect(answer.payload).toContain('a file is sent with its length and validators');
    expect(answer.headers).toMatchObject({ 'content-type': 'text/plain; charset=utf-8', etag: expect.any(String) });
  });

  test.each([
    ['created', 201, '{}'],
    ['accepted', 202, ''],
    ['no-content', 204, ''],
    ['teapot', 418, '{"detail":"I\'m a teapot"}'],
    ['unknown-status', 499, '{"detail":"Error"}'],
    ['injected/status', 203, '{"a":1}'],
    ['injected/nothing', 202, ''],
    ['injected/error', 404, '{"detail":"Not Found"}'],
    ['injected/over-route', 202, '{}'],
    ['mine', 201, ''],
    ['wins', 201, '"own"'],
  ])('%s has status %i and the body %s', async (path, status, payload) => {
    const answer = await get(path);
    expect([answer.statusCode, answer.payload]).toEqual([status, payload]);
  });

  test('@Header sets headers', async () => {
    expect((await get('header')).headers).toMatchObject({ 'cache-control': 'no-store', 'x-one': '1' });
  });

  test.each([
    ['redirect', 302, '/new'],
    ['redirect/dynamic', 303, '/other?q=%C3%A9'],
    ['redirect/url', 308, 'https://example.com/'],
    ['redirect/response', 307, '/there'],
  ])('%s sends the caller on with %i', async (path, status, location) => {
    const answer = await get(path);
    expect([answer.statusCode, answer.headers['location'], answer.payload]).toEqual([status, location, '']);
  });

  test('headers and cookies of the injected response are sent, each cookie as a line of its own', async () => {
    const { headers, cookies } = await get('injected/headers');
    expect(headers).toMatchObject({ 'x-total': '7', link: '<1>; rel=prev, <3>; rel=next' });
    expect(cookies).toEqual(['a=1', 'b=2; HttpOnly'].map((line) => expect.stringContaining(line)));
  });

  test("a returned response wins, and the injected one's headers and cookies fill its gaps", async () => {
    const { statusCode, headers, cookies } = await get('gaps');
    expect({ statusCode, headers }).toMatchObject({
      statusCode: 202,
      headers: { 'x-own': 'kept', 'x-gap': 'filled', 'x-route': 'route' },
    });
    expect(cookies).toEqual(['gap=1', 'own=1'].map((line) => expect.stringContaining(line)));
  });

  test.each([
    ['circular', /circular/],
    ['bad-status', /42/],
    ['bad-header', /x-bad/],
    ['broken-stream', /disk failure/],
    ['lost', /^The result's "items\[0\]\.later" is a promise: await it$/],
    ['lost-json', /^The result's "later" is a promise: await it$/],
    ['plain-error', /^The result's "error" is an error \(Error\), whose members are not a result/],
    ['exception', /is a NotFoundException: throw it/],
  ])(
    'a result that cannot be sent (%s) is an unhandled error, and the next invocation is answered',
    async (path, message) => {
      const application = app();
      await expect(inject(application, { source, url: `/${path}` })).rejects.toThrow(message);
      expect((await inject(application, { source, url: '/echo' })).payload).toBe('"echo"');
    },
  );

  test('a result that cannot be sent is 500 where errors are answered', async () => {
    const answer = await inject(appOf(Results, { unhandledErrors: 'respond' }), { source, url: '/lost' });
    expect(seen(answer)).toEqual({ status: 500, type: JSON_TYPE, payload: '{"detail":"Internal Server Error"}' });
  });
});

@Controller()
class Bodies {
  @Post() take(@Body() body: unknown) {
    return body;
  }
}

/** As rxjs has it. */
const observable = { pipe: () => observable, subscribe: () => ({ unsubscribe() {} }) };

describe('an Observable', () => {
  @Controller()
  class Orders {
    @Get('now')
    now() {
      return observable;
    }

    @Get('later')
    async later() {
      return observable;
    }
  }

  test.each(['now', 'later'])('that is returned %s fails, because nothing subscribes to it', async (path) => {
    await expect(inject(appOf(Orders), { url: `/${path}` })).rejects.toThrow(
      /^An Observable was returned, .* firstValueFrom\(…\) of rxjs gives\.$/,
    );
  });

  test('that a consumer returns fails its record', async () => {
    class Consumer {
      @OnSqs('orders')
      handle(@Body() _body: string) {
        return observable;
      }
    }
    const { handler } = createApp({ providers: [Consumer] }, { accessLog: false, logger: { silent: true } });
    const event = events.sqs('orders', ['a'], () => ({ messageId: 'm1' }));
    expect(await handler(event, fakeContext())).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
  });
});

describe('the option json', () => {
  const json: Pick<JSON, 'parse' | 'stringify'> = {
    parse: (text: string) => JSON.parse(text),
    stringify: (value: unknown) =>
      JSON.stringify(value, (_, member: unknown) => (typeof member === 'bigint' ? `${member}n` : member)),
  };

  test('writes results', async () => {
    expect((await inject(appOf(Results, { json }), { url: '/bigint' })).payload).toBe('{"id":"1n"}');
  });

  test('may be an object whose functions need it', async () => {
    class Codec {
      readonly #codec = JSON;
      parse(text: string): unknown {
        return this.#codec.parse(text);
      }
      stringify(value: unknown): string {
        return this.#codec.stringify(value);
      }
    }
    const answer = await inject(appOf(Bodies, { json: new Codec() }), { method: 'POST', payload: { a: 1 } });
    expect(answer.payload).toBe('{"a":1}');
  });

  test('writes errors, and instances as their class says', async () => {
    const stringify = jest.spyOn(json, 'stringify');
    const application = appOf(Results, { json });
    expect((await inject(application, { url: '/missing' })).payload).toBe('{"detail":"Not Found"}');
    expect((await inject(application, { url: '/user' })).json()).toEqual({ users: [{ id: 1, full_name: 'Ada' }] });
    expect(stringify).toHaveBeenCalled();
  });
});
