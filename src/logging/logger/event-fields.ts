import { AsyncLocalStorage } from 'node:async_hooks';
import type { Context as LambdaContext } from 'aws-lambda';
import type { LogFields, Logger } from '../../contracts/logger.js';
import { addFields } from '../writers/line-fields.js';
import { copyMembers } from '../writers/loggable-value.js';

const UNREAD = Symbol('unread');
const noFields: Readonly<LogFields> = Object.freeze({});

/** Something that knows the standard fields of an event's line while the event is being handled. */
export interface StandardFields {
  standardFields(log: EventFields): LogFields;
}

/** The time that an event has left. */
export interface EventTime {
  /** In milliseconds; infinite where nothing limits it. */
  readonly left: number;
  /** Fires when the time is up. */
  readonly signal: AbortSignal;
}

/** The event that log data are about. */
export interface LoggedEvent extends StandardFields {
  readonly deadline?: EventTime;
}

/** The log data of one event: its id, its trace id, the application's logger, and the fields added so far. */
export class EventFields {
  #added: LogFields | undefined;
  #appended: LogFields | undefined;
  #traceId: string | undefined | typeof UNREAD = UNREAD;
  /** Asked when a program reads {@link fields}: the event, or its access log. */
  standard: StandardFields | undefined;

  constructor(
    readonly id: string | undefined,
    private readonly context: LambdaContext & { xRayTraceId?: string },
    readonly logger: Logger,
    /** For what is called somewhere below a handler and must end with the event. */
    readonly event?: LoggedEvent,
  ) {
    this.standard = event;
  }

  get traceId(): string | undefined {
    if (this.#traceId === UNREAD) this.#traceId = this.context.xRayTraceId ?? process.env['_X_AMZN_TRACE_ID'];
    return this.#traceId;
  }

  /**
   * Reads the trace id before the event first waits, because the environment variable belongs to the latest invocation.
   * An event that neither waits nor logs saves the 0.3 µs.
   */
  keepTraceId(): void {
    void this.traceId;
  }

  /** The fields added with {@link set}, by their original names. */
  get added(): Readonly<LogFields> {
    return this.#added ?? noFields;
  }

  /** Itself: an event that has its log data from the start is entered with them. */
  get log(): this {
    return this;
  }

  /** Whether it is that of an event, and not of the application. */
  get isEvent(): boolean {
    return true;
  }

  /** The fields added with {@link append}, for each further line of the event. */
  get appended(): Readonly<LogFields> | undefined {
    return this.#appended;
  }

  /** The standard and added fields known so far, by the names that they will have in the line. */
  get fields(): Readonly<LogFields> {
    const fields: LogFields = {};
    const standard = this.standard?.standardFields(this) ?? {};
    for (const key of Object.keys(standard)) if (standard[key] !== undefined) fields[key] = standard[key];
    addFields(fields, this.added);
    return Object.freeze(fields);
  }

  set(fields: LogFields): void {
    this.#added ??= Object.create(null) as LogFields;
    copyMembers(this.#added, fields);
  }

  append(fields: LogFields): void {
    this.set(fields);
    copyMembers((this.#appended ??= Object.create(null) as LogFields), fields);
  }
}

/** The log data of one record: the trace id is that of its invocation, which reads it once for all records. */
export class RecordFields extends EventFields {
  constructor(
    private readonly invocation: EventFields,
    id: string | undefined,
    context: LambdaContext,
    event: LoggedEvent,
  ) {
    super(id, context, invocation.logger, event);
  }

  override get traceId(): string | undefined {
    return this.invocation.traceId;
  }
}

/** An object that has log data, or creates them when they are first asked for. */
interface Logged {
  readonly log: EventFields;
}

interface LogState {
  readonly events: AsyncLocalStorage<Logged>;
  /** For lines outside events. */
  logger: Logger | undefined;
}

const STATE = Symbol.for('lambent.log');

// On the global object, so that `getLogger` of another copy of the package sees the events of this one.
export const logState: LogState = ((globalThis as Record<symbol, LogState | undefined>)[STATE] ??= {
  events: new AsyncLocalStorage<Logged>(),
  logger: undefined,
});

/** Runs `task` so that everything it starts, timers and callbacks too, logs as part of this event. */
export function runWithEventFields<T, A extends unknown[]>(log: EventFields, task: (...args: A) => T, ...args: A): T {
  return logState.events.run(log, task, ...args);
}

/**
 * Lets everything that follows log as part of this event, up to the next call, or to the end of the innermost
 * {@link runWithEventFields}: call it only inside of one, and again wherever another event goes on.
 *
 * For records, of which a batch has thousands: on Node 24, each `run` would take two maps instead of one.
 */
export function enterEventFields(event: Logged): void {
  logState.events.enterWith(event);
}

export function currentEventFields(): EventFields | undefined {
  return logState.events.getStore()?.log;
}

/** The log data of an application outside events: its logger, and nothing else. */
class ApplicationLog extends EventFields {
  constructor(logger: Logger) {
    super(undefined, {} as LambdaContext, logger);
  }

  override get traceId(): undefined {
    return undefined;
  }

  override get isEvent(): boolean {
    return false;
  }

  /** Does nothing: no event's line follows that could have the fields. */
  override set(): void {}

  /** Does nothing: the fields would belong to whatever the application does later. */
  override append(): void {}
}

/** Runs `task`, such as the bootstrap, so that `getLogger()` returns this application's logger. */
export function runAsApplication<T>(logger: Logger, task: () => T): T {
  return runWithEventFields(new ApplicationLog(logger), task);
}

/** Tells an application's first event, which has `cold_start` in its line. */
export class ColdStart {
  #cold = true;

  /** Returns `true` on the first call, whichever line it is for. */
  take(): true | undefined {
    const cold = this.#cold || undefined;
    this.#cold = false;
    return cold;
  }
}
