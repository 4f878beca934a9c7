import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { iteratorOf, IterableStream, type StreamChunk } from './iterable-stream.js';

/** What a body can be streamed from: chunks are text or bytes. */
export type StreamContent =
  | Readable
  | ReadableStream<StreamChunk>
  | AsyncIterable<StreamChunk>
  | Iterable<StreamChunk>
  | StreamChunk;

/**
 * One kind of stream out of all of them; destroying it destroys what it reads from.
 *
 * @throws TypeError when the content can't be iterated.
 */
export function byteStream(content: StreamContent): Readable {
  if (isNodeStream(content)) return content.readableObjectMode ? fromObjects(content) : content;
  // A web stream's own iterator would close only after the read that it waits for.
  if (content instanceof ReadableStream) return Readable.fromWeb(content as NodeReadableStream);
  return new IterableStream(iteratorOf(content));
}

function isNodeStream(content: unknown): content is Readable {
  return typeof (content as Partial<Readable> | null)?.pipe === 'function';
}

function fromObjects(source: Readable): Readable {
  const stream = new IterableStream(source[Symbol.asyncIterator]());
  return stream.once('close', () => source.destroy());
}
