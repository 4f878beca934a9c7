import type { Logger as WinstonLogger } from 'winston';
import type { LogFields, LogLevel } from '../contracts/logger.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import { toJsonLine } from './json-line.js';
import { jsonMembers } from './json-value.js';
import { addFields, type LogRecord, type LogWriter, RESERVED_NAMES } from './log-record.js';

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
  /** What a child logger would put in by itself where the line says nothing. */
  readonly #unsaid: LogFields | undefined;

  /** @throws BootstrapError when the logger's level table has no place for one of ours. */
  constructor(winston: WinstonLogger) {
    this.#winston = winston;
    this.#names = namesIn(winston.levels);
    if (Object.hasOwn(winston, 'write')) this.#unsaid = Object.fromEntries([...RESERVED_NAMES].map((name) => [name, undefined]));
  }

  enabled(level: LogLevel): boolean {
    return this.#winston.isLevelEnabled(this.#names[level]);
  }

  write(level: LogLevel, record: LogRecord): void {
    try {
      this.#winston.write({ ...this.#before(), ...withoutOrders(jsonMembers(record)), [WINSTON_LEVEL]: this.#names[level] });
    } catch (error) {
      // A format or transport that throws may cost its own line's looks, never the request.
      process.stdout.write(`${toJsonLine({ ...record, log_error: error })}\n`);
    }
  }

  /** The logger's own members, under no name of a line's: its `type` is not the line's. */
  #before(): LogFields {
    const meta = this.#winston.defaultMeta as LogFields | undefined;
    const before: LogFields = { ...this.#unsaid };
    if (meta) addFields(before, meta);
    return before;
  }
}

/**
 * Members by which a line tells winston what to do with it, and which it may get from a caller's data: `exception` and
 * `rejection` keep it from every ordinary transport, `splat` has logform copy what it holds over the line.
 */
const WINSTON_ORDERS = ['exception', 'rejection', 'splat'] as const;

function withoutOrders(info: LogFields): LogFields {
  for (const name of WINSTON_ORDERS) {
    if (!Object.hasOwn(info, name)) continue;
    addFields(info, { [`${name}_`]: info[name] });
    delete info[name];
  }
  return info;
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
