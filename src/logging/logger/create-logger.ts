import type { Logger as WinstonLogger, LoggerOptions } from 'winston';
import { Logger } from '../../contracts/logger.js';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import { refuseUnknownOptions } from '../../errors/check-options.js';
import { describeValue } from '../../errors/describe-value.js';
import { isLogLevel, LOG_LEVELS, type LogLevel } from '../../settings/settings.js';
import { isPromiseLike } from '../../shared/promise.js';
import type { MaybePromise } from '../../shared/types.js';
import type { LogWriter } from '../writers/log-record.js';
import { StdoutWriter } from '../writers/stdout-writer.js';
import { createWinston, WinstonWriter } from '../writers/winston-writer.js';
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
  if (option === undefined) return writingTo(new StdoutWriter(defaults.level), defaults);
  if (option instanceof Logger) return option;
  if (isWinstonLogger(option)) return writingTo(new WinstonWriter(option), defaults);
  checkWinstonOptions(option);
  return fromOptions(option, defaults);
}

async function fromOptions(options: LoggerOptions, defaults: LoggerDefaults): Promise<Logger> {
  return writingTo(new WinstonWriter(await createWinston(options, defaults.level)), defaults);
}

function writingTo(writer: LogWriter, { wrapWriter, ...options }: LoggerDefaults): Logger {
  return new EventLogger(wrapWriter ? wrapWriter(writer) : writer, options);
}

// By shape, because the user may have another copy of winston.
function isWinstonLogger(option: LoggerOption): option is WinstonLogger {
  const { write, isLevelEnabled } = (option ?? {}) as Partial<WinstonLogger>;
  return typeof write === 'function' && typeof isLevelEnabled === 'function';
}

const WINSTON_OPTIONS: readonly string[] = [
  'defaultMeta',
  'exceptionHandlers',
  'exitOnError',
  'format',
  'handleExceptions',
  'handleRejections',
  'level',
  'levels',
  'rejectionHandlers',
  'silent',
  'transports',
] satisfies (keyof LoggerOptions)[];

function checkWinstonOptions(options: LoggerOptions): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options) || isPromiseLike(options)) {
    const given = typeof options === 'string' ? options : describeValue(options);
    throw new BootstrapError(`The option logger takes a Logger, a winston logger or winston's options, not ${given}.`);
  }
  refuseUnknownOptions(options, WINSTON_OPTIONS, "winston's options in the option logger");
  if (options.level !== undefined && !options.levels && !isLogLevel(options.level)) {
    throw new BootstrapError(
      `The option logger: level is ${options.level}; it takes ${Object.keys(LOG_LEVELS).join(', ')}.`,
    );
  }
}
