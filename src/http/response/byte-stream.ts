import { PassThrough, pipeline, Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { isAnyArrayBuffer } from 'node:util/types';

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

export type StreamChunk = string | Uint8Array;

/** The two ways to iterate, as one. */
export type ChunkIterator = Iterator<unknown> | AsyncIterator<unknown>;

/**
 * Starts an iteration, asynchronous where there is a choice.
 *
 * @throws TypeError when the content can't be iterated.
 */
export function iteratorOf(content: unknown): ChunkIterator {
  // Both are iterable too, but by characters and by numbers.
  if (typeof content === 'string' || content instanceof Uint8Array) return [content].values();
  if (isAnyArrayBuffer(content)) return [new Uint8Array(content)].values();
  const source = Object(content) as Partial<AsyncIterable<unknown> & Iterable<unknown>>;
  const iterator = source[Symbol.asyncIterator]?.() ?? source[Symbol.iterator]?.();
  if (iterator === undefined) throw new TypeError('A streamed body must be a stream or an iterable of text or bytes');
  return iterator;
}

/**
 * A byte stream that pulls an iterator.
 *
 * `Readable.from` waits for the iterator's end before it reports that it was destroyed, and a generator that
 * awaits something slow does not end: this one reports at once, so that a time limit is one.
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
    release(this.#iterator).then(undefined, ignoreCloseError);
    done(error);
  }
}

// The consumer is gone: nobody is left to tell that the source could not close properly.
function ignoreCloseError(): void {}

async function release(iterator: ChunkIterator): Promise<void> {
  await iterator.return?.();
}

function checked(chunk: unknown): StreamChunk {
  if (typeof chunk === 'string' || chunk instanceof Uint8Array) return chunk;
  throw new TypeError(`A stream takes text or bytes (Uint8Array), but its source gave ${describe(chunk)}`);
}

function describe(value: unknown): string {
  return value === null || typeof value !== 'object'
    ? String(value)
    : `an instance of ${value.constructor?.name ?? 'null'}`;
}

// By their tags: naming the globals `Response` and `Blob` would have Node load all of fetch at the start. Members are
// asked for as well, for any class may have such a tag, and older packages have such classes.

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
