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

  /** Adds fields to the line of the current event, if there is one; a reserved name gets an underscore. */
  abstract set(fields: LogFields): void;

  /**
   * The line of the current event as far as it is known: standard fields and added ones. A frozen copy: add fields with
   * {@link set}.
   */
  abstract get fields(): Readonly<LogFields>;
}
brand(Logger, 'Logger');
