import type { LogRecord, LogWriter } from '../logging/writers/log-record.js';
import { toJsonLine } from '../logging/writers/stdout-writer.js';
import type { LogLevel } from '../settings/log-level.js';

/** A line of the log as an object: what its JSON says. */
export interface LogLine {
  readonly level: string;
  /** ISO 8601. */
  readonly date: string;
  /** Absent in lines of the access log, which have a `type` instead. */
  readonly message?: string;
  readonly [field: string]: unknown;
}

/** Keeps the lines of one application, in their order. */
export class CapturedLogs {
  readonly #lines: LogLine[] = [];
  /** What nobody has printed, as it came. */
  readonly #kept: [level: LogLevel, record: LogRecord][] = [];
  #printing: boolean;
  #writer: LogWriter | undefined;

  /** @param printing Whether they are written to where they would go as well. */
  constructor(printing: boolean) {
    this.#printing = printing;
  }

  /** @throws Error where the application has a logger of the user's own, which keeps its lines to itself. */
  get lines(): LogLine[] {
    if (this.#writer) return this.#lines;
    throw new Error(
      'The option "logger" is a Logger of your own: it gets all lines itself, and there are none to read here. Ask it, or leave the option out.',
    );
  }

  /** Puts itself before the writer; which levels there are lines of is left to it. */
  readonly wrap = (writer: LogWriter): LogWriter => {
    this.#writer = writer;
    return {
      enabled: (level) => writer.enabled(level),
      write: (level, record) => {
        this.#lines.push(parsed(record));
        if (this.#printing) writer.write(level, record);
        else this.#kept.push([level, record]);
      },
    };
  };

  /** What is written after the end of the test is nobody's any more, and must not get lost. */
  end(): void {
    this.#printing = true;
  }

  /** The application did not come up, so that nobody will read its lines but on the terminal. */
  giveUp(): void {
    for (const [level, record] of this.#kept) this.#writer?.write(level, record);
    this.end();
  }
}

function parsed(record: LogRecord): LogLine {
  return JSON.parse(toJsonLine(record)) as LogLine;
}
