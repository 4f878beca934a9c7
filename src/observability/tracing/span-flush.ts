import type { TracerProvider } from '@opentelemetry/api';
import type { Context as LambdaContext } from 'aws-lambda';
import { reasonOf } from '../../logging/access-log/error-reason.js';
import { getLogger } from '../../logging/logger/current-logger.js';
import { atMost } from '../../shared/promise.js';
import { timeLeft } from '../../shared/time.js';
import type { MaybePromise } from '../../shared/types.js';

/** A provider of an SDK in this process. Others, such as that of the API alone, have nothing to export. */
interface FlushableProvider extends TracerProvider {
  forceFlush?(): Promise<void>;
  getDelegate?(): TracerProvider;
}

/** The milliseconds of an invocation that are left for its response. */
const MARGIN = 100;

/**
 * Exports the spans of an invocation before its result is given: afterwards Lambda freezes the process, and spans that
 * wait for a batch to fill may be lost. An exporter that fails or hangs costs time, up to the limit, and nothing else.
 */
export class SpanFlush {
  /** Whether spans were recorded since the last export began. */
  #isExpected = false;
  /** Exports that were given up and still run: until they end, nothing waits for another. */
  #late = 0;
  /** Whether the last failure was logged. An exporter that is down would log one for each event. */
  #isFailing = false;

  /** @param timeout Milliseconds; 0 never waits. */
  constructor(
    private readonly provider: TracerProvider,
    private readonly timeout: number,
  ) {}

  expect(): void {
    this.#isExpected = true;
  }

  run(context: LambdaContext): MaybePromise<void> {
    if (!this.#isExpected || this.#late > 0) return;
    const time = Math.min(this.timeout, timeLeft(context) - MARGIN);
    const provider = delegateOf(this.provider);
    if (time <= 0 || typeof provider.forceFlush !== 'function') return;
    this.#isExpected = false;
    return this.#export(() => provider.forceFlush!(), time);
  }

  async #export(flush: () => Promise<void>, time: number): Promise<void> {
    let isLate = false;
    try {
      const exporting = Promise.resolve(flush());
      const settle = (): void => void (this.#late -= isLate ? 1 : 0);
      exporting.then(settle, settle);
      await atMost(time, exporting, () => {
        isLate = true;
        this.#late += 1;
        throw new Error(`The export of spans took longer than ${Math.round(time)} ms`);
      });
      this.#isFailing = false;
    } catch (error) {
      if (!this.#isFailing) getLogger().warning('Spans could not be exported', { error: reasonOf(error) });
      this.#isFailing = true;
    }
  }
}

/** The API hands out a proxy, so that an SDK may be registered later. */
function delegateOf(provider: FlushableProvider): FlushableProvider {
  return provider.getDelegate?.() ?? provider;
}
