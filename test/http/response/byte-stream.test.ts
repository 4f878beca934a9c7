import { once } from 'node:events';
import { PassThrough, Readable } from 'node:stream';
import fc from 'fast-check';
import { byteStream, type StreamContent } from '../../../src/http/response/byte-stream.js';

async function textOf(content: unknown): Promise<string> {
  const chunks = await byteStream(content as StreamContent).toArray();
  return Buffer.concat(chunks.map((chunk: string | Uint8Array) => Buffer.from(chunk as string))).toString();
}

async function* letters(): AsyncGenerator<string> {
  yield 'a';
  yield '';
  yield 'é';
}

/** Endless, and tells when it was closed. */
function endless() {
  const state = { closed: false };
  async function* generate() {
    try {
      while (true) yield 'x'.repeat(1000);
    } finally {
      state.closed = true;
    }
  }
  return { state, content: generate() };
}

describe('a byte stream', () => {
  it.each<[string, () => unknown]>([
    ['an async generator', letters],
    ['an array', () => ['a', Buffer.from('é')]],
    ['an array of promises', () => [Promise.resolve('a'), Promise.resolve('é')]],
    ['text', () => 'aé'],
    ['bytes', () => new TextEncoder().encode('aé')],
    ['a Readable', () => Readable.from([Buffer.from('aé')], { objectMode: false })],
    ['a Readable in object mode', () => Readable.from(['a', 'é'])],
    ['a web stream of bytes', () => new Blob(['aé']).stream()],
    ['a web stream of text', () => new ReadableStream({ start: (c) => (c.enqueue('a'), c.enqueue('é'), c.close()) })],
  ])('is made of %s', async (_what, make) => {
    await expect(textOf(make())).resolves.toBe('aé');
  });

  it('passes on what any iterable gives, in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string()), async (chunks) => {
        expect(await textOf(chunks)).toBe(Buffer.from(chunks.join('')).toString());
      }),
    );
  });

  it.each([[null], [undefined], [7], [{}], [() => 'x']])('refuses %p', (content) => {
    expect(() => byteStream(content as never)).toThrow(
      'A streamed body must be a stream or an iterable of text or bytes',
    );
  });

  it.each([
    [[1], 'yielded 1'],
    [[{ a: 1 }], 'yielded an instance of Object'],
    [[null], 'yielded null'],
    [[undefined], 'yielded undefined'],
    [Readable.from([{ a: 1 }]), 'yielded an instance of Object'],
  ])('fails on a chunk that is neither text nor bytes', async (content, message) => {
    await expect(textOf(content)).rejects.toThrow(message);
  });

  it('fails with what its source fails with, after what came before', async () => {
    const seen: string[] = [];
    const stream = byteStream(
      (async function* () {
        yield 'first';
        throw new Error('source broke');
      })(),
    );
    stream.on('data', (chunk: Buffer) => seen.push(chunk.toString()));
    const [error] = (await once(stream, 'error')) as [Error];
    expect([seen, error.message]).toEqual([['first'], 'source broke']);
  });

  it.each([
    [
      'a synchronous iterable',
      {
        [Symbol.iterator]: () => ({
          next() {
            throw new Error('next broke');
          },
        }),
      },
    ],
    [
      'an asynchronous one',
      {
        [Symbol.asyncIterator]: () => ({
          next() {
            throw new Error('next broke');
          },
        }),
      },
    ],
  ])('fails with what the next of %s throws', async (_what, content) => {
    await expect(textOf(content)).rejects.toThrow('next broke');
  });

  it('fails where starting the iteration throws', () => {
    const content = {
      [Symbol.asyncIterator]() {
        throw new Error('start broke');
      },
    };
    expect(() => byteStream(content as never)).toThrow('start broke');
  });

  it('reads no further than the reader does', async () => {
    let given = 0;
    const stream = byteStream(
      (function* () {
        while (true) yield `${given++}`.padEnd(1000);
      })(),
    );
    stream.read(0);
    await new Promise(setImmediate);
    expect(given).toBeLessThan(100);
    stream.destroy();
  });

  it('closes a generator when it is destroyed', async () => {
    const { state, content } = endless();
    const stream = byteStream(content);
    await once(stream, 'readable');
    stream.destroy();
    await new Promise(setImmediate);
    expect(state.closed).toBe(true);
  });

  it('closes at once while its generator still waits', async () => {
    const stream = byteStream(
      (async function* () {
        yield await new Promise<string>(() => {});
      })(),
    );
    stream.read(0);
    stream.destroy(new Error('stop'));
    const [error] = (await once(stream, 'error')) as [Error];
    expect(error.message).toBe('stop');
  });

  it('outlives a source that can not close properly', async () => {
    const source = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise(() => {}),
        return: () => Promise.reject(new Error('no')),
      }),
    };
    const stream = byteStream(source as never);
    stream.destroy();
    await once(stream, 'close');
    expect(stream.errored).toBeNull();
  });

  it('destroys a source in object mode, and cancels a web stream', async () => {
    const source = new PassThrough({ objectMode: true });
    const first = byteStream(source).on('error', () => {});
    first.read(0);
    first.destroy();
    await once(first, 'close');
    expect(source.destroyed).toBe(true);

    let cancelled = false;
    const second = byteStream(new ReadableStream({ cancel: () => void (cancelled = true) }));
    second.read(0);
    second.destroy();
    await once(second, 'close');
    expect(cancelled).toBe(true);
  });
});
