import type { LogFields, Logger } from '../../contracts/logger.js';
import type { LogLevel } from '../../settings/log-level.js';
import { isLogLevel } from '../writers/log-record.js';
import { StdoutWriter } from '../writers/stdout-writer.js';
import { currentEventLog, logState } from './event-log.js';
import { EventLogger, LeveledLogger } from './event-logger.js';

/** Decides at each call, so that it may be fetched before the application is there and kept for good. */
class CurrentLogger extends LeveledLogger {
  protected override log(level: LogLevel, message: string, fields: LogFields | undefined): void {
    currentLogger()[level](message, fields);
  }
}

const logger = new CurrentLogger();

/**
 * The logger of the event in which it is used: its lines carry the event's `id` and `trace_id`, and `set(fields)`
 * adds fields to the event's access-log line. Works anywhere below a handler, after an `await` and in callbacks;
 * outside of an event it logs without those fields.
 */
export function getLogger(): Logger {
  return logger;
}

/** The logger that lines outside of any event go to from now on: the application's, once it is there. */
export function setProcessLogger(processLogger: Logger): void {
  logState.logger = processLogger;
}

/** The application's logger in an event; else the process' one. */
export function currentLogger(): Logger {
  return currentEventLog()?.logger ?? (logState.logger ??= defaultLogger());
}

// A bad LOG_LEVEL is told by the settings when an application starts; a line before that must still get out.
function defaultLogger(): Logger {
  const level = process.env['LOG_LEVEL'];
  return new EventLogger(new StdoutWriter(isLogLevel(level) ? level : 'info'));
}
