import { AsyncLocalStorage } from 'node:async_hooks';
import type { Context as LambdaContext } from 'aws-lambda';
import type { LogFields, Logger } from '../contracts/logger.js';
import { readMember } from './json-value.js';

const UNREAD = Symbol('unread');
const noFields: Readonly<LogFields> = Object.freeze({});

/** What lines about one event share: its id, its trace id, the application's logger, and the fields set on the way. */
export class EventLog {
  #fields: LogFields | undefined;
  #traceId: string | undefined | typeof UNREAD = UNREAD;

  constructor(
    readonly id: string | undefined,
    private readonly context: LambdaContext & { xRayTraceId?: string },
    readonly logger: Logger,
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

  get fields(): Readonly<LogFields> {
    return this.#fields ?? noFields;
  }

  set(fields: LogFields): void {
    this.#fields ??= Object.create(null) as LogFields;
    for (const key of Object.keys(fields)) this.#fields[key] = readMember(fields, key);
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
