import type { Logger as WinstonLogger, LoggerOptions } from 'winston';
import { Logger } from '../../contracts/logger.js';
import { isLogLevel, type LogLevel } from '../../settings/settings.js';
import type { MaybePromise } from '../../shared/types.js';
import type { LogWriter } from '../writers/log-record.js';
import { StdoutWriter } from '../writers/stdout-writer.js';
import { EventLogger, type EventLoggerOptions } from './event-logger.js';

/** A `Logger` of your own, a winston logger, or winston's options. */
export type LoggerOption = Logger | WinstonLogger | LoggerOptions;

export interface LoggerDefaults extends EventLoggerOptions {
  /** The level if the options name none. A `Logger` or a winston logger of the user keeps its own. */
  level: LogLevel;
  /** Wraps the writer that the option asks for; for tests. */
  wrapWriter?: ((writer: LogWriter) => LogWriter) | undefined;
}

/**
 * Creates the logger that the option `logger` of `create` asks for. Without the option it writes JSON lines to stdout.
 *
 * @throws BootstrapError for a value of another kind, and for an option or level that winston does not know.
 */
export function createLogger(option: LoggerOption | undefined, defaults: LoggerDefaults): MaybePromise<Logger> {
  if (option instanceof Logger) return option;
  const level = option === undefined ? defaults.level : levelAlone(option);
  return level === undefined
    ? throughWinston(option as LoggerOptions, defaults)
    : writingTo(new StdoutWriter(level), defaults);
}

/** Returns the level of options that hold nothing else: for them, winston would write what `StdoutWriter` writes. */
function levelAlone(option: LoggerOption): LogLevel | undefined {
  const { level } = (option ?? {}) as LoggerOptions;
  return isLogLevel(level) && Object.getPrototypeOf(option) === Object.prototype && Object.keys(option).length === 1
    ? level
    : undefined;
}

async function throughWinston(option: WinstonLogger | LoggerOptions, defaults: LoggerDefaults): Promise<Logger> {
  if (isWinstonLogger(option)) {
    const { WinstonWriter } = await import('../writers/winston-writer.js');
    return writingTo(new WinstonWriter(option), defaults);
  }
  const { createWinstonWriter } = await import('../writers/create-winston-writer.js');
  return writingTo(createWinstonWriter(option, defaults.level), defaults);
}

function writingTo(writer: LogWriter, { wrapWriter, ...options }: LoggerDefaults): Logger {
  return new EventLogger(wrapWriter ? wrapWriter(writer) : writer, options);
}

// By shape, because the user may have another copy of winston.
function isWinstonLogger(option: LoggerOption): option is WinstonLogger {
  const { write, isLevelEnabled } = (option ?? {}) as Partial<WinstonLogger>;
  return typeof write === 'function' && typeof isLevelEnabled === 'function';
}
