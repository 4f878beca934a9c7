import type { Logger as WinstonLogger, LoggerOptions } from 'winston';
import type { LogLevel } from '../../settings/settings.js';
import type { MaybePromise } from '../../shared/types.js';
import { isWinstonLogger } from '../writers/is-winston-logger.js';
import type { LogWriter } from '../writers/line-fields.js';
import type { LoggerFeatures } from './logger-features.js';

const FEATURES: readonly string[] = ['buffer', 'sampling', 'redact'] satisfies (keyof LoggerFeatures)[];

/** The surroundings of the writer that an option asks for. */
interface WriterContext {
  /** The level if the option names none. */
  readonly level: LogLevel;
  /** Wraps the writer that writes lines; for tests. */
  wrap(writer: LogWriter): LogWriter;
  /** Returns the writer for an option without the features. */
  writerOf(rest: LoggerOptions | undefined): MaybePromise<LogWriter>;
}

/**
 * Returns the writer that the option `logger` asks for by more than a level: features, winston's options, or a winston
 * logger. Each is loaded by those who use it.
 *
 * @throws BootstrapError for an option or a level that does not exist.
 */
export async function optionWriter(
  option: WinstonLogger | (LoggerOptions & LoggerFeatures),
  { level, wrap, writerOf }: WriterContext,
): Promise<LogWriter> {
  if (isWinstonLogger(option)) {
    const { WinstonWriter } = await import('../writers/winston-writer.js');
    return wrap(new WinstonWriter(option));
  }
  if (FEATURES.some((name) => typeof option === 'object' && option !== null && name in option)) {
    const { featuredWriter } = await import('./featured-writer.js');
    return featuredWriter({ ...option }, writerOf);
  }
  const { createWinstonWriter } = await import('../writers/create-winston-writer.js');
  return wrap(createWinstonWriter(option, level));
}
