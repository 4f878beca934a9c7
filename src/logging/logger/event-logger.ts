import { LeveledLogger, type LogFields, type Logger } from '../../contracts/logger.js';
import type { LogLevel } from '../../settings/settings.js';
import { brand } from '../../shared/brand.js';
import { addFields, isoDate, type LineFields, type LogWriter, useLambdaFields } from '../writers/line-fields.js';
import { copyMembers, isError } from '../writers/loggable-value.js';
import { currentEventFields } from './event-fields.js';

/** A logger that knows the current event. */
export abstract class CurrentEventLogger extends LeveledLogger {
  set(fields: LogFields): void {
    currentEventFields()?.set(fields);
  }

  override append(fields: LogFields): void {
    currentEventFields()?.append(fields);
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
export class EventLogger extends CurrentEventLogger {
  readonly #writer: LogWriter;
  readonly #lambdaFields: boolean;

  constructor(writer: LogWriter, options: EventLoggerOptions = {}) {
    super();
    this.#writer = writer;
    this.#lambdaFields = options.lambdaFields ?? false;
  }

  /** Writes a line without a message, such as an access-log line. */
  write(level: LogLevel, line: LineFields): void {
    if (!this.#writer.enabled(level)) return;
    if (this.#lambdaFields) useLambdaFields(level, line);
    this.#writer.write(level, line);
  }

  /** Writes a message of the framework, whose fields may have standard names. */
  writeOwn(level: LogLevel, message: string, fields: LogFields): void {
    this.write(level, Object.assign(this.#lineOf(level, message), fields));
  }

  protected override log(level: LogLevel, message: string, fields: LogFields | undefined): void {
    if (!this.#writer.enabled(level)) return;
    const line = this.#lineOf(level, message);
    const own = fields && isError(fields) ? { error: fields } : fields;
    const appended = currentEventFields()?.appended;
    const all = appended && own ? withFields(appended, own) : (own ?? appended);
    if (all) addFields(line, all);
    this.#writer.write(level, line);
  }

  #lineOf(level: LogLevel, message: string): LineFields {
    const event = currentEventFields();
    const line: LineFields = { level, date: isoDate(Date.now()), message, id: event?.id, trace_id: event?.traceId };
    // Before the fields, which a line shows last.
    if (this.#lambdaFields) useLambdaFields(level, line);
    return line;
  }
}
brand(EventLogger, 'EventLogger');

/** Joins the fields of a line with those of its event. Its own take precedence. */
function withFields(appended: Readonly<LogFields>, own: LogFields): LogFields {
  const all: LogFields = Object.assign(Object.create(null), appended);
  copyMembers(all, own);
  return all;
}

/** The fields that make up the message of a line for a user's own `Logger`. */
const SUMMARIES: Readonly<Record<string, readonly string[]>> = {
  access: ['method', 'path', 'status_code'],
  record: ['source', 'id', 'status'],
  batch: ['source', 'records', 'failed'],
};

/** Writes a line without a message. A user's own `Logger` gets a short message with it. */
export function writeLine(logger: Logger, level: LogLevel, line: LineFields): void {
  if (logger instanceof EventLogger) logger.write(level, line);
  else logger[level](summaryOf(line), line);
}

/** Writes a message of the framework, whose fields may have standard names. */
export function writeMessage(logger: Logger, level: LogLevel, message: string, fields: LogFields): void {
  if (logger instanceof EventLogger) logger.writeOwn(level, message, fields);
  else logger[level](message, fields);
}

function summaryOf(line: LineFields): string {
  const names = SUMMARIES[String(line['type'])] ?? [];
  return names.map((name) => line[name]).join(' ');
}
