import { brotliDecompressSync, createBrotliDecompress, createGunzip, gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { RenderedHeaders } from '../../../src/http/message/headers.js';
import { checkCompressionOptions, type CompressionOptions } from '../../../src/http/policies/compression-options.js';
import { bestEncoding, compress } from '../../../src/http/policies/compression.js';
import { byteStream } from '../../../src/http/response/byte-stream.js';
import { isStreamed, type RenderedResponse } from '../../../src/http/response/rendered-response.js';
import { gate } from '../../gate.js';
import { until } from '../../until.js';

const TEXT = 'The quick brown fox. '.repeat(200);

function rendered(body: string | Uint8Array | null, headers: RenderedHeaders = {}, statusCode = 200): RenderedResponse {
  return { statusCode, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers }, cookies: ['a=1'], body };
}

describe('the choice of an encoding', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['gzip', 'gzip'],
    ['GZIP, deflate', 'gzip'],
    ['gzip, br', 'br'],
    ['gzip;q=1, br;q=0.5', 'gzip'],
    ['gzip;q=0.001', 'gzip'],
    ['gzip;q=0', undefined],
    ['*', 'br'],
    ['*;q=0.5, br;q=0', 'gzip'],
    ['*;q=0', undefined],
    ['identity;q=0, gzip', 'gzip'],
    ['identity, gzip;q=0.5', undefined],
    ['identity;q=0.5, gzip;q=0.5', 'gzip'],
    ['gzip;q=abc, br;q=-1', undefined],
    ['gzip;q=2', undefined],
    ['gzip;q=0.12345', undefined],
    ['gzip;q=, br; Q = 0.3', 'br'],
    ['gzipped, xbr', undefined],
    [',,;q=1,', undefined],
  ])('for %j is %s', (header, encoding) => {
    expect(bestEncoding(header, ['br', 'gzip'])).toBe(encoding);
  });

  it('follows the order of the server where the client has none', () => {
    expect(bestEncoding('br, gzip', ['gzip', 'br'])).toBe('gzip');
  });

  it('survives any header', () => {
    fc.assert(
      fc.property(fc.string(), (header) => [undefined, 'br', 'gzip'].includes(bestEncoding(header, ['br', 'gzip']))),
    );
  });
});

