import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { IsInt, IsString } from 'class-validator';
import { Body, Form, UploadedFile } from '../../src/decorators/parameters.js';
import { Controller, Post } from '../../src/decorators/routes.js';
import type { FormFile } from '../../src/http/request/form-file.js';
import type { TestingApplication } from '../../src/testing/testing-application.js';
import { answer, serve, SOURCES } from './serve.js';

class Note {
  @IsString() text!: string;
  @IsInt() stars!: number;
}

@Controller()
class Encoded {
  @Post('dto') dto(note: Note) {
    return note;
  }
  @Post('form') form(@Form() note: Note) {
    return note;
  }
  @Post('file') file(@UploadedFile('f') file: FormFile) {
    return file.text();
  }
  @Post('text') text(@Body() text: string) {
    return { text };
  }
  @Post('bytes') bytes(@Body() bytes: Buffer) {
    return [...bytes];
  }
  @Post('open', { consumes: 'any' }) open(@Body() body: unknown) {
    return { body };
  }
}

const LIMIT = 2000;

let app: TestingApplication;

beforeAll(async () => {
  app = await serve(Encoded, { bodyLimit: LIMIT });
});

type Source = (typeof SOURCES)[number];

function post(url: string, payload: string | Buffer, headers: Record<string, string>, source: Source = 'apiGatewayV2') {
  return answer(app, { source, method: 'POST', url, payload, headers });
}

const JSON_TYPE = { 'content-type': 'application/json' };
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };
const note = { text: 'Grüße', stars: 5 };
const JSON_TEXT = JSON.stringify(note);
const FORM_TEXT = 'text=Gr%C3%BC%C3%9Fe&stars=5';
const MULTIPART = '--XX\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\nGrüße\r\n--XX--\r\n';

const little = (text: string) => Buffer.from(text, 'utf16le');
const big = (text: string) => little(text).swap16();

const CODINGS: [name: string, deflate: (text: string | Buffer) => Buffer][] = [
  ['gzip', gzipSync],
  ['x-gzip', gzipSync],
  ['GZIP', gzipSync],
  ['deflate', deflateSync],
  ['br', brotliCompressSync],
  ['identity, br', brotliCompressSync],
  ['identity', (text) => Buffer.from(text)],
  ['', (text) => Buffer.from(text)],
];

