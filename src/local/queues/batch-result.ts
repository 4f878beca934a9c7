import { isRecord } from '../../events/is-record.js';
import { show } from '../lambda-result.js';

/** What became of a batch: the ids of the messages that come again. */
export interface BatchResult {
  readonly failed: ReadonlySet<string>;
  /** What is wrong with the result, in words, where all failed for that. */
  readonly problem?: string;
}

const NONE: BatchResult = { failed: new Set() };

/**
 * Reads a function's result as an event source mapping with `ReportBatchItemFailures` does: a result that names nothing
 * is a success, one that names something wrongly fails the whole batch (the Lambda guide, "Handling errors for an SQS
 * event source", success and failure conditions).
 */
export function readBatchResult(result: unknown, ids: readonly string[]): BatchResult {
  if (result === null) return NONE;
  if (!isRecord(result)) return all(ids, `the result is ${show(result)}, where { batchItemFailures } or nothing is wanted`);
  const { batchItemFailures: failures } = result;
  if (failures === undefined || failures === null) return NONE;
  if (!Array.isArray(failures)) return all(ids, `"batchItemFailures" is ${show(failures)}, where a list is wanted`);
  const named = (failures as readonly unknown[]).map((item) => (isRecord(item) ? item['itemIdentifier'] : undefined));
  const unknown = named.findIndex((id) => !ids.includes(id as string));
  if (unknown === -1) return { failed: new Set(named as string[]) };
  return all(ids, `"batchItemFailures" has ${show(failures[unknown])}, which names no message of the batch`);
}

function all(ids: readonly string[], problem: string): BatchResult {
  return { failed: new Set(ids), problem };
}
