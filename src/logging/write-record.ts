import type { LogFields, Logger, LogLevel } from '../contracts/logger.js';
import { EventLogger } from './event-logger.js';
import type { LogRecord } from './log-record.js';

/** What a user's own logger, which knows messages only, gets as the message of a line. */
const SUMMARIES: Readonly<Record<string, readonly string[]>> = {
  access: ['method', 'path', 'status_code'],
  record: ['source', 'id', 'status'],
  batch: ['source', 'records', 'failed'],
};

/** Writes a record that is no message. A user's own `Logger` knows messages only, and gets a short one with it. */
export function writeRecord(logger: Logger, level: LogLevel, record: LogRecord): void {
  if (logger instanceof EventLogger) logger.write(level, record);
  else logger[level](summaryOf(record), record);
}

/** Writes a message of the framework's own, whose fields may have standard names. */
export function writeMessage(logger: Logger, level: LogLevel, message: string, fields: LogFields): void {
  if (logger instanceof EventLogger) logger.writeOwn(level, message, fields);
  else logger[level](message, fields);
}

function summaryOf(record: LogRecord): string {
  const names = SUMMARIES[String(record['type'])] ?? [];
  return names.map((name) => record[name]).join(' ');
}
