import type { RecordOutcome } from '../../contracts/event-adapter.js';
import { MalformedEventError } from '../../events/reading/malformed-event.js';
import { chain } from '../../shared/promise.js';
import type { MaybePromise } from '../../shared/types.js';
import type { RecordEvent } from './record-context.js';
import type { Handle, RecordEntry } from './run-records.js';

/** The event of a tumbling window, as far as it matters here. */
type WindowEvent = Readonly<Record<string, unknown>>;

/**
 * Hands the state of a tumbling window from record to record: each sees an event with the state that the one before
 * it returned, or has changed in its place. It is a copy, so that a record that fails leaves the state as it was.
 */
export function withWindowState(
  batch: RecordEvent,
  deliver: (step: readonly RecordEntry[], batch: RecordEvent) => MaybePromise<void>,
): Handle {
  const { event } = batch;
  let { state } = event as WindowEvent;
  return (step) => {
    const given = { ...(event as WindowEvent), state: copyOf(state) };
    return chain(deliver(step, { ...batch, event: given }), () => {
      for (const entry of step) {
        if (entry.outcome.failed) continue;
        state = returnedState(entry.outcome) ?? given.state;
        entry.outcome = { failed: false, value: { state } };
      }
    });
  };
}

/** @throws MalformedEventError when it is nested too deeply for that. */
function copyOf(state: unknown): unknown {
  try {
    return structuredClone(state);
  } catch (cause) {
    throw new MalformedEventError('state can not be copied for the next record: it is nested too deeply', { cause });
  }
}

function returnedState(outcome: RecordOutcome & { failed: false }): unknown {
  return (outcome.value as { state?: unknown } | null | undefined)?.state;
}
