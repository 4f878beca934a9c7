import { Readable } from 'node:stream';
import { InternalServerErrorException } from '../../../src/errors/exceptions.js';
import type { RenderedHeaders } from '../../../src/http/message/headers.js';
import { byteStream } from '../../../src/http/response/byte-stream.js';
import { collectStream } from '../../../src/http/response/collect-stream.js';
import type { RenderedResponse } from '../../../src/http/response/rendered-response.js';

function collect(
  chunks: Iterable<string | Uint8Array>,
  headers: RenderedHeaders,
  limit = 1000,
): Promise<RenderedResponse> {
  return collectStream({ statusCode: 201, headers, cookies: ['a=1'], body: byteStream(chunks) }, limit);
}

describe('collecting a stream', () => {
  it('makes one string of text, even where a character is split over chunks', async () => {
    const euro = Buffer.from('€');
    const headers = { 'content-type': 'text/plain; charset=utf-8' };
    await expect(collect([euro.subarray(0, 1), euro.subarray(1)], headers)).resolves.toEqual({
      statusCode: 201,
      headers,
      cookies: ['a=1'],
      body: '€',
    });
  });

  it.each<[string, RenderedHeaders, Buffer]>([
    ['it is of a binary type', { 'content-type': 'image/png' }, Buffer.from('x')],
    ['it has no type', {}, Buffer.from('x')],
    ['it is compressed', { 'content-type': 'text/plain', 'content-encoding': 'gzip' }, Buffer.from('x')],
    ['it is no UTF-8', { 'content-type': 'text/plain' }, Buffer.from([0xff, 0xfe])],
  ])('keeps bytes when %s', async (_why, headers, bytes) => {
    await expect(collect([bytes], headers)).resolves.toMatchObject({ body: bytes });
  });

  it('takes streams that give text', async () => {
    const body = Readable.from([Buffer.from('ab')], { objectMode: false }).setEncoding('utf8');
    const headers = { 'content-type': 'text/plain' };
    await expect(collectStream({ statusCode: 200, headers, cookies: [], body }, 10)).resolves.toMatchObject({
      body: 'ab',
    });
  });

  it('takes exactly the limit, and over it is 500 with the reason in the log only', async () => {
    await expect(collect(['12345'], { 'content-type': 'text/plain' }, 5)).resolves.toMatchObject({ body: '12345' });
    const error: unknown = await collect(['123', '456'], {}, 5).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InternalServerErrorException);
    expect(error).toMatchObject({ detail: 'Internal Server Error', errorDetail: expect.stringContaining('5 bytes') });
  });

  it('stops an endless stream at the limit and closes it', async () => {
    const body = byteStream(
      (function* () {
        while (true) yield 'x'.repeat(100);
      })(),
    );
    await expect(collectStream({ statusCode: 200, headers: {}, cookies: [], body }, 1000)).rejects.toThrow(
      'Internal Server Error',
    );
    expect(body.destroyed).toBe(true);
  });

  it('fails with what the stream fails with', async () => {
    const failing = (function* () {
      yield 'x';
      throw new Error('mid-stream');
    })();
    await expect(collect(failing, {})).rejects.toThrow('mid-stream');
  });
});
