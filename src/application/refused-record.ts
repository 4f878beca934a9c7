import type { Logger } from '../contracts/logger.js';
import type { RecordOutcome, SourceRecord } from '../contracts/record-adapter.js';
import type { BatchOptions } from './batch-options.js';

/** What becomes of a record that can't be parsed or validated; doesn't throw. */
export type RefusalPolicy = (record: SourceRecord, error: unknown) => Promise<RecordOutcome>;

export const failRecord: RefusalPolicy = async (_, error) => ({ failed: true, error });

/** The option `batch.invalid` as a function. */
export function refusalPolicy(invalid: Required<BatchOptions>['invalid'], logger: Logger): RefusalPolicy {
  if (invalid === 'fail') return failRecord;
  return async (record, error) => {
    try {
      if (invalid === 'drop') logger.warning('Dropped a record that is not valid', { record: record.id, error });
      else await invalid(record, error);
      return { failed: false, value: undefined };
    } catch (second) {
      return { failed: true, error: second };
    }
  };
}
