import type { LogLevel } from '../settings/settings.js';
import { brand } from '../shared/brand.js';

/** The fields of a log line besides its message; what JSON cannot express is written as text. */
export type LogFields = Record<string, unknown>;

/**
 * Writes log lines that carry the id and the trace id of the event they belong to.
 *
 * Inject it by its type, or call `getLogger()` anywhere below a handler.
 */
export abstract class Logger {
  /** @throws TypeError for the class itself, such as `new Logger('Orders')` in JavaScript. */
  constructor() {
    if (new.target !== Logger) return;
    throw new TypeError(
      'Logger cannot be created with new: inject it, as in constructor(private readonly logger: Logger), or call ' +
        'getLogger().',
    );
  }

  abstract debug(message: string, fields?: LogFields): void;
  abstract info(message: string, fields?: LogFields): void;
  abstract warning(message: string, fields?: LogFields): void;
  abstract error(message: string, fields?: LogFields): void;
  abstract critical(message: string, fields?: LogFields): void;

  /**
   * Returns a logger whose lines have these fields, too. What it writes belongs to the current event as for this
   * logger. The fields of a line take precedence.
   */
  child(fields: LogFields): Logger {
    return new ChildLogger(this, fields);
  }

  /**
   * Adds fields to all further lines of the current event, its own line included. No other event or record gets them.
   * A logger of your own that does not implement it adds them to the event's line only.
   */
  append(fields: LogFields): void {
    this.set(fields);
  }

  /** Adds fields to the line of the current event, if there is one; a reserved name gets an underscore. */
  abstract set(fields: LogFields): void;

  /**
   * The line of the current event as far as it is known: standard fields and added ones. A frozen copy: add fields with
   * {@link set}.
   */
  abstract get fields(): Readonly<LogFields>;
}
brand(Logger, 'Logger');

/** Reduces the methods of the five levels to one. */
export abstract class LeveledLogger extends Logger {
  protected abstract log(level: LogLevel, message: string, fields: LogFields | undefined): void;

  debug(message: string, fields?: LogFields): void {
    this.log('debug', message, fields);
  }

  info(message: string, fields?: LogFields): void {
    this.log('info', message, fields);
  }

  warning(message: string, fields?: LogFields): void {
    this.log('warning', message, fields);
  }

  error(message: string, fields?: LogFields): void {
    this.log('error', message, fields);
  }

  critical(message: string, fields?: LogFields): void {
    this.log('critical', message, fields);
  }
}

class ChildLogger extends LeveledLogger {
  constructor(
    private readonly parent: Logger,
    private readonly own: LogFields,
  ) {
    super();
  }

  set(fields: LogFields): void {
    this.parent.set(fields);
  }

  override append(fields: LogFields): void {
    this.parent.append(fields);
  }

  get fields(): Readonly<LogFields> {
    return this.parent.fields;
  }

  /** Copies the members as they are: a getter is read when the line is written, if it is. */
  protected override log(level: LogLevel, message: string, fields: LogFields | undefined): void {
    const more = fields instanceof Error ? { error: fields } : fields;
    this.parent[level](message, Object.defineProperties({}, { ...membersOf(this.own), ...membersOf(more) }));
  }
}

/** The members of fields. A throwing proxy and what is no object have none: a log line must not fail an event. */
function membersOf(fields: unknown): PropertyDescriptorMap {
  try {
    return typeof fields === 'object' && fields !== null ? Object.getOwnPropertyDescriptors(fields) : {};
  } catch {
    return {};
  }
}
