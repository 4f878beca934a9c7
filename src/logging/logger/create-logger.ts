import type { Logger as WinstonLogger, LoggerOptions } from 'winston';
import { Logger } from '../../contracts/logger.js';
import { isLogLevel, type LogLevel, logLevelOf } from '../../settings/settings.js';
import { chain } from '../../shared/promise.js';
import type { MaybePromise } from '../../shared/types.js';
import { isLambdaFormatJson, type LogWriter } from '../writers/line-fields.js';
import { StdoutWriter } from '../writers/stdout-writer.js';
import { EventLogger, type EventLoggerOptions } from './event-logger.js';
import type { LoggerFeatures } from './logger-features.js';

/** A `Logger` of your own, a winston logger, or options: Lambent's and winston's. */
export type LoggerOption = Logger | WinstonLogger | (LoggerOptions & LoggerFeatures);

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
  const filter = isLambdaFormatJson() && logLevelOf(process.env['AWS_LAMBDA_LOG_LEVEL'] ?? '');
  // Where nothing else is asked for, LOG_LEVEL is the filter's.
  const agrees = option === undefined && defaults.lambdaFields === true && filter === defaults.level;
  if (!filter || agrees) return loggerOf(option, defaults);
  return import('./lambda-filter.js').then(({ loggerAboveFilter }) =>
    loggerAboveFilter(option, defaults, { filter, create: loggerOf }),
  );
}

function loggerOf(option: Exclude<LoggerOption, Logger> | undefined, defaults: LoggerDefaults): MaybePromise<Logger> {
  return chain(writerOf(option, defaults), (writer) => new EventLogger(writer, defaults));
}

function writerOf(
  option: Exclude<LoggerOption, Logger> | undefined,
  defaults: LoggerDefaults,
): MaybePromise<LogWriter> {
  const { level: fallback, wrapWriter: wrap = (writer) => writer } = defaults;
  const level = option === undefined ? fallback : levelAlone(option);
  if (level !== undefined) return wrap(new StdoutWriter(level));
  return import('./option-writer.js').then(({ optionWriter }) =>
    optionWriter(option!, { level: fallback, wrap, writerOf: (rest) => writerOf(rest, defaults) }),
  );
}

/** Returns the level of options that hold nothing else: for them, winston would write what `StdoutWriter` writes. */
function levelAlone(option: LoggerOption): LogLevel | undefined {
  const { level } = (option ?? {}) as LoggerOptions;
  return isLogLevel(level) && Object.getPrototypeOf(option) === Object.prototype && Object.keys(option).length === 1
    ? level
    : undefined;
}
