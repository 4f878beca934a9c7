import type { ItemIdentifier, RecordOutcome, SourceRecord } from '../contracts/record-adapter.js';

/** What SQS, Kinesis, DynamoDB and Kafka are answered (AWS: "Reporting batch item failures"): an empty list is success. */
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
  return responseOf(failed(outcomes, records));
}

/**
 * Names the first failed record of each group, for sources that go on from there: what comes after it is delivered again.
 *
 * @throws Error when a failed record has no identifier.
 */
export function reportFirstFailures(outcomes: readonly RecordOutcome[], records: readonly SourceRecord[]): BatchResponse {
  const first = new Map<string | undefined, SourceRecord>();
  for (const record of failed(outcomes, records)) if (!first.has(record.group)) first.set(record.group, record);
  return responseOf([...first.values()]);
}

function failed(outcomes: readonly RecordOutcome[], records: readonly SourceRecord[]): SourceRecord[] {
  return records.filter((_, index) => outcomes[index]?.failed);
}

function responseOf(records: readonly SourceRecord[]): BatchResponse {
  return { batchItemFailures: records.map((record) => ({ itemIdentifier: identifierOf(record) })) };
}

/** An identifier that the source doesn't know says that the whole batch failed: that is better said by an error. */
function identifierOf({ identifier, id }: SourceRecord): ItemIdentifier {
  const given = identifier ?? id;
  if (given === '') throw new Error('A record failed that has no identifier, so the source can not be told of it alone: the whole batch has failed.');
  return given;
}
