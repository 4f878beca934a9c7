import type { Logger as WinstonLogger } from 'winston';
import type { LogLevel } from '../contracts/logger.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import { toJsonLine } from './json-line.js';
import { jsonMembers } from './json-value.js';
import type { LogRecord, LogWriter } from './log-record.js';

// winston's own marks (package triple-beam): the level that filters go by, and the finished line.
export const WINSTON_LEVEL = Symbol.for('level');
export const WINSTON_MESSAGE = Symbol.for('message');

/** What a level is called in winston's tables (npm, syslog, cli) and in common ones of users; the first that fits. */
const WINSTON_NAMES: Readonly<Record<LogLevel, readonly string[]>> = {
  critical: ['critical', 'crit', 'fatal', 'error'],
  error: ['error'],
  warning: ['warning', 'warn'],
  info: ['info'],
  debug: ['debug'],
};

type LevelNames = Readonly<Record<LogLevel, string>>;

/**
 * Hands records to a winston logger. Formats and transports see plain JSON values, the level by Lambent's name in
 * `level`, and by the logger's own name where winston filters.
 */
export class WinstonWriter implements LogWriter {
  readonly #winston: WinstonLogger;
  readonly #names: LevelNames;

  /** @throws BootstrapError when the logger's level table has no place for one of ours. */
  constructor(winston: WinstonLogger) {
    this.#winston = winston;
    this.#names = namesIn(winston.levels);
  }

  enabled(level: LogLevel): boolean {
    return this.#winston.isLevelEnabled(this.#names[level]);
  }

  write(level: LogLevel, record: LogRecord): void {
    try {
      const meta = this.#winston.defaultMeta as object | undefined;
      this.#winston.write({ ...meta, ...jsonMembers(record), [WINSTON_LEVEL]: this.#names[level] });
    } catch (error) {
      // A format or transport that throws may cost its own line's looks, never the request.
      process.stdout.write(`${toJsonLine({ ...record, log_error: error })}\n`);
    }
  }
}

function namesIn(levels: Readonly<Record<string, number>>): LevelNames {
  const nameOf = (level: LogLevel): string => {
    const name = WINSTON_NAMES[level].find((candidate) => Object.hasOwn(levels, candidate));
    if (name !== undefined) return name;
    throw new BootstrapError(
      `The winston logger has no level for "${level}": add ${WINSTON_NAMES[level].map((candidate) => `"${candidate}"`).join(' or ')} ` +
        `to its levels, which are ${Object.keys(levels).join(', ')}.`,
    );
  };
  return {
    critical: nameOf('critical'),
    error: nameOf('error'),
    warning: nameOf('warning'),
    info: nameOf('info'),
    debug: nameOf('debug'),
  };
}
