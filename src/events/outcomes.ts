import type { ItemIdentifier, RecordOutcome, SourceRecord } from '../contracts/event-adapter.js';
import { explain } from '../errors/explain.js';

/**
 * What SQS, Kinesis, DynamoDB and Kafka are answered (AWS: "Reporting batch item failures"): an empty list is success.
 */
export interface BatchResponse {
  batchItemFailures: { itemIdentifier: ItemIdentifier }[];
}

/**
 * Names every failed record, for sources that try each of them again by itself. Without `ReportBatchItemFailures`
 * on the event source mapping Lambda would take them for done.
 *
 * @throws Error when a failed record has no identifier.
 */
export function reportFailures(outcomes: readonly RecordOutcome[], records: readonly SourceRecord[]): BatchResponse {
  const named: ItemIdentifier[] = [];
  outcomes.forEach((outcome, index) => {
    if (outcome.failed) named.push(identifierOf(index, outcome.error, records));
  });
  return responseOf(named);
}

/**
 * Names the first failed record of each group, for sources that go on from there: what comes after it is delivered
 * again.
 *
 * @throws Error when one of these records has no identifier.
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
  return responseOf([...first.values()]);
}

function responseOf(identifiers: readonly ItemIdentifier[]): BatchResponse {
  return { batchItemFailures: identifiers.map((itemIdentifier) => ({ itemIdentifier })) };
}

/** An identifier that the source doesn't know says that the whole batch failed: that is better said by an error. */
function identifierOf(index: number, cause: unknown, records: readonly SourceRecord[]): ItemIdentifier {
  const { identifier, id } = records[index] as SourceRecord;
  const given = identifier ?? id;
  if (given !== '') return given;
  const reason = cause instanceof Error ? `: ${cause.name}: ${cause.message.slice(0, 1000)}` : '';
  throw new Error(
    'A record failed that has no identifier, so the source can not be told of it alone and the whole batch has failed. ' +
      `It is record ${index + 1} of ${records.length}${reason}`,
    { cause },
  );
}

/**
 * For sources that try a whole event again: any failure fails the invocation.
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
 * The result of the only record, for sources that ask a question and wait for the answer. @throws The record's error.
 */
export function soleResult([outcome]: readonly RecordOutcome[]): unknown {
  if (outcome?.failed) throw explain(outcome.error);
  return outcome?.value;
}
