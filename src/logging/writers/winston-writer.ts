import type { Logger as WinstonLogger } from 'winston';
import type { LogFields } from '../../contracts/logger.js';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import type { LogLevel } from '../../settings/settings.js';
import { addFields, type LineFields, type LogWriter, RESERVED_NAMES } from './line-fields.js';
import { jsonMembers } from './loggable-value.js';
import { toJsonLine } from './stdout-writer.js';

// winston's symbol (package triple-beam) for the level that it filters by.
const WINSTON_LEVEL = Symbol.for('level');

/** The names of each level in winston's tables (npm, syslog, cli) and in common custom ones. The first match counts. */
const WINSTON_NAMES: Readonly<Record<LogLevel, readonly string[]>> = {
  critical: ['critical', 'crit', 'fatal', 'error'],
  error: ['error'],
  warning: ['warning', 'warn'],
  info: ['info'],
  debug: ['debug'],
};

type LevelNames = Readonly<Record<LogLevel, string>>;

/**
 * Passes lines to a winston logger. Formats and transports see plain JSON values and Lambent's level name in `level`;
 * winston filters by the logger's own level name.
 */
export class WinstonWriter implements LogWriter {
  readonly #winston: WinstonLogger;
  readonly #names: LevelNames;
  /** For a child logger: the reserved names as `undefined`, which it would otherwise fill from its own members. */
  readonly #blanks: LogFields | undefined;

  /** @throws BootstrapError if the logger has no level that corresponds to one of Lambent's. */
  constructor(winston: WinstonLogger) {
    this.#winston = winston;
    this.#names = levelNames(winston.levels);
    if (Object.hasOwn(winston, 'write'))
      this.#blanks = Object.fromEntries([...RESERVED_NAMES].map((name) => [name, undefined]));
  }

  enabled(level: LogLevel): boolean {
    return this.#winston.isLevelEnabled(this.#names[level]);
  }

  enableAll(): void {
    const levels = Object.entries(this.#winston.levels).toSorted(([, a], [, b]) => b - a);
    this.#winston.level = levels[0]![0];
  }

  write(level: LogLevel, line: LineFields): void {
    try {
      this.#winston.write({
        ...this.#defaults(),
        ...withoutControlMembers(jsonMembers(line)),
        [WINSTON_LEVEL]: this.#names[level],
      });
    } catch (error) {
      // A format or transport that throws must not fail the request. The line is written without it.
      process.stdout.write(`${toJsonLine({ ...line, log_error: error })}\n`);
    }
  }

  /** The logger's own members, renamed if their name is reserved: its `type` is not the line's. */
  #defaults(): LogFields {
    const meta = this.#winston.defaultMeta as LogFields | undefined;
    const defaults: LogFields = { ...this.#blanks };
    if (meta) addFields(defaults, meta);
    return defaults;
  }
}

/**
 * Members that control what winston does with a line, and that a caller's data may contain: `exception` and `rejection`
 * keep it from every ordinary transport, `splat` makes logform copy its content over the line.
 */
const CONTROL_MEMBERS = ['exception', 'rejection', 'splat'] as const;

function withoutControlMembers(info: LogFields): LogFields {
  for (const name of CONTROL_MEMBERS) {
    if (!Object.hasOwn(info, name)) continue;
    addFields(info, { [`${name}_`]: info[name] });
    delete info[name];
  }
  return info;
}

function levelNames(levels: Readonly<Record<string, number>>): LevelNames {
  const nameOf = (level: LogLevel): string => {
    const name = WINSTON_NAMES[level].find((candidate) => Object.hasOwn(levels, candidate));
    if (name !== undefined) return name;
    const candidates = WINSTON_NAMES[level].map((candidate) => `"${candidate}"`).join(' or ');
    throw new BootstrapError(
      `The winston logger has no level for "${level}": add ${candidates} to its levels, ` +
        `which are ${Object.keys(levels).join(', ')}.`,
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