describe('compression', () => {
  it.each([
    ['gzip', gunzipSync],
    ['br', brotliDecompressSync],
  ] as const)('by %s gives a smaller body that is the same again', async (encoding, decompress) => {
    const answer = await compress(
      rendered(TEXT, { 'content-length': '4200', etag: '"v1"', 'accept-ranges': 'bytes' }),
      encoding,
    );
    expect(answer.headers).toEqual({
      'content-type': 'text/plain; charset=utf-8',
      'content-encoding': encoding,
      vary: 'accept-encoding',
      etag: 'W/"v1"',
    });
    expect((answer.body as Buffer).length).toBeLessThan(TEXT.length / 4);
    expect(decompress(answer.body as Buffer).toString()).toBe(TEXT);
    expect(answer).toMatchObject({ statusCode: 200, cookies: ['a=1'] });
  });

  it('compresses bytes of a textual type, and leaves a weak tag weak', async () => {
    const answer = await compress(rendered(Buffer.from(TEXT), { etag: 'W/"v1"' }), 'gzip');
    expect(answer.headers['etag']).toBe('W/"v1"');
    expect(gunzipSync(answer.body as Buffer).toString()).toBe(TEXT);
  });

  it('tells caches that the answer depends on the encoding, also where it sends none', async () => {
    const answer = await compress(rendered(TEXT, { vary: 'origin' }), 'identity');
    expect(answer).toMatchObject({ body: TEXT, headers: { vary: 'origin, accept-encoding' } });
    expect(answer.headers).not.toHaveProperty('content-encoding');
  });

  it.each<[string, RenderedResponse]>([
    ['below the threshold', rendered('short')],
    ['an image', rendered(Buffer.alloc(5000), { 'content-type': 'image/png' })],
    ['of no type', { ...rendered(TEXT), headers: {} }],
    ['encoded already', rendered(TEXT, { 'content-encoding': 'zstd' })],
    ['a part', rendered(TEXT, { 'content-range': 'bytes 0-9/10' }, 206)],
    ['without a body', rendered(null, {}, 204)],
    ['not to be transformed', rendered(TEXT, { 'cache-control': 'public, no-transform' })],
  ])('leaves alone what is %s', async (_what, answer) => {
    await expect(compress(answer, 'gzip')).resolves.toBe(answer);
  });

  it('counts bytes against the threshold', async () => {
    const answer = await compress(rendered('é'.repeat(600)), 'gzip', { threshold: 1200 });
    expect(answer.headers['content-encoding']).toBe('gzip');
    const options: CompressionOptions = { threshold: 1201 };
    await expect(compress(rendered('é'.repeat(600)), 'gzip', options)).resolves.toMatchObject({
      body: 'é'.repeat(600),
    });
  });

  it('uses only the encodings that are in use', async () => {
    await expect(compress(rendered(TEXT), 'br', { encodings: ['gzip'] })).resolves.toMatchObject({ body: TEXT });
  });

  it.each(['gzip', 'br'])('works harder at a higher level of %s', async (encoding) => {
    const body = JSON.stringify(
      Array.from({ length: 500 }, (_, id) => ({ id, name: `Customer ${id * 7}`, total: id * 3.17 })),
    );
    const sizes = await Promise.all(
      [1, 9].map(async (level) => ((await compress(rendered(body), encoding, { level })).body as Buffer).length),
    );
    expect(sizes[1]).toBeLessThan(sizes[0] as number);
  });

  it('compresses a stream as it passes', async () => {
    const answer = await compress({ ...rendered(null), body: byteStream([TEXT, TEXT]) }, 'gzip');
    if (!isStreamed(answer)) throw new Error('expected a stream');
    expect(gunzipSync(Buffer.concat(await answer.body.toArray())).toString()).toBe(TEXT + TEXT);
  });

  it.each([
    ['gzip', createGunzip],
    ['br', createBrotliDecompress],
  ] as const)('holds back no chunk of a stream by %s, however short', async (encoding, decompress) => {
    const passing = [gate(), gate(), gate()] as const;
    const source = byteStream(
      (async function* () {
        for (const [index, { passed }] of passing.entries()) {
          await passed;
          yield `{"line":${index}}\n`;
        }
      })(),
    );
    const answer = await compress(
      { ...rendered(null, { 'content-type': 'application/x-ndjson' }), body: source },
      encoding,
    );
    if (!isStreamed(answer)) throw new Error('expected a stream');
    let text = '';
    const reading = answer.body.pipe(decompress()).on('data', (chunk: Buffer) => (text += chunk.toString()));
    for (const [index, { open }] of passing.entries()) {
      open();
      await until(`line ${index}`, () => text.endsWith(`{"line":${index}}\n`));
    }
    await until('the end', () => reading.readableEnded);
  });

  it('leaves server-sent events alone, which are too short to gain by it', async () => {
    const events = { ...rendered(null, { 'content-type': 'text/event-stream' }), body: byteStream(['data: x\n\n']) };
    await expect(compress(events, 'gzip')).resolves.toBe(events);
  });

  it('hands on the error of a stream', async () => {
    const failing = byteStream(
      (function* () {
        yield TEXT;
        throw new Error('mid-stream');
      })(),
    );
    const answer = await compress({ ...rendered(null), body: failing }, 'gzip');
    if (!isStreamed(answer)) throw new Error('expected a stream');
    await expect(answer.body.toArray()).rejects.toThrow('mid-stream');
  });

  it('closes the source when the reader goes away', async () => {
    const source = byteStream(
      (function* () {
        while (true) yield TEXT;
      })(),
    );
    const answer = await compress({ ...rendered(null), body: source }, 'gzip');
    if (!isStreamed(answer)) throw new Error('expected a stream');
    const closed = new Promise((resolve) => source.once('close', resolve));
    answer.body.destroy();
    await closed;
    expect(source.destroyed).toBe(true);
  });
});

describe('the compression option', () => {
  it.each<[string, unknown]>([
    ['Unknown in the option compression: treshold', { treshold: 1 }],
    ['takes br and gzip, not deflate', { encodings: ['gzip', 'deflate'] }],
    ['level is 11; it takes a whole number from 1 to 9', { level: 11 }],
    ['threshold is 1kb; it takes a number from 0', { threshold: '1kb' }],
  ])('is refused with "%s"', (message, options) => {
    expect(() => checkCompressionOptions(options as CompressionOptions)).toThrow(message);
  });

  it('may be empty', () => {
    expect(() => checkCompressionOptions({})).not.toThrow();
  });
});
