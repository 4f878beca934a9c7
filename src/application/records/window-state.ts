import type { RecordOutcome } from '../../contracts/event-adapter.js';
import { MalformedEventError } from '../../errors/malformed-event-error.js';
import { chain } from '../../shared/promise.js';
import type { RecordEvent } from './record-context.js';
import type { ConsumerCaller } from './run-records.js';

/** The event of a tumbling window. */
type WindowEvent = Readonly<Record<string, unknown>>;

/**
 * Passes the state of a tumbling window from record to record: each sees an event with the state that the one before it
 * returned or changed in place. The state is copied, so that a record that fails leaves it unchanged.
 */
export function withWindowState(batch: RecordEvent, caller: ConsumerCaller): ConsumerCaller {
  const { event } = batch;
  let { state } = event as WindowEvent;
  return {
    begin(entry, entries) {
      const given = { ...(event as WindowEvent), state: copyOf(state) };
      const takeState = (): void => {
        for (const one of entries ?? [entry]) {
          if (one.outcome.failed) continue;
          state = returnedState(one.outcome) ?? given.state;
          one.outcome = { failed: false, value: { state } };
        }
      };
      const call = caller.begin(entry, entries, { ...batch, event: given });
      if (!call) {
        takeState();
        return undefined;
      }
      return {
        pending: call.pending,
        sharesTime: call.sharesTime,
        done: (value) => chain(call.done(value), takeState),
        failed: (error) => chain(call.failed(error), takeState),
      };
    },
    waits: (giveUp) => caller.waits(giveUp),
    ended: () => caller.ended(),
  };
}

/** @throws MalformedEventError if the state is nested too deeply. */
function copyOf(state: unknown): unknown {
  try {
    return structuredClone(state);
  } catch (cause) {
    throw new MalformedEventError('state cannot be copied for the next record: it is nested too deeply', { cause });
  }
}

function returnedState(outcome: RecordOutcome & { failed: false }): unknown {
  return (outcome.value as { state?: unknown } | null | undefined)?.state;
}
