import type { LineFields, LogWriter } from '../logging/writers/line-fields.js';
import { toJsonLine } from '../logging/writers/stdout-writer.js';
import type { LogLevel } from '../settings/settings.js';

/** A log line, parsed from its JSON. */
export interface LogLine {
  readonly level: string;
  /** ISO 8601. */
  readonly date: string;
  /** Absent from lines of the access log, which have a `type` instead. */
  readonly message?: string;
  readonly [field: string]: unknown;
}

/** Keeps the log lines of one application, oldest first. */
export class CapturedLogs {
  readonly #lines: LogLine[] = [];
  /** Lines that have not been printed. */
  readonly #unprinted: [level: LogLevel, line: LineFields][] = [];
  #printing: boolean;
  #writer: LogWriter | undefined;

  /** @param printing Whether to also write the lines where the application would. */
  constructor(printing: boolean) {
    this.#printing = printing;
  }

  /** @throws Error when the application logs to a `Logger` of the user's own, whose lines never come here. */
  get lines(): LogLine[] {
    if (this.#writer) return this.#lines;
    throw new Error(
      'The application logs to your own Logger, so no lines are captured here. ' +
        'Read them from that logger, or leave out the option "logger".',
    );
  }

  /** Wraps the writer of the application, which still decides which levels are enabled. */
  readonly wrap = (writer: LogWriter): LogWriter => {
    this.#writer = writer;
    return {
      enabled: (level) => writer.enabled(level),
      enableAll: () => writer.enableAll?.(),
      write: (level, line) => {
        this.#lines.push(JSON.parse(toJsonLine(line)) as LogLine);
        if (this.#printing) writer.write(level, line);
        else this.#unprinted.push([level, line]);
      },
    };
  };

  /** Prints all further lines: no test reads them any more. */
  end(): void {
    this.#printing = true;
  }

  /** Prints every line, because the bootstrap failed and no test will get to read them. */
  printAll(): void {
    for (const [level, line] of this.#unprinted) this.#writer?.write(level, line);
    this.end();
  }
}
