import type { Logger } from '../contracts/logger.js';
import type { RecordOutcome, SourceRecord } from '../contracts/record-adapter.js';
import { described } from '../errors/yes-or-no.js';
import { isObservable } from '../shared/observable.js';
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
      else refuseAnswer(await invalid(record, error));
      return { failed: false, value: undefined };
    } catch (second) {
      return { failed: true, error: second };
    }
  };
}

/** What isn't understood is no success: the record would be gone. */
function refuseAnswer(answer: unknown): void {
  if (answer !== false && !isObservable(answer)) return;
  const rule = 'it returns when it has taken the record, and throws when it has not';
  throw new TypeError(`The function batch.invalid answered with ${described(answer)}: ${rule}.`);
}
