import type { RecordOutcome } from '../contracts/record-adapter.js';
import { detectRecordAdapters } from '../events/record-adapters.js';
import { rejectFailures } from '../events/reject-failures.js';
import { failuresIn, outcomeOf } from './item-failures.js';

/** A call of a method that took an event as a whole. */
export interface WholeCall {
  readonly event: unknown;
  /** For messages, as in `ClicksConsumer.count`. */
  readonly name: string;
  /** Sources that can't be told of single failures. */
  readonly rejecting: readonly string[];
}

/**
 * Records that `@OnEvent` took as a whole are answered as their source wants: what is not understood is no success there,
 * either. The result of any other event is its sender's.
 */
export function asBatch(outcome: RecordOutcome, { event, name, rejecting }: WholeCall): RecordOutcome {
  const [adapter] = detectRecordAdapters(event);
  if (!adapter || adapter.isRefusal || outcome.failed || !(adapter.batches || hasRecords(event))) return outcome;
  const records = adapter.decode(event);
  const window = adapter.inWindow?.(event) === true;
  const failures = failuresIn(outcome.value, { name, records, batch: adapter.batches, window });
  if (failures && !failures.indexes) return { failed: true, error: failures.error };
  const outcomes = records.map((_, index) => outcomeOf(index, failures, outcome));
  try {
    if (rejecting.includes(adapter.source)) rejectFailures(outcomes);
    return { failed: false, value: adapter.encode(outcomes, records, window ? withState(event, outcome.value) : event) };
  } catch (error) {
    return { failed: true, error };
  }
}

/** Such as SNS's, one at a time; an event of EventBridge may as well be the input of a task that waits for the result. */
function hasRecords(event: unknown): boolean {
  return Array.isArray((Object(event) as { Records?: unknown }).Records);
}

/** The end of a window may come without records, whose outcomes would hold the state. */
function withState(event: unknown, value: unknown): unknown {
  const { state } = Object(value) as { state?: unknown };
  return state === undefined ? event : { ...(event as object), state };
}
