import type { ChunkIterator } from './iterable-stream.js';

const PING = ': ping\n\n';

/** Events as text, with a comment in between whenever none has come for a while. */
export class EventLines implements AsyncIterator<string> {
  #pending: Promise<IteratorResult<unknown>> | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** @param ping Seconds of silence that call for a comment. */
  constructor(
    private readonly events: ChunkIterator,
    private readonly encode: (event: unknown) => string,
    private readonly ping: number | undefined,
  ) {}

  async next(): Promise<IteratorResult<string>> {
    this.#pending ??= this.#pull();
    const result = this.ping === undefined ? await this.#pending : await this.#orSilence(this.#pending, this.ping);
    if (result === undefined) return { done: false, value: PING };
    this.#pending = undefined;
    return result.done === true ? { done: true, value: undefined } : { done: false, value: this.encode(result.value) };
  }

  async return(): Promise<IteratorResult<string>> {
    clearTimeout(this.#timer);
    await this.events.return?.();
    return { done: true, value: undefined };
  }

  async #pull(): Promise<IteratorResult<unknown>> {
    const { done, value } = await this.events.next();
    return done === true ? { done, value: undefined } : { done: false, value: await value };
  }

  async #orSilence<T>(pending: Promise<T>, seconds: number): Promise<T | undefined> {
    const silence = new Promise<undefined>((resolve) => {
      this.#timer = setTimeout(resolve, seconds * 1000, undefined);
    });
    try {
      return await Promise.race([pending, silence]);
    } finally {
      clearTimeout(this.#timer);
    }
  }
}
