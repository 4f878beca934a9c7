import { Readable } from 'node:stream';
import { isAnyArrayBuffer } from 'node:util/types';

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
    release(this.#iterator).then(undefined, ignore);
    done(error);
  }
}

// The consumer is gone: nobody is left to tell that the source could not close properly.
function ignore(): void {}

async function release(iterator: ChunkIterator): Promise<void> {
  await iterator.return?.();
}

function checked(chunk: unknown): StreamChunk {
  if (typeof chunk === 'string' || chunk instanceof Uint8Array) return chunk;
  throw new TypeError(`A stream takes text or bytes (Uint8Array), but its source gave ${describe(chunk)}`);
}

function describe(value: unknown): string {
  return value === null || typeof value !== 'object' ? String(value) : `an instance of ${value.constructor?.name ?? 'null'}`;
}
