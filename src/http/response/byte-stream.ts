import { PassThrough, pipeline, Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { isAnyArrayBuffer } from 'node:util/types';

/** The sources of a streamed body. Their chunks are text or bytes. */
export type StreamContent =
  | Readable
  | ReadableStream<StreamChunk>
  | AsyncIterable<StreamChunk>
  | Iterable<StreamChunk>
  | Blob
  | ArrayBuffer
  | StreamChunk;

/**
 * Makes a byte stream of any source. Destroying it destroys the source.
 *
 * @throws TypeError if the content can't be iterated.
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
  // An old-style stream, which some packages still make, pushes its data and has no read().
  if (typeof source.read !== 'function') return new Readable().wrap(source);
  if (source.readableObjectMode) return fromObjects(source);
  // Another listener, such as a byte counter, makes the stream flow: a later reader would miss the first chunks.
  // Errors reach the reader of the new stream.
  return source.listenerCount('data') > 0 ? pipeline(source, new PassThrough(), ignore) : source;
}

function fromWeb(source: ReadableStream): Readable {
  // Readable.fromWeb, because the stream's own iterator closes only after its pending read.
  if (source instanceof ReadableStream) return Readable.fromWeb(source as NodeReadableStream);
  // A stream of a package: Readable.fromWeb accepts Node's streams only.
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

function ignore(): void {}

export type StreamChunk = string | Uint8Array;

/** A synchronous or an asynchronous iterator. */
export type ChunkIterator = Iterator<unknown> | AsyncIterator<unknown>;

/**
 * Starts an iteration, an asynchronous one if possible.
 *
 * @throws TypeError if the content can't be iterated.
 */
export function iteratorOf(content: unknown): ChunkIterator {
  // These are iterable, too, but by characters and by numbers.
  if (typeof content === 'string' || content instanceof Uint8Array) return [content].values();
  if (isAnyArrayBuffer(content)) return [new Uint8Array(content)].values();
  const source = Object(content) as Partial<AsyncIterable<unknown> & Iterable<unknown>>;
  const iterator = source[Symbol.asyncIterator]?.() ?? source[Symbol.iterator]?.();
  if (iterator === undefined) throw new TypeError('A streamed body must be a stream or an iterable of text or bytes');
  return iterator;
}

/**
 * A byte stream that reads an iterator.
 *
 * `Readable.from` reports its destruction only after the iterator has ended, which a generator that awaits something
 * slow may never do. This stream reports it immediately, so that timeouts work.
 */
export class IterableStream extends Readable {
  readonly #iterator: ChunkIterator;
  #pulling = false;

  constructor(iterator: ChunkIterator) {
    super();
    this.#iterator = iterator;
  }

  override _read(): void {
    if (this.#pulling) return;
    this.#pulling = true;
    this.#pull().catch((error: Error) => this.destroy(error));
  }

  async #pull(): Promise<void> {
    const { done, value } = await this.#iterator.next();
    const chunk = done === true ? null : checked(await value);
    this.#pulling = false;
    this.push(chunk);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    // The reader is gone, so an error while closing the source has nowhere to go.
    release(this.#iterator).then(undefined, ignore);
    done(error);
  }
}

async function release(iterator: ChunkIterator): Promise<void> {
  await iterator.return?.();
}

function checked(chunk: unknown): StreamChunk {
  if (typeof chunk === 'string' || chunk instanceof Uint8Array) return chunk;
  throw new TypeError(`A stream takes text or bytes (Uint8Array), but its source yielded ${describe(chunk)}`);
}

function describe(value: unknown): string {
  return value === null || typeof value !== 'object'
    ? String(value)
    : `an instance of ${value.constructor?.name ?? 'null'}`;
}

// By tag, because naming the globals `Response` and `Blob` would make Node load all of fetch. Members are checked, too,
// because any class can have such a tag.

export function isBlob(value: unknown): value is Blob {
  const tag = stringTag(value);
  return (tag === 'Blob' || tag === 'File') && hasMethod(value, 'stream') && typeof (value as Blob).size === 'number';
}

export function isReadableStream(value: unknown): value is ReadableStream<StreamChunk> {
  return stringTag(value) === 'ReadableStream' && hasMethod(value, 'getReader');
}

export function stringTag(value: unknown): unknown {
  return (value as { [Symbol.toStringTag]?: unknown } | null | undefined)?.[Symbol.toStringTag];
}

export function hasMethod(value: unknown, method: string): boolean {
  return typeof (value as Record<string, unknown> | null | undefined)?.[method] === 'function';
}
