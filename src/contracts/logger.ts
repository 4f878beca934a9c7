import { brand } from '../shared/brand.js';

/** What a line says beside its message; whatever JSON has no notation for is written as text. */
export type LogFields = Record<string, unknown>;

/**
 * Writes log lines that carry the id and the trace id of the event they belong to.
 *
 * Injectable by its type, and to be had from anywhere below a handler with `getLogger()`.
 */
export abstract class Logger {
  /** @throws TypeError where nobody has extended it, as `new Logger('Orders')` in JavaScript. */
  constructor() {
    if (new.target !== Logger) return;
    throw new TypeError(
      'Logger is not made with new: take it by its type, as in constructor(private readonly logger: Logger), or call getLogger().',
    );
  }

  abstract debug(message: string, fields?: LogFields): void;
  abstract info(message: string, fields?: LogFields): void;
  abstract warning(message: string, fields?: LogFields): void;
  abstract error(message: string, fields?: LogFields): void;
  abstract critical(message: string, fields?: LogFields): void;

  /**
   * Adds fields to the line of the current event; a reserved name gets an underscore, and outside an event they go
   * nowhere.
   */
  abstract set(fields: LogFields): void;

  /**
   * The current event's line as far as it is known: standard fields and added ones. A frozen copy: add fields with
   * {@link set}.
   */
  abstract get fields(): Readonly<LogFields>;
}
brand(Logger, 'Logger');
