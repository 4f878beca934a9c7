import type { ItemIdentifier, RecordOutcome, SourceRecord } from '../../contracts/event-adapter.js';
import { explain } from '../../errors/explain.js';

/**
 * The result for SQS, Kinesis, DynamoDB and Kafka (AWS: "Reporting batch item failures"). An empty list means success.
 */
export interface BatchResponse {
  batchItemFailures: { itemIdentifier: ItemIdentifier }[];
}

/**
 * Reports every failed record, for sources that retry each one separately. Without `ReportBatchItemFailures` on the
 * event source mapping, Lambda would treat them as done.
 *
 * @throws Error if a failed record has no identifier.
 */
export function reportFailures(outcomes: readonly RecordOutcome[], records: readonly SourceRecord[]): BatchResponse {
  const batchItemFailures: BatchResponse['batchItemFailures'] = [];
  for (let index = 0; index < outcomes.length; index++) {
    const outcome = outcomes[index] as RecordOutcome;
    if (outcome.failed) batchItemFailures.push({ itemIdentifier: identifierOf(index, outcome.error, records) });
  }
  return { batchItemFailures };
}

/**
 * Reports the first failed record of each group, for sources that retry from that record on.
 *
 * @throws Error if one of these records has no identifier.
 */
export function reportFirstFailures(
  outcomes: readonly RecordOutcome[],
  records: readonly SourceRecord[],
): BatchResponse {
  const first = new Map<string | undefined, ItemIdentifier>();
  outcomes.forEach((outcome, index) => {
    const group = records[index]?.group;
    if (outcome.failed && !first.has(group)) first.set(group, identifierOf(index, outcome.error, records));
  });
  return { batchItemFailures: Array.from(first.values(), (itemIdentifier) => ({ itemIdentifier })) };
}

/** An unknown identifier would fail the whole batch without a word, so an error says it instead. */
function identifierOf(index: number, cause: unknown, records: readonly SourceRecord[]): ItemIdentifier {
  const { identifier, id } = records[index] as SourceRecord;
  const given = identifier ?? id;
  if (given !== '') return given;
  const reason = cause instanceof Error ? `: ${cause.name}: ${cause.message.slice(0, 1000)}` : '';
  throw new Error(
    'A record without an identifier failed. It cannot be reported to its source, so the whole batch fails. ' +
      `It is record ${index + 1} of ${records.length}${reason}`,
    { cause },
  );
}

/**
 * Fails the invocation if any record failed, for sources that retry the whole event.
 *
 * @throws The error of the failed record, or an AggregateError of several.
 */
export function rejectFailures(outcomes: readonly RecordOutcome[]): undefined {
  const errors = outcomes.flatMap((outcome) => (outcome.failed ? [explain(outcome.error)] : []));
  if (errors.length === 0) return undefined;
  if (errors.length === 1) throw errors[0];
  throw new AggregateError(
    errors,
    `${errors.length} of ${outcomes.length} records failed; the first one: ${String(errors[0])}`,
  );
}

/**
 * Returns the result of the only record, for sources that wait for it.
 *
 * @throws The record's error.
 */
export function soleResult([outcome]: readonly RecordOutcome[]): unknown {
  if (outcome?.failed) throw explain(outcome.error);
  return outcome?.value;
}
