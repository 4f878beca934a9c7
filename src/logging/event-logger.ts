import type { LogFields, LogLevel } from '../contracts/logger.js';
import { brand } from '../shared/brand.js';
import { currentEventLog } from './event-log.js';
import { isoDate } from './iso-date.js';
import { isError } from './json-value.js';
import { LeveledLogger } from './leveled-logger.js';
import { addFields, type LogRecord, type LogWriter, useLambdaFields } from './log-record.js';

export interface EventLoggerOptions {
  /** Adds `timestamp` and puts Lambda's names for the levels, so that Lambda's own filter can read the lines. */
  lambdaFields?: boolean | undefined;
}

/** The application's logger: one line a call, with the id and the trace id of the event in which it is called. */
export class EventLogger extends LeveledLogger {
  readonly #writer: LogWriter;
  readonly #lambdaFields: boolean;

  constructor(writer: LogWriter, options: EventLoggerOptions = {}) {
    super();
    this.#writer = writer;
    this.#lambdaFields = options.lambdaFields ?? false;
  }

  /** Writes a record that is no message, such as an access-log line. */
  write(level: LogLevel, record: LogRecord): void {
    if (this.#writer.enabled(level)) this.#writer.write(level, record);
  }

  /** Writes a message of the framework's own: its fields stand by the names that they are given. */
  writeOwn(level: LogLevel, message: string, fields: LogFields): void {
    this.write(level, Object.assign(this.#recordOf(level, message), fields));
  }

  protected override log(level: LogLevel, message: string, fields: LogFields | undefined): void {
    if (!this.#writer.enabled(level)) return;
    const record = this.#recordOf(level, message);
    if (fields) addFields(record, isError(fields) ? { error: fields } : fields);
    this.#writer.write(level, record);
  }

  #recordOf(level: LogLevel, message: string): LogRecord {
    const event = currentEventLog();
    const record: LogRecord = { level, date: isoDate(Date.now()), message, id: event?.id, trace_id: event?.traceId };
    if (this.#lambdaFields) useLambdaFields(level, record);
    return record;
  }
}
brand(EventLogger, 'EventLogger');
