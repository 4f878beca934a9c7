import type { Logger } from '../contracts/logger.js';
import type { RecordOutcome, SourceRecord } from '../contracts/record-adapter.js';
import type { BatchOptions } from './batch-options.js';

/** What becomes of a record that can't be parsed or validated; doesn't throw. */
export type InvalidPolicy = (record: SourceRecord, error: unknown) => Promise<RecordOutcome>;

export const failRecord: InvalidPolicy = async (_, error) => ({ failed: true, error });

/** The option `batch.invalid` as a function. */
export function invalidPolicy(invalid: Required<BatchOptions>['invalid'], logger: Logger): InvalidPolicy {
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
