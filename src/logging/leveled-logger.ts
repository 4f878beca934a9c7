import { type LogFields, Logger, type LogLevel } from '../contracts/logger.js';
import { currentEventLog } from './event-log.js';

/** The five levels as one method, and the fields of the current event. */
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
    currentEventLog()?.set(fields);
  }

  get fields(): Readonly<LogFields> {
    return currentEventLog()?.fields ?? {};
  }
}
