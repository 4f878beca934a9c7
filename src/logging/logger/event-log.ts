import { AsyncLocalStorage } from 'node:async_hooks';
import type { Context as LambdaContext } from 'aws-lambda';
import type { LogFields, Logger } from '../../contracts/logger.js';
import { memberNames, readMember } from '../writers/json-value.js';
import { addFields } from '../writers/log-record.js';

const UNREAD = Symbol('unread');
const noFields: Readonly<LogFields> = Object.freeze({});

/** What the line of an event says by itself, as far as it is known on the way. */
export interface StandardFields {
  standardFields(log: EventLog): LogFields;
}

/** What lines about one event share: its id, its trace id, the application's logger, and the fields set on the way. */
export class EventLog {
  #added: LogFields | undefined;
  #traceId: string | undefined | typeof UNREAD = UNREAD;

  constructor(
    readonly id: string | undefined,
    private readonly context: LambdaContext & { xRayTraceId?: string },
    readonly logger: Logger,
    /** Who knows the event, and is asked when a program reads {@link fields}. */
    public standard?: StandardFields,
  ) {}

  get traceId(): string | undefined {
    if (this.#traceId === UNREAD) this.#traceId = this.context.xRayTraceId ?? process.env['_X_AMZN_TRACE_ID'];
    return this.#traceId;
  }

  /**
   * To be called before the event first waits: the environment's variable belongs to whichever invocation is the
   * latest. Reading it costs 0.3 µs, which an event that neither waits nor logs need not pay.
   */
  keepTraceId(): void {
    void this.traceId;
  }

  /** What was added with {@link set}, by the names it was given. */
  get added(): Readonly<LogFields> {
    return this.#added ?? noFields;
  }

  /** The event's line as it is known by now, by the names it will have there: standard fields and added ones. */
  get fields(): Readonly<LogFields> {
    const fields: LogFields = {};
    const standard = this.standard?.standardFields(this) ?? {};
    for (const key of Object.keys(standard)) if (standard[key] !== undefined) fields[key] = standard[key];
    addFields(fields, this.added);
    return Object.freeze(fields);
  }

  set(fields: LogFields): void {
    this.#added ??= Object.create(null) as LogFields;
    for (const key of memberNames(fields)) this.#added[key] = readMember(fields, key);
  }
}

interface LogState {
  readonly events: AsyncLocalStorage<EventLog>;
  /** For lines outside of any event. */
  logger: Logger | undefined;
}

const STATE = Symbol.for('lambent.log');

// On the global object: `getLogger` of another copy of the package must see this one's events.
export const logState: LogState = ((globalThis as Record<symbol, LogState | undefined>)[STATE] ??= {
  events: new AsyncLocalStorage<EventLog>(),
  logger: undefined,
});

/** Runs `task` so that everything it starts, timers and callbacks too, logs as a part of this event. */
export function runWithEventLog<T, A extends unknown[]>(log: EventLog, task: (...args: A) => T, ...args: A): T {
  return logState.events.run(log, task, ...args);
}

export function currentEventLog(): EventLog | undefined {
  return logState.events.getStore();
}

/** For lines of an application outside of any event: they share its logger, and nothing else. */
class ApplicationLog extends EventLog {
  constructor(logger: Logger) {
    super(undefined, {} as LambdaContext, logger);
  }

  override get traceId(): undefined {
    return undefined;
  }

  /** No line follows that fields could be added to. */
  override set(): void {}
}

/** Runs `task`, a start or an end, so that `getLogger()` means this application's logger, whatever others there are. */
export function runAsApplication<T>(logger: Logger, task: () => T): T {
  return runWithEventLog(new ApplicationLog(logger), task);
}

/** Whether no event has come yet: an application's first one says `cold_start` in its line. */
export class ColdStart {
  #cold = true;

  /** `true` for the first one who asks, whichever line it is for. */
  take(): true | undefined {
    const cold = this.#cold || undefined;
    this.#cold = false;
    return cold;
  }
}
