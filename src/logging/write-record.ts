import type { Logger, LogLevel } from '../contracts/logger.js';
import { EventLogger } from './event-logger.js';
import type { LogRecord } from './log-record.js';

/** Writes a record that is no message. A user's own `Logger` knows messages only, and gets a short one with it. */
export function writeRecord(logger: Logger, level: LogLevel, record: LogRecord): void {
  if (logger instanceof EventLogger) logger.write(level, record);
  else logger[level]([record['method'], record['path'], record['status_code']].join(' '), record);
}
