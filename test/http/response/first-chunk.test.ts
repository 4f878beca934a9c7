import { once } from 'node:events';
import { PassThrough, Readable, Stream } from 'node:stream';
import { byteStream } from '../../../src/http/response/byte-stream.js';
import { firstChunk } from '../../../src/http/response/render-response.js';

const textOf = async (stream: Readable) => (await stream.toArray()).join('');

async function* failing(error: unknown) {
  yield '';
  throw error;
}

describe('waiting for the first chunk', () => {
  it.each<[string, () => Readable | Promise<Readable>]>([
    ['text', () => byteStream('one two')],
    [
      'an async generator',
      () =>
        byteStream(
          (async function* () {
            yield 'one ';
            yield 'two';
          })(),
        ),
    ],
    [
      'a generator that begins with nothing',
      () =>
        byteStream(
          (function* () {
            yield '';
            yield 'one two';
          })(),
        ),
    ],
    ['a stream of objects', () => byteStream(Readable.from(['one ', 'two']))],
    ['a stream that is full already', () => byteStream(Readable.from([Buffer.from('one two')], { objectMode: false }))],
    ['a web stream', () => byteStream(new Blob(['one two']).stream())],
    ['a stream of the first Node versions', () => byteStream(oldStream('one ', 'two'))],
    [
      'a stream that someone has waited for',
      async () => {
        const stream = Readable.from([Buffer.from('one two')], { objectMode: false });
        await once(stream, 'readable');
        return stream;
      },
    ],
    [
      'a stream that someone waits for, too',
      async () => {
        const stream = Readable.from([Buffer.from('one two')], { objectMode: false }).on('readable', () => undefined);
        await once(stream, 'readable');
        return stream;
      },
    ],
  ])('takes nothing of %s', async (_, make) => {
    const stream = await make();
    await firstChunk(stream);
    expect([stream.listenerCount('end'), await textOf(stream)]).toEqual([expect.any(Number), 'one two']);
  });

  it('takes nothing of a stream that someone else listens to, who misses nothing either', async () => {
    const source = new PassThrough();
    const heard: string[] = [];
    source.on('data', (chunk: Buffer) => heard.push(chunk.toString()));
    setImmediate(() => source.end('one two'));
    const stream = byteStream(source);
    await firstChunk(stream);
    expect([await textOf(stream), heard.join('')]).toEqual(['one two', 'one two']);
  });

  it.each<[string, () => Readable]>([
    ['an empty stream', () => byteStream([])],
    ['nothing but empty chunks', () => byteStream(['', new Uint8Array(0)])],
    [
      'a stream that has ended',
      () => {
        const stream = Readable.from([]);
        stream.resume();
        return stream;
      },
    ],
  ])('ends with %s', async (_, make) => {
    const stream = make();
    await firstChunk(stream);
    expect(await textOf(stream)).toBe('');
  });

  it.each<[string, () => Readable]>([
    ['a generator', () => byteStream(failing(new Error('no')))],
    [
      'a generator whose first chunk is empty',
      () =>
        byteStream(
          (function* () {
            yield '';
            throw new Error('no');
          })(),
        ),
    ],
    [
      'a Readable',
      () =>
        byteStream(
          new Readable({
            read() {
              this.destroy(new Error('no'));
            },
          }),
        ),
    ],
    ['a stream of objects', () => byteStream(Readable.from(failing(new Error('no'))))],
    ['a web stream', () => byteStream(new ReadableStream({ pull: () => Promise.reject(new Error('no')) }))],
    [
      'a web stream that has failed already',
      () => byteStream(new ReadableStream({ start: (controller) => controller.error(new Error('no')) })),
    ],
    ['a stream that has failed already', () => new PassThrough().on('error', () => undefined).destroy(new Error('no'))],
    [
      'a stream that someone else listens to',
      () =>
        byteStream(
          new Readable({
            read() {
              this.destroy(new Error('no'));
            },
          }).on('data', () => undefined),
        ),
    ],
  ])('fails with what %s fails with', async (_, make) => {
    await expect(firstChunk(make().on('error', () => undefined))).rejects.toThrow('no');
  });

  it.each([['text'], [{ statusCode: 410 }]])('fails with %j, if that is what was thrown', async (thrown) => {
    await expect(firstChunk(byteStream(failing(thrown)))).rejects.toBe(thrown);
  });

  it('fails where a stream was closed before its end', async () => {
    await expect(firstChunk(new PassThrough().destroy())).rejects.toThrow('Premature close');
  });

  it('leaves no listener', async () => {
    const stream = Readable.from([Buffer.from('one')], { objectMode: false });
    const before = stream.eventNames().map((name) => [name, stream.listenerCount(name)]);
    await firstChunk(stream);
    expect(stream.eventNames().map((name) => [name, stream.listenerCount(name)])).toEqual(before);
  });
});

function oldStream(...chunks: readonly string[]): never {
  const stream = new Stream();
  setImmediate(() => {
    for (const chunk of chunks) stream.emit('data', Buffer.from(chunk));
    stream.emit('end');
  });
  return stream as never;
}
