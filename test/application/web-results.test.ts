import { openAsBlob } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { ApplicationOptions } from '../../src/application/options/application-options.js';
import { UseFilters } from '../../src/decorators/enhancers.js';
import { Controller, Get, Header, HttpCode, Redirect } from '../../src/decorators/routes.js';
import { ConflictException } from '../../src/errors/exceptions.js';
import { Response } from '../../src/http/response/response.js';
import { StreamResponse } from '../../src/http/response/stream-response.js';
import { captureStdout } from '../logging/captured-stdout.js';
import { appOf } from './create-app.js';
import { answerBy, WAYS_OUT } from './ways-out.js';

const WebResponse = globalThis.Response;
const BYTES = Buffer.from([0xff, 0xfe, 0x00, 0x80]);
const TEXT = 'a,b\né,2\n';

let server: Server;
let origin: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    const body = gzipSync(TEXT);
    response.writeHead(request.url === '/missing' ? 404 : 200, {
      'content-type': 'text/csv',
      'content-encoding': 'gzip',
      'content-length': body.length,
      connection: 'close',
      etag: '"v1"',
      'access-control-allow-origin': '*',
      'set-cookie': ['a=1; Expires=Thu, 01 Jan 2026 00:00:00 GMT', 'b=2'],
      'x-up': '1',
    });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => void captureStdout());
afterEach(() => jest.restoreAllMocks());

/** As packages have it that are older than Node's. */
class OtherStream {
  readonly [Symbol.toStringTag] = 'ReadableStream';
  getReader() {
    const chunks = ['one ', 'two'];
    return { read: async () => ({ done: chunks.length === 0, value: chunks.shift() }), cancel: async () => undefined };
  }
}

const failing = () => new ReadableStream({ pull: () => Promise.reject(new ConflictException('taken')) });

@Controller()
class Results {
  @Get('array-buffer') arrayBuffer() {
    return Uint8Array.from(BYTES).buffer;
  }
  @Get('shared') shared() {
    const shared = new SharedArrayBuffer(4);
    new Uint8Array(shared).set(BYTES);
    return shared;
  }
  @Get('later') async later() {
    return new Blob([BYTES]).arrayBuffer();
  }
  @Get('blob') blob() {
    return new Blob([BYTES]);
  }
  @Get('file') file() {
    return new File([BYTES], 'a.bin');
  }
  @Get('of-disk') async ofDisk() {
    return (await openAsBlob(__filename)).slice(0, 6);
  }
  @Get('typed') typed() {
    return new Blob([TEXT], { type: 'text/csv' });
  }
  @Get('typed-file') typedFile() {
    return new File([TEXT], 'a.csv', { type: 'TEXT/CSV' });
  }
  @Get('declared') @Header('content-type', 'text/plain') @HttpCode(201) declared(res: Response) {
    res.cookie('a', '1');
    return new Blob([TEXT], { type: 'text/csv' });
  }
  @Get('empty-blob') emptyBlob() {
    return new Blob([]);
  }
  @Get('no-content') @HttpCode(204) noContent() {
    return new Blob([TEXT]);
  }
  @Get('web-stream') webStream() {
    return new Blob(['one two']).stream();
  }
  @Get('other-stream') otherStream() {
    return new OtherStream();
  }
  @Get('response-of-buffer') responseOfBuffer() {
    return new Response(Uint8Array.from(BYTES).buffer);
  }
  @Get('stream-of-blob') streamOfBlob() {
    return new StreamResponse(new Blob([BYTES]));
  }

  @Get('text') text() {
    return new WebResponse(TEXT, { status: 201, headers: { 'x-one': '1', connection: 'x-two', 'x-two': '2' } });
  }
  @Get('json') json() {
    return WebResponse.json({ a: 1 }, { status: 202 });
  }
  @Get('bytes') bytes() {
    return new WebResponse(BYTES);
  }
  @Get('nothing') nothing() {
    return new WebResponse(null, { status: 204 });
  }
  @Get('empty') empty() {
    return new WebResponse(null, { status: 200 });
  }
  @Get('moved') moved() {
    return WebResponse.redirect('https://a.example/x', 303);
  }
  @Get('refused') refused() {
    return new WebResponse('no', { status: 418 });
  }
  @Get('cookies') cookies(res: Response) {
    res.cookie('gap', '1');
    const headers = new Headers([
      ['set-cookie', 'a=1; Expires=Thu, 01 Jan 2026 00:00:00 GMT'],
      ['set-cookie', 'b=2'],
    ]);
    return new WebResponse('x', { headers });
  }
  @Get('wins') @Header('content-type', 'text/html') @Header('x-route', '1') @HttpCode(201) wins(res: Response) {
    res.statusCode = 202;
    res.headers['x-gap'] = '1';
    return new WebResponse(TEXT, { headers: { 'content-type': 'text/csv' } });
  }
  @Get('over-redirect') @Redirect('/new') overRedirect() {
    return new WebResponse('x', { status: 404 });
  }
  @Get('encoded') encoded() {
    return new WebResponse(gzipSync(TEXT), { headers: { 'content-type': 'text/csv', 'content-encoding': 'gzip' } });
  }
  @Get('fetched') fetched() {
    return fetch(origin);
  }
  @Get('fetched-missing') fetchedMissing() {
    return fetch(`${origin}/missing`);
  }
  @Get('filtered') @UseFilters({ catch: () => new WebResponse('mine', { status: 410 }) }) filtered() {
    throw new Error('x');
  }
  @Get('fails') fails() {
    return new WebResponse(failing(), { status: 201, headers: { 'x-one': '1' } });
  }

