import type { Logger as WinstonLogger, LoggerOptions } from 'winston';
import type { Logger } from '../../contracts/logger.js';
import { isLogLevel, LOG_LEVELS, type LogLevel } from '../../settings/settings.js';
import type { MaybePromise } from '../../shared/types.js';
import { isWinstonLogger } from '../writers/is-winston-logger.js';
import type { LoggerFeatures } from './logger-features.js';

type Options = WinstonLogger | (LoggerOptions & LoggerFeatures) | undefined;

/** The level and the form of lines where the option `logger` says nothing. */
interface Defaults {
  readonly level: LogLevel;
  /** Whether lines say their level in the way that Lambda reads; without that, it takes every line for `INFO`. */
  readonly lambdaFields?: boolean | undefined;
}

/** The way to create a logger, and the filter of Lambda. */
interface FilteredLogger<D extends Defaults> {
  readonly filter: LogLevel;
  create(options: Options, defaults: D): MaybePromise<Logger>;
}

/**
 * Creates a logger that does not write what Lambda's log-level filter drops, and warns if that was asked for: by the
 * level, or by a buffer or sampling of debug lines.
 */
export async function loggerAboveFilter<D extends Defaults>(
  options: Options,
  defaults: D,
  { filter, create }: FilteredLogger<D>,
): Promise<Logger> {
  // It has its own level.
  if (isWinstonLogger(options)) return create(options, defaults);
  const { level, buffer, sampling } = options ?? {};
  const asked = buffer || sampling ? 'debug' : isLogLevel(level) ? level : defaults.level;
  const { lambdaFields } = defaults;
  const isDropped = (one: LogLevel): boolean => LOG_LEVELS[one] > LOG_LEVELS[filter];
  if (!isDropped(lambdaFields ? asked : 'info')) return create(options, defaults);
  const atMost = (one: LogLevel): LogLevel => (lambdaFields && isDropped(one) ? filter : one);
  const given = options && isLogLevel(level) ? { ...options, level: atMost(level) } : options;
  const logger = await create(given, { ...defaults, level: atMost(defaults.level) });
  warn(logger, lambdaFields ? asked : undefined, filter);
  return logger;
}

let warned = false;

/** Warns once a process: each bootstrap creates a logger. */
function warn(logger: Logger, asked: LogLevel | undefined, filter: LogLevel): void {
  if (warned) return;
  warned = true;
  const drops = `Lambda's log-level filter (AWS_LAMBDA_LOG_LEVEL) drops lines below ${filter},`;
  logger.warning(
    asked
      ? `${drops} but the application asks for ${asked}: set the function's application log level to ${asked}, and ` +
          `LOG_LEVEL to what is written of every event.`
      : `${drops} and takes every line for info, because accessLog.lambdaFields is false.`,
  );
}
