import type { Logger as WinstonLogger, LoggerOptions } from 'winston';
import { Logger } from '../../contracts/logger.js';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import { describeValue } from '../../errors/describe-value.js';
import type { LogLevel } from '../../settings/log-level.js';
import { isPromiseLike } from '../../shared/promise.js';
import type { MaybePromise } from '../../shared/types.js';
import { isLogLevel, LOG_LEVELS, type LogWriter } from '../writers/log-record.js';
import { StdoutWriter } from '../writers/stdout-writer.js';
import { createWinston, WinstonWriter } from '../writers/winston-writer.js';
import { EventLogger, type EventLoggerOptions } from './event-logger.js';

/** A logger of one's own, a winston logger, or winston's options. */
export type LoggerOption = Logger | WinstonLogger | LoggerOptions;

export interface LoggerDefaults extends EventLoggerOptions {
  /** For everything but a winston logger or a `Logger` that the user built, and where the options name no level. */
  level: LogLevel;
  /** Gets the writer that the option asks for, and gives the one to be used; for tests. */
  wrapWriter?: ((writer: LogWriter) => LogWriter) | undefined;
}

/**
 * The logger that the option `logger` of `create` asks for; JSON lines on stdout without it.
 *
 * @throws BootstrapError when the option is none of the three, or names something that winston does not know.
 */
export function createLogger(option: LoggerOption | undefined, defaults: LoggerDefaults): MaybePromise<Logger> {
  if (option === undefined) return writingTo(new StdoutWriter(defaults.level), defaults);
  if (option instanceof Logger) return option;
  if (isWinstonLogger(option)) return writingTo(new WinstonWriter(option), defaults);
  checkOptions(option);
  return fromOptions(option, defaults);
}

async function fromOptions(options: LoggerOptions, defaults: LoggerDefaults): Promise<Logger> {
  return writingTo(new WinstonWriter(await createWinston(options, defaults.level)), defaults);
}

function writingTo(writer: LogWriter, { wrapWriter, ...options }: LoggerDefaults): Logger {
  return new EventLogger(wrapWriter ? wrapWriter(writer) : writer, options);
}

// By its shape: the user's copy of winston may be another than ours.
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

function checkOptions(options: LoggerOptions): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options) || isPromiseLike(options)) {
    throw new BootstrapError(
      `The option "logger" takes a Logger, a winston logger or winston's options, not ${typeof options === 'string' ? options : describeValue(options)}.`,
    );
  }
  const unknown = Object.keys(options).find((key) => !WINSTON_OPTIONS.includes(key));
  if (unknown !== undefined) {
    throw new BootstrapError(
      `The option "logger" has no "${unknown}"; as winston's options it takes ${WINSTON_OPTIONS.join(', ')}.`,
    );
  }
  if (options.level !== undefined && !options.levels && !isLogLevel(options.level)) {
    throw new BootstrapError(
      `The option "logger.level" is "${options.level}"; the levels are ${Object.keys(LOG_LEVELS).join(', ')}.`,
    );
  }
}
