import {
  anyText,
  aShare,
  checkOptions,
  either,
  flag,
  listOf,
  type OptionRules,
  wholeNumber,
} from '../../errors/check-options.js';
import { isOptions } from '../../errors/option-names.js';
import { LOG_LEVELS, type LogLevel } from '../../settings/settings.js';
import type { MaybePromise } from '../../shared/types.js';
import { compileRedaction, redactLine } from '../redaction.js';
import { isSampled } from '../sampling.js';
import type { LineFields, LogWriter } from '../writers/line-fields.js';
import { currentEventFields, type EventFields } from './event-fields.js';
import { LineBuffer } from './line-buffer.js';
import type { LoggerFeatures } from './logger-features.js';

const MAX_BYTES = 20_480;

const RULES: OptionRules<LoggerFeatures> = {
  buffer: either(flag, { expected: '{ maxBytes }', accepts: isOptions }),
  sampling: aShare,
  redact: listOf(anyText),
};

/** The state of one event's log. */
interface EventLines {
  readonly isSampled: boolean;
  readonly buffer: LineBuffer;
}

/**
 * Wraps the writer that the other options of a logger ask for.
 *
 * @param options The option `logger`, with features.
 * @param writerOf Returns the writer for the options without the features.
 * @throws BootstrapError for a bad value.
 */
export async function featuredWriter(
  { buffer, sampling, redact, ...rest }: LoggerFeatures & Readonly<Record<string, unknown>>,
  writerOf: (rest: object | undefined) => MaybePromise<LogWriter>,
): Promise<LogWriter> {
  const features = { buffer, sampling, redact } as Required<LoggerFeatures>;
  checkOptions(features, RULES, 'the option logger');
  if (typeof buffer === 'object') checkOptions(buffer, { maxBytes: wholeNumber(1) }, 'the option logger.buffer');
  return new FeaturedWriter(await writerOf(Object.keys(rest).length > 0 ? rest : undefined), features);
}

/** Writes, keeps or drops the lines that the level leaves out, by event, and masks fields of all lines. */
class FeaturedWriter implements LogWriter {
  /** The levels whose lines are always written. */
  readonly #enabled: ReadonlySet<LogLevel>;
  readonly #redact: ((line: LineFields) => LineFields) | undefined;
  readonly #maxBytes: number;
  readonly #events = new WeakMap<EventFields, EventLines>();

  constructor(
    private readonly writer: LogWriter,
    private readonly features: LoggerFeatures,
  ) {
    const levels = Object.keys(LOG_LEVELS) as LogLevel[];
    this.#enabled = new Set(levels.filter((level) => writer.enabled(level)));
    const { buffer, sampling, redact = [] } = features;
    this.#maxBytes = typeof buffer === 'object' ? (buffer.maxBytes ?? MAX_BYTES) : buffer ? MAX_BYTES : 0;
    if (this.#maxBytes > 0 || sampling) writer.enableAll?.();
    const redaction = redact.length > 0 ? compileRedaction(redact) : undefined;
    this.#redact = redaction && ((line) => redactLine(line, redaction));
  }

  enabled(level: LogLevel): boolean {
    if (this.#enabled.has(level)) return true;
    const event = this.#event();
    return event !== undefined && (event.isSampled || this.#maxBytes > 0);
  }

  write(level: LogLevel, line: LineFields): void {
    const event = this.#event();
    const isWritten = this.#enabled.has(level) || event?.isSampled === true;
    const masked = this.#masked(line);
    event?.buffer.take(level, masked, isWritten, this.writer);
    if (isWritten) this.writer.write(level, masked);
  }

  #masked(line: LineFields): LineFields {
    return this.#redact ? this.#redact(line) : line;
  }

  #event(): EventLines | undefined {
    const fields = currentEventFields();
    if (!fields?.isEvent) return undefined;
    let event = this.#events.get(fields);
    // Decided here, once: by the first line, of whatever level.
    if (!event) this.#events.set(fields, (event = { isSampled: this.#draw(), buffer: new LineBuffer(this.#maxBytes) }));
    return event;
  }

  #draw(): boolean {
    return this.features.sampling !== undefined && isSampled(this.features.sampling);
  }
}
