import { Writable } from 'node:stream';
import type { Logform, LoggerOptions } from 'winston';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import { refuseUnknownOptions } from '../../errors/check-options.js';
import { describeValue } from '../../errors/describe-value.js';
import { isLogLevel, LOG_LEVELS, type LogLevel } from '../../settings/settings.js';
import { isPromiseLike } from '../../shared/promise.js';
import { isoDate } from './line-fields.js';
import { toJsonLine } from './stdout-writer.js';
import { addColors, createWinstonLogger, StreamTransport } from './winston-parts.js';
import { WinstonWriter } from './winston-writer.js';

// winston's symbol (package triple-beam) for the formatted line.
const WINSTON_MESSAGE = Symbol.for('message');

/**
 * Writes through a winston logger with a user's options. Lambent's levels, line format and stdout are the defaults.
 *
 * Loading this file loads winston, which costs a cold start 13 ms; nothing else does.
 *
 * @throws BootstrapError for an option or level that winston does not know.
 */
export function createWinstonWriter(options: LoggerOptions, level: LogLevel): WinstonWriter {
  checkOptions(options);
  // winston's palette has the other levels; a format with colours would throw for this one.
  addColors({ critical: 'magenta' });
  const logger = createWinstonLogger({
    ...options,
    levels: options.levels ?? LOG_LEVELS,
    level: options.level ?? level,
    format: options.format ?? jsonLineFormat,
    transports: options.transports ?? new StreamTransport({ stream: stdout(), eol: '\n' }),
  });
  // Without a listener, a transport that can't reach its server would end the process.
  logger.on('error', reportTransportError);
  return new WinstonWriter(logger);
}

const jsonLineFormat: Logform.Format = {
  transform(info) {
    info[WINSTON_MESSAGE] = toJsonLine(info);
    return info;
  },
};

// A stream of its own, because winston raises the listener limit of the stream that it is given.
function stdout(): Writable {
  return new Writable({
    decodeStrings: false,
    write(line: string, _encoding, done) {
      process.stdout.write(line);
      done();
    },
  });
}

function reportTransportError(error: unknown): void {
  const line = { level: 'error', date: isoDate(Date.now()), message: 'A log transport failed', error };
  process.stderr.write(`${toJsonLine(line)}\n`);
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
    const given = typeof options === 'string' ? options : describeValue(options);
    throw new BootstrapError(`The option logger takes a Logger, a winston logger or options, not ${given}.`);
  }
  refuseUnknownOptions(options, [...WINSTON_OPTIONS, 'buffer', 'redact', 'sampling'], 'the option logger');
  if (options.level !== undefined && !options.levels && !isLogLevel(options.level)) {
    throw new BootstrapError(
      `The option logger: level is ${options.level}; it takes ${Object.keys(LOG_LEVELS).join(', ')}.`,
    );
  }
}
