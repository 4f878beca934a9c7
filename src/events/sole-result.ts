import type { RecordOutcome } from '../contracts/record-adapter.js';
import { explain } from '../errors/explain.js';

/** The result of the only record, for sources that ask a question and wait for the answer. @throws The record's error. */
export function soleResult([outcome]: readonly RecordOutcome[]): unknown {
  if (outcome?.failed) throw explain(outcome.error);
  return outcome?.value;
}
