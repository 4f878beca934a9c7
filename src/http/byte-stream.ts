import { PassThrough, pipeline, Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { iteratorOf, IterableStream, type StreamChunk } from './iterable-stream.js';
import { isBlob, isReadableStream } from './platform-values.js';

/** What a body can be streamed from: chunks are text or bytes. */
export type StreamContent =
  | Readable
  | ReadableStream<StreamChunk>
  | AsyncIterable<StreamChunk>
  | Iterable<StreamChunk>
  | Blob
  | ArrayBuffer
  | StreamChunk;

/**
 * One kind of stream out of all of them; destroying it destroys what it reads from.
 *
 * @throws TypeError when the content can't be iterated.
 */
export function byteStream(content: StreamContent): Readable {
  if (isNodeStream(content)) return fromNode(content);
  if (isReadableStream(content)) return fromWeb(content);
  if (isBlob(content)) return fromWeb(content.stream());
  return new IterableStream(iteratorOf(content));
}

function isNodeStream(content: unknown): content is Readable {
  return typeof (content as Partial<Readable> | null)?.pipe === 'function';
}

function fromNode(source: Readable): Readable {
  // Of the first Node versions, as some packages still make them: it pushes, and nobody can wait for it.
  if (typeof source.read !== 'function') return new Readable().wrap(source);
  if (source.readableObjectMode) return fromObjects(source);
  // Someone else who listens, to count bytes or to hash them, makes it flow: whoever came later would miss what has passed.
  return source.listenerCount('data') > 0 ? pipeline(source, new PassThrough(), ignore) : source;
}

function fromWeb(source: ReadableStream): Readable {
  // Its own iterator would close only after the read that it waits for.
  if (source instanceof ReadableStream) return Readable.fromWeb(source as NodeReadableStream);
  // Of a package, where Node takes none but its own.
  const reader = (source as ReadableStream).getReader();
  return new IterableStream({
    next: () => reader.read() as Promise<IteratorResult<unknown>>,
    return: async () => ({ done: true, value: await reader.cancel() }),
  });
}

function fromObjects(source: Readable): Readable {
  const stream = new IterableStream(source[Symbol.asyncIterator]());
  return stream.once('close', () => source.destroy());
}

// The error itself reaches whoever reads the stream.
function ignore(): void {}
