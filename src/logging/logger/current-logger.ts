import type { LogFields, Logger } from '../../contracts/logger.js';
import { type LogLevel, logLevelOf } from '../../settings/settings.js';
import { isLambdaFormatJson } from '../writers/line-fields.js';
import { StdoutWriter } from '../writers/stdout-writer.js';
import { currentEventFields, logState } from './event-fields.js';
import { EventLogger, CurrentEventLogger } from './event-logger.js';

/** Looks up the logger on each call, so that you can get it before the application exists, and keep it. */
class CurrentLogger extends CurrentEventLogger {
  protected override log(level: LogLevel, message: string, fields: LogFields | undefined): void {
    currentLogger()[level](message, fields);
  }
}

const logger = new CurrentLogger();

/**
 * Returns the logger of the current event. Its lines carry the event's `id` and `trace_id`, and `set(fields)` adds
 * fields to the event's access-log line. Works anywhere below a handler, after an `await` and in callbacks. Outside an
 * event it logs without those fields.
 */
export function getLogger(): Logger {
  return logger;
}

/** Sets the logger for lines outside events: the application's, once it exists. */
export function setProcessLogger(processLogger: Logger): void {
  logState.logger = processLogger;
}

/** Returns the application's logger in an event, otherwise the logger of the process. */
export function currentLogger(): Logger {
  return currentEventFields()?.logger ?? (logState.logger ??= defaultLogger());
}

// The settings report an invalid LOG_LEVEL at bootstrap; a line before that must still be written.
function defaultLogger(): Logger {
  const level = logLevelOf(process.env['LOG_LEVEL'] ?? process.env['AWS_LAMBDA_LOG_LEVEL'] ?? '');
  return new EventLogger(new StdoutWriter(level ?? 'info'), { lambdaFields: isLambdaFormatJson() });
}