  @Get('used') async used() {
    const response = new WebResponse(TEXT);
    await response.text();
    return response;
  }
  @Get('locked') locked() {
    const response = new WebResponse(TEXT);
    response.body!.getReader();
    return response;
  }
  @Get('network-error') networkError() {
    return WebResponse.error();
  }
  @Get('typed-array') typedArray() {
    return new Float32Array(2);
  }
  @Get('inside') inside() {
    return { file: new Blob([TEXT]) };
  }
  @Get('tagged') tagged() {
    return { [Symbol.toStringTag]: 'Blob', size: 4, name: 'data' };
  }
}

describe.each(WAYS_OUT)('by %s', (way) => {
  const get = (path: string, options: ApplicationOptions = {}, headers: Record<string, string> = {}, method = 'GET') =>
    answerBy(way, appOf(Results, options), { method, url: `/${path}`, headers });

  test.each(['array-buffer', 'shared', 'later', 'blob', 'file', 'response-of-buffer', 'stream-of-blob', 'bytes'])(
    'bytes in any form (%s) arrive as they are',
    async (path) => {
      const { statusCode, headers, rawPayload } = await get(path);
      expect([statusCode, headers['content-type'], rawPayload]).toEqual([200, 'application/octet-stream', BYTES]);
    },
  );

  test.each([
    ['typed', 200, 'text/csv', TEXT],
    ['typed-file', 200, 'text/csv', TEXT],
    ['declared', 201, 'text/plain', TEXT],
    ['of-disk', 200, 'application/octet-stream', 'import'],
    ['empty-blob', 200, 'application/octet-stream', ''],
    ['no-content', 204, undefined, ''],
    ['tagged', 200, 'application/json', '{"size":4,"name":"data"}'],
    ['web-stream', 200, 'application/octet-stream', 'one two'],
    ['other-stream', 200, 'application/octet-stream', 'one two'],
    ['text', 201, 'text/plain;charset=UTF-8', TEXT],
    ['json', 202, 'application/json', '{"a":1}'],
    ['nothing', 204, undefined, ''],
    ['empty', 200, undefined, ''],
    ['refused', 418, 'text/plain;charset=UTF-8', 'no'],
    ['wins', 200, 'text/csv', TEXT],
    ['over-redirect', 404, 'text/plain;charset=UTF-8', 'x'],
    ['filtered', 410, 'text/plain;charset=UTF-8', 'mine'],
    ['fails', 409, 'application/json', '{"detail":"taken"}'],
  ])('%s is %i, %s', async (path, ...expected) => {
    const { statusCode, headers, payload } = await get(path);
    expect([statusCode, headers['content-type'], payload]).toEqual(expected);
  });

  test('a blob says its length, to HEAD too, and a response its own headers, cookies and location', async () => {
    expect((await get('typed', {}, {}, 'HEAD')).headers).toMatchObject({
      'content-length': String(Buffer.byteLength(TEXT)),
      'content-type': 'text/csv',
    });
    expect((await get('cookies')).cookies).toEqual([
      expect.stringMatching(/^gap=1/),
      'a=1; Expires=Thu, 01 Jan 2026 00:00:00 GMT',
      'b=2',
    ]);
    expect(await get('moved')).toMatchObject({ statusCode: 303, headers: { location: 'https://a.example/x' } });
    expect((await get('wins')).headers).toMatchObject({ 'x-route': '1', 'x-gap': '1' });
    const { headers } = await get('text');
    expect([headers['x-one'], headers['x-two'], headers['connection']]).toEqual(['1', undefined, undefined]);
  });

  test('what a program has encoded stays so; what fetch has decoded is not called encoded, nor as long as it was', async () => {
    const encoded = await get('encoded');
    expect([encoded.headers['content-encoding'], encoded.rawPayload]).toEqual(['gzip', gzipSync(TEXT)]);
    for (const [path, status] of [
      ['fetched', 200],
      ['fetched-missing', 404],
    ] as const) {
      const { statusCode, headers, payload } = await get(path);
      expect([statusCode, payload, headers['content-encoding'], headers['content-length'], headers['x-up']]).toEqual([
        status,
        TEXT,
        undefined,
        undefined,
        '1',
      ]);
    }
  });

  test('an upstream does not say which sites may read the answer, and its cookies are lines of their own', async () => {
    const { headers, cookies } = await get(
      'fetched',
      { cors: { origin: 'https://a.example' } },
      { origin: 'https://b.example' },
    );
    expect([headers['access-control-allow-origin'], cookies.length]).toEqual([undefined, 2]);
  });

  test('compression, tags and 304 go for them as for others', async () => {
    const { headers } = await get('typed', { compression: true }, { 'accept-encoding': 'gzip' });
    expect([headers['content-encoding'], headers['content-length']]).toEqual(['gzip', undefined]);
    expect((await get('array-buffer', { etag: true })).headers['etag']).toMatch(/^"/);
    expect((await get('fetched', {}, { 'if-none-match': '"v1"' })).statusCode).toBe(304);
  });

  test.each([
    ['used', /^The result is a Response whose body has already been read/],
    ['locked', /locked/],
    ['network-error', /status from 100 to 599, not 0/],
    ['typed-array', /^The result is a Float32Array/],
    ['inside', /^The result's "file" is a Blob.*by itself/],
  ])('%s is an unhandled error that says why', async (path, message) => {
    await expect(get(path)).rejects.toThrow(message);
  });
});
