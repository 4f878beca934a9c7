import { type LogFields, Logger } from '../../contracts/logger.js';
import type { LogLevel } from '../../settings/settings.js';
import { brand } from '../../shared/brand.js';
import { isError } from '../writers/json-value.js';
import { addFields, isoDate, type LogRecord, type LogWriter, useLambdaFields } from '../writers/log-record.js';
import { currentEventFields } from './event-fields.js';

/** Reduces the methods of the five levels to one, and adds the fields of the current event. */
export abstract class LeveledLogger extends Logger {
  protected abstract log(level: LogLevel, message: string, fields: LogFields | undefined): void;

  debug(message: string, fields?: LogFields): void {
    this.log('debug', message, fields);
  }

  info(message: string, fields?: LogFields): void {
    this.log('info', message, fields);
  }

  warning(message: string, fields?: LogFields): void {
    this.log('warning', message, fields);
  }

  error(message: string, fields?: LogFields): void {
    this.log('error', message, fields);
  }

  critical(message: string, fields?: LogFields): void {
    this.log('critical', message, fields);
  }

  set(fields: LogFields): void {
    currentEventFields()?.set(fields);
  }

  get fields(): Readonly<LogFields> {
    return currentEventFields()?.fields ?? {};
  }
}

export interface EventLoggerOptions {
  /** Adds `timestamp` and uses Lambda's level names, which Lambda's log-level filter reads. */
  lambdaFields?: boolean | undefined;
}

/** The application's logger. Writes one line per call, with the id and the trace id of the current event. */
export class EventLogger extends LeveledLogger {
  readonly #writer: LogWriter;
  readonly #lambdaFields: boolean;

  constructor(writer: LogWriter, options: EventLoggerOptions = {}) {
    super();
    this.#writer = writer;
    this.#lambdaFields = options.lambdaFields ?? false;
  }

  /** Writes a record without a message, such as an access-log line. */
  write(level: LogLevel, record: LogRecord): void {
    if (this.#writer.enabled(level)) this.#writer.write(level, record);
  }

  /** Writes a message of the framework, whose fields may have standard names. */
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
    const event = currentEventFields();
    const record: LogRecord = { level, date: isoDate(Date.now()), message, id: event?.id, trace_id: event?.traceId };
    if (this.#lambdaFields) useLambdaFields(level, record);
    return record;
  }
}
brand(EventLogger, 'EventLogger');

/** The fields that make up the message of a record for a user's own `Logger`. */
const SUMMARIES: Readonly<Record<string, readonly string[]>> = {
  access: ['method', 'path', 'status_code'],
  record: ['source', 'id', 'status'],
  batch: ['source', 'records', 'failed'],
};

/** Writes a record without a message. A user's own `Logger` gets a short message with it. */
export function writeRecord(logger: Logger, level: LogLevel, record: LogRecord): void {
  if (logger instanceof EventLogger) logger.write(level, record);
  else logger[level](summaryOf(record), record);
}

/** Writes a message of the framework, whose fields may have standard names. */
export function writeMessage(logger: Logger, level: LogLevel, message: string, fields: LogFields): void {
  if (logger instanceof EventLogger) logger.writeOwn(level, message, fields);
  else logger[level](message, fields);
}

function summaryOf(record: LogRecord): string {
  const names = SUMMARIES[String(record['type'])] ?? [];
  return names.map((name) => record[name]).join(' ');
}