describe.each(SOURCES)('from %s', (source) => {
  test.each(CODINGS)('a body in %s is inflated, whatever takes it', async (coding, deflate) => {
    const sent = (url: string, text: string, headers: Record<string, string>) =>
      post(url, deflate(text), { ...headers, 'content-encoding': coding }, source);
    expect(await sent('/dto', JSON_TEXT, JSON_TYPE)).toEqual([200, note]);
    expect(await sent('/form', FORM_TEXT, FORM_TYPE)).toEqual([200, note]);
    expect(await sent('/file', MULTIPART, { 'content-type': 'multipart/form-data; boundary=XX' })).toEqual([
      200,
      'Grüße',
    ]);
    expect(await sent('/text', 'Grüße', { 'content-type': 'text/plain' })).toEqual([200, { text: 'Grüße' }]);
    expect(await sent('/bytes', 'ab', { 'content-type': 'text/plain' })).toEqual([200, [97, 98]]);
    expect(await sent('/open', JSON_TEXT, JSON_TYPE)).toEqual([200, { body: note }]);
  });

  test.each(['gzip', 'deflate', 'br'])(
    'a body that a gateway has inflated, and left the header %s, is taken as it is',
    async (coding) => {
      for (const text of [JSON_TEXT, ` ${JSON_TEXT}`, `\n${JSON_TEXT}`]) {
        expect(await post('/dto', text, { ...JSON_TYPE, 'content-encoding': coding }, source)).toEqual([200, note]);
        expect(await post('/dto', Buffer.from(text), { ...JSON_TYPE, 'content-encoding': coding }, source)).toEqual([
          200,
          note,
        ]);
      }
      expect(await post('/form', FORM_TEXT, { ...FORM_TYPE, 'content-encoding': coding }, source)).toEqual([200, note]);
    },
  );

  test('text is of the charset that its type says', async () => {
    const text = 'Grüße';
    for (const charset of ['iso-8859-1', 'ISO-8859-1', '"latin1"', 'windows-1252']) {
      expect(
        await post('/text', Buffer.from(text, 'latin1'), { 'content-type': `text/plain; charset=${charset}` }, source),
      ).toEqual([200, { text }]);
      expect(
        await post(
          '/dto',
          Buffer.from(JSON_TEXT, 'latin1'),
          { 'content-type': `application/json;charset=${charset}` },
          source,
        ),
      ).toEqual([200, note]);
    }
    for (const charset of ['utf-8', 'UTF8', 'us-ascii', '"utf-8"']) {
      expect(
        await post('/dto', Buffer.from(JSON_TEXT), { 'content-type': `application/json; charset=${charset}` }, source),
      ).toEqual([200, note]);
    }
  });

  test('UTF-16 is read in both orders, with a mark and without, ASCII or not', async () => {
    for (const text of ['{"text":"abc","stars":5}', JSON_TEXT, '{"text":"漢字","stars":5}']) {
      const wanted = [200, JSON.parse(text) as unknown];
      const sent: [string, Buffer][] = [
        ['utf-16', little(text)],
        ['utf-16', little(`\ufeff${text}`)],
        ['utf-16', big(`\ufeff${text}`)],
        ['utf-16le', little(text)],
        ['UTF-16BE', big(text)],
      ];
      for (const [charset, bytes] of sent) {
        const headers = { 'content-type': `application/json; charset=${charset}` };
        expect([charset, await post('/dto', bytes, headers, source)]).toEqual([charset, wanted]);
        expect([
          charset,
          await post('/dto', gzipSync(bytes), { ...headers, 'content-encoding': 'gzip' }, source),
        ]).toEqual([charset, wanted]);
      }
    }
  });

  test('what a gateway hands over as text is that text', async () => {
    for (const charset of ['iso-8859-1', 'utf-16']) {
      expect(await post('/dto', JSON_TEXT, { 'content-type': `application/json; charset=${charset}` }, source)).toEqual(
        [200, note],
      );
    }
  });
});

