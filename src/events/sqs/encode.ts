import type { RecordOutcome, SourceRecord } from '../../contracts/record-adapter.js';
import { batchResponse, type BatchResponse } from '../item-failures.js';

/** Names the failed messages; without `ReportBatchItemFailures` on the mapping Lambda would take them for done. */
export function encodeSqs(outcomes: readonly RecordOutcome[], records: readonly SourceRecord[]): BatchResponse {
  return batchResponse(records.filter((_, index) => outcomes[index]?.failed).map(({ id }) => id));
}
