import { Body, Req } from '../../src/decorators/parameters.js';
import { Controller, Get, Post } from '../../src/decorators/routes.js';
import type { Request } from '../../src/http/request/request.js';
import { StreamResponse } from '../../src/http/response/stream-response.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { httpEvents } from '../../src/testing/http-events.js';
import { inject } from '../../src/testing/inject.js';
import { type CapturedStdout, captureStdout } from '../logging/captured-stdout.js';
import { appOf, type Source, SOURCES } from './create-app.js';

let stdout: CapturedStdout;
beforeEach(() => void (stdout = captureStdout()));
afterEach(() => jest.restoreAllMocks());

const MIB = 1024 * 1024;
const limitOf = (source: Source) => (source.startsWith('alb') ? MIB : 6 * MIB);

@Controller()
class Sized {
  @Get('text') text(@Req() { query }: Request) {
    return 'x'.repeat(Number(query['bytes']));
  }
  @Get('quotes') quotes(@Req() { query }: Request) {
    return '"'.repeat(Number(query['bytes']));
  }
  @Get('bytes') bytes(@Req() { query }: Request) {
    return Buffer.alloc(Number(query['bytes']));
  }
  @Get('stream') stream(@Req() { query }: Request) {
    return new StreamResponse([Buffer.alloc(Number(query['bytes']))]);
  }
  @Post('json') json(@Body() body: object) {
    return Object.keys(body).length;
  }
  @Post('text') posted(@Req() request: Request) {
    return request.text().length;
  }
  @Post('raw') raw(@Req() request: Request) {
    return request.body()?.length;
  }
  @Post('unread') unread() {
    return 'not read';
  }
}

describe.each(SOURCES)('%s', (source) => {
  const limit = limitOf(source);

  test.each([
    ['text', limit],
    // Every quote is three bytes: escaped in the answer, and once more in the result.
    ['quotes', limit / 2],
    // Four characters of base64 for three bytes.
    ['bytes', limit * 0.8],
    ['stream', limit * 0.8],
    ['stream', limit * 1.1],
  ])(
    'an answer that the gateway would refuse (%s of %i bytes) is 500, told in the log with what to do',
    async (path, bytes) => {
      const answer = await inject(appOf(Sized), { source, url: `/${path}?bytes=${Math.round(bytes)}` });
      expect([answer.statusCode, answer.payload]).toEqual([500, '{"detail":"Internal Server Error"}']);
      expect(stdout.lines()).toContainEqual(
        expect.objectContaining({
          level: 'error',
          status_code: 500,
          error_detail: expect.stringMatching(/bytes.*streamingHandler/),
        }),
      );
    },
  );

  test('an answer just below the limit is sent', async () => {
    const app = appOf(Sized);
    expect((await inject(app, { source, url: `/text?bytes=${limit - 2000}` })).rawPayload).toHaveLength(limit - 1998);
    const event = httpEvents[source]({ url: `/bytes?bytes=${Math.round(limit * 0.74)}` });
    const result = await app.handler(event, fakeContext());
    expect(Buffer.byteLength(JSON.stringify(result))).toBeLessThanOrEqual(limit);
    expect(result).toMatchObject({ statusCode: 200 });
  });

  test.each(['/json', '/text', '/raw'])('a body over the limit is 413 for who reads it (%s)', async (url) => {
    const app = appOf(Sized, { bodyLimit: '1kb' });
    const payload = { text: 'é'.repeat(510) };
    const answer = await inject(app, { source, method: 'POST', url, payload });
    expect([answer.statusCode, answer.json()]).toEqual([413, { detail: 'The body has 1031 bytes; the limit is 1024' }]);
    expect((await inject(app, { source, method: 'POST', url: '/unread', payload })).statusCode).toBe(200);
    expect((await inject(app, { source, method: 'POST', url, payload: { text: 'x'.repeat(1013) } })).statusCode).toBe(
      200,
    );
  });
});

test('the body limit is 6 MB unless a setting says otherwise', async () => {
  const payload = Buffer.alloc(6 * MIB + 1);
  expect((await inject(appOf(Sized), { method: 'POST', url: '/raw', payload })).statusCode).toBe(413);
  expect(
    (await inject(appOf(Sized, { settings: { BODY_LIMIT: '7mb' } }), { method: 'POST', url: '/raw', payload })).payload,
  ).toBe(String(payload.length));
});