describe('a content-encoding', () => {
  it.each(['zstd', 'compress', 'gzip, br', 'gzip, gzip', 'constructor', '__proto__', 'gzip;q=1', 'x'.repeat(3000)])(
    '%s is 415, and the answer names those that are taken',
    async (coding) => {
      for (const [url, headers] of [
        ['/dto', JSON_TYPE],
        ['/form', FORM_TYPE],
        ['/text', JSON_TYPE],
        ['/bytes', JSON_TYPE],
      ] as const) {
        const response = await app.inject({
          method: 'POST',
          url,
          payload: gzipSync(JSON_TEXT),
          headers: { ...headers, 'content-encoding': coding },
        });
        expect([url, response.statusCode, response.headers['accept-encoding']]).toEqual([
          url,
          415,
          'gzip, deflate, br',
        ]);
        expect(response.payload.length).toBeLessThan(300);
      }
    },
  );

  it('of no body is none', async () => {
    const [status] = await answer(app, { method: 'POST', url: '/dto', headers: { 'content-encoding': 'zstd' } });
    expect(status).toBe(422);
  });

  it('is no way around the limit', async () => {
    const bomb = 'x'.repeat(5_000_000);
    for (const [coding, deflate] of CODINGS.slice(0, 5)) {
      const headers = { ...JSON_TYPE, 'content-encoding': coding };
      expect(await post('/text', deflate('x'.repeat(LIMIT)), headers)).toEqual([200, { text: 'x'.repeat(LIMIT) }]);
      for (const url of ['/dto', '/text', '/bytes', '/open']) {
        expect(await post(url, deflate(bomb).subarray(0, LIMIT), headers)).toEqual([
          413,
          { detail: `The inflated body has more than ${LIMIT} bytes` },
        ]);
      }
      expect(
        await post('/form', deflate(bomb).subarray(0, LIMIT), { ...FORM_TYPE, 'content-encoding': coding }),
      ).toMatchObject([413, {}]);
    }
    const random = Buffer.from(Array.from({ length: LIMIT + 1 }, (_, index) => (index * 7919) % 251));
    expect(await post('/bytes', gzipSync(random), { ...JSON_TYPE, 'content-encoding': 'gzip' })).toMatchObject([
      413,
      {},
    ]);
  });

  it('that the bytes break is 400', async () => {
    const broken: [string, Buffer][] = [
      ['gzip', gzipSync(JSON_TEXT).subarray(0, -4)],
      ['gzip', gzipSync(JSON_TEXT).subarray(0, 4)],
      ['gzip', Buffer.concat([gzipSync(JSON_TEXT), Buffer.from('more')])],
      ['deflate', deflateSync(JSON_TEXT).subarray(0, -2)],
      ['deflate', Buffer.concat([deflateSync(JSON_TEXT), Buffer.from('more')])],
      ['br', brotliCompressSync(JSON_TEXT).subarray(0, -1)],
      ['br', Buffer.concat([brotliCompressSync(JSON_TEXT), Buffer.from('more')])],
      ['br', Buffer.from([0xff, 0xff, 0xff])],
      ['deflate', deflateRawSync(JSON_TEXT)],
    ];
    for (const [coding, bytes] of broken) {
      expect([coding, (await post('/dto', bytes, { ...JSON_TYPE, 'content-encoding': coding }))[0]]).toEqual([
        coding,
        400,
      ]);
    }
    expect(
      await post('/dto', gzipSync(JSON_TEXT).subarray(0, -4), { ...JSON_TYPE, 'content-encoding': 'gzip' }),
    ).toEqual([400, { detail: 'The body is not valid gzip' }]);
  });
});

describe('a charset', () => {
  it.each(['utf-7', 'klingon', 'binary;', '__proto__', 'utf-32', 'iso-2022-kr', '""', 'x'.repeat(3000)])(
    '%s that nobody knows is 415',
    async (charset) => {
      for (const [url, type] of [
        ['/dto', 'application/json'],
        ['/form', 'application/x-www-form-urlencoded'],
        ['/text', 'text/plain'],
      ] as const) {
        expect([url, (await post(url, 'a=b', { 'content-type': `${type}; charset=${charset}` }))[0]]).toEqual([
          url,
          415,
        ]);
      }
      expect(await post('/bytes', 'ab', { 'content-type': `text/plain; charset=${charset}` })).toEqual([200, [97, 98]]);
    },
  );

  it('whose bytes are broken is 400', async () => {
    const odd = Buffer.from([0x61, 0, 0xff]);
    expect(await post('/text', odd, { 'content-type': 'text/plain; charset=utf-16' })).toEqual([
      400,
      { detail: 'The body is not valid utf-16le' },
    ]);
  });

  it('of a form holds for what is percent-encoded', async () => {
    const latin1 = { 'content-type': 'application/x-www-form-urlencoded; charset=iso-8859-1' };
    expect(await post('/form', 'text=Gr%FC%DFe+%26&stars=5', latin1)).toEqual([200, { text: 'Grüße &', stars: 5 }]);
    expect(await post('/form', Buffer.from('text=Gr\xfc%DFe&stars=5', 'latin1'), latin1)).toEqual([200, note]);
    expect((await post('/form', 'text=%F&stars=5', latin1))[0]).toBe(400);
    expect((await post('/form', 'text=%zz&stars=5', latin1))[0]).toBe(400);
  });
});
