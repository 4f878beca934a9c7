import { Writable } from 'node:stream';
import type { Logform, Logger as WinstonLogger, LoggerOptions } from 'winston';
import type { LogFields } from '../../contracts/logger.js';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import type { LogLevel } from '../../settings/log-level.js';
import { jsonMembers } from './json-value.js';
import { addFields, isoDate, LOG_LEVELS, type LogRecord, type LogWriter, RESERVED_NAMES } from './log-record.js';
import { toJsonLine } from './stdout-writer.js';

// winston's own marks (package triple-beam): the level that filters go by, and the finished line.
const WINSTON_LEVEL = Symbol.for('level');
const WINSTON_MESSAGE = Symbol.for('message');

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
    if (Object.hasOwn(winston, 'write'))
      this.#unsaid = Object.fromEntries([...RESERVED_NAMES].map((name) => [name, undefined]));
  }

  enabled(level: LogLevel): boolean {
    return this.#winston.isLevelEnabled(this.#names[level]);
  }

  write(level: LogLevel, record: LogRecord): void {
    try {
      this.#winston.write({
        ...this.#before(),
        ...withoutOrders(jsonMembers(record)),
        [WINSTON_LEVEL]: this.#names[level],
      });
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
