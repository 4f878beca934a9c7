import { AsyncLocalStorage } from 'node:async_hooks';
import type { Context as LambdaContext } from 'aws-lambda';
import type { LogFields, Logger } from '../contracts/logger.js';
import { readMember } from './json-value.js';

const noFields: Readonly<LogFields> = Object.freeze({});

/** What lines about one event share: its id, its trace id, the application's logger, and the fields set on the way. */
export class EventLog {
  readonly traceId: string | undefined;
  #fields: LogFields | undefined;

  constructor(
    readonly id: string,
    context: LambdaContext,
    readonly logger: Logger,
  ) {
    this.traceId = traceIdOf(context);
  }

  get fields(): Readonly<LogFields> {
    return this.#fields ?? noFields;
  }

  set(fields: LogFields): void {
    this.#fields ??= Object.create(null) as LogFields;
    for (const key of Object.keys(fields)) this.#fields[key] = readMember(fields, key);
  }
}

// Read while the event begins: the environment's variable belongs to whichever invocation is the latest.
function traceIdOf(context: LambdaContext & { xRayTraceId?: string }): string | undefined {
  return context.xRayTraceId ?? process.env['_X_AMZN_TRACE_ID'];
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
export function runWithEventLog<T>(log: EventLog, task: () => T): T {
  return logState.events.run(log, task);
}

export function currentEventLog(): EventLog | undefined {
  return logState.events.getStore();
}
