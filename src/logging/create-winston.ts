import { Writable } from 'node:stream';
import type { Logform, Logger as WinstonLogger, LoggerOptions } from 'winston';
import type { LogLevel } from '../contracts/logger.js';
import { isoDate } from './iso-date.js';
import { toJsonLine } from './json-line.js';
import { LOG_LEVELS } from './log-levels.js';
import { WINSTON_MESSAGE } from './winston-writer.js';

/**
 * A winston logger by a user's options, with Lambent's levels, line and stdout where they say nothing.
 *
 * The one place that loads winston, and only for those who ask: it costs a cold start 13 ms.
 */
export async function createWinston(options: LoggerOptions, level: LogLevel): Promise<WinstonLogger> {
  const { addColors, createWinstonLogger, StreamTransport } = await import('./winston-parts.js');
  // The others are in winston's own palette; a format with colours would throw at this one.
  addColors({ critical: 'magenta' });
  const stdoutTransport = () => new StreamTransport({ stream: stdout(), eol: '\n' });
  const logger = createWinstonLogger({
    ...options,
    levels: options.levels ?? LOG_LEVELS,
    level: options.level ?? level,
    format: options.format ?? jsonLineFormat,
    transports: options.transports ?? stdoutTransport(),
  });
  // Without a listener a transport that can't reach its server ends the process.
  logger.on('error', reportTransportError);
  return logger;
}

const jsonLineFormat: Logform.Format = {
  transform(info) {
    info[WINSTON_MESSAGE] = toJsonLine(info);
    return info;
  },
};

// A stream between, for winston lifts the listener limit of the stream it is given.
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
  const record = { level: 'error', date: isoDate(Date.now()), message: 'A log transport failed', error };
  process.stderr.write(`${toJsonLine(record)}\n`);
}
