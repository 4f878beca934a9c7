import { LOG_LEVELS, type LogLevel } from '../../settings/settings.js';
import type { LineFields, LogWriter } from '../writers/line-fields.js';
import { toJsonLine } from '../writers/stdout-writer.js';

interface KeptLine {
  readonly level: LogLevel;
  /** As JSON: what a field refers to may change until the line is written. */
  readonly text: string;
  readonly bytes: number;
}

/** The members of a line that are not about what happened. */
const STANDARD = ['level', 'date', 'message', 'id', 'trace_id', 'timestamp'] as const;

/** Keeps the latest lines of one event, in a limited number of bytes. */
export class LineBuffer {
  #lines: KeptLine[] = [];
  #bytes = 0;
  #dropped: { readonly level: LogLevel; readonly line: LineFields; count: number } | undefined;

  constructor(private readonly maxBytes: number) {}

  /**
   * Takes a line of the event. An error writes the lines that were kept, the event's own line forgets them, and any
   * other is kept if it is not written.
   */
  take(level: LogLevel, line: LineFields, isWritten: boolean, writer: LogWriter): void {
    if (LOG_LEVELS[level] <= LOG_LEVELS.error) this.#flush(writer);
    // It comes last. Data can't set its type.
    else if ('type' in line) this.#forget();
    else if (!isWritten) this.#keep(level, line);
  }

  #keep(level: LogLevel, line: LineFields): void {
    const text = toJsonLine(line);
    const bytes = Buffer.byteLength(text);
    this.#lines.push({ level, text, bytes });
    this.#bytes += bytes;
    while (this.#bytes > this.maxBytes) this.#drop(this.#lines.shift()!);
  }

  /** Writes the lines and forgets them. If some gave way, a line in their place says how many. */
  #flush(writer: LogWriter): void {
    if (this.#dropped) {
      const { level, line, count } = this.#dropped;
      writer.write(level, {
        ...line,
        message: `The log buffer is too small: ${count} lines of this event are missing`,
      });
    }
    for (const { level, text } of this.#lines) writer.write(level, JSON.parse(text) as LineFields);
    this.#forget();
  }

  #forget(): void {
    this.#lines = [];
    this.#bytes = 0;
    this.#dropped = undefined;
  }

  #drop({ level, text, bytes }: KeptLine): void {
    this.#bytes -= bytes;
    if (this.#dropped) {
      this.#dropped.count++;
      return;
    }
    const line = JSON.parse(text) as LineFields;
    const standard = STANDARD.filter((name) => name in line).map((name) => [name, line[name]]);
    this.#dropped = { level, line: Object.fromEntries(standard) as LineFields, count: 1 };
  }
}
