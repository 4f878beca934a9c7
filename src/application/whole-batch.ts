import type { RecordAdapter, RecordOutcome } from '../contracts/record-adapter.js';
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
export function asBatch(outcome: RecordOutcome, call: WholeCall): RecordOutcome {
  const [adapter] = detectRecordAdapters(call.event);
  if (!adapter || adapter.isRefusal || outcome.failed || !(adapter.batches || hasRecords(call.event))) return outcome;
  try {
    return { failed: false, value: answerOf(outcome, adapter, call) };
  } catch (error) {
    return { failed: true, error };
  }
}

/** @throws The error of what has failed, where the source can't be told of it alone. */
function answerOf(outcome: RecordOutcome & { failed: false }, adapter: RecordAdapter, { event, name, rejecting }: WholeCall): unknown {
  const records = adapter.decode(event);
  const window = adapter.inWindow?.(event) === true;
  const failures = failuresIn(outcome.value, { name, records, batch: adapter.batches, window });
  if (failures && !failures.indexes) throw failures.error;
  const outcomes = records.map((_, index) => outcomeOf(index, failures, outcome));
  if (rejecting.includes(adapter.source)) rejectFailures(outcomes);
  return adapter.encode(outcomes, records, window ? withState(event, outcome.value) : event);
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
