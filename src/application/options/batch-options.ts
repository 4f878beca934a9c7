import type { SourceRecord } from '../../contracts/event-adapter.js';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import { refuseUnknownOptions } from '../../errors/check-options.js';
import type { MaybePromise } from '../../shared/types.js';

/** Takes a record that can't be parsed or validated; when it throws, the record has failed after all. */
export type InvalidRecordHandler = (record: SourceRecord, error: unknown) => MaybePromise<void>;

/** The option `batch` of `create`. */
export interface BatchOptions {
  /**
   * Records that are handled at the same time, where their order allows it; 10 unless given. A consumer's own option
   * wins.
   */
  concurrency?: number;
  /**
   * What becomes of a record that can't be parsed or validated: `fail` unless given; `drop` logs it and takes it for
   * done.
   */
  invalid?: 'fail' | 'drop' | InvalidRecordHandler;
  /**
   * Whether a request in a message that is answered with 4xx is a failure of the record; `log` unless given: trying
   * again would not mend it.
   */
  clientErrors?: 'log' | 'fail';
  /**
   * Sources whose event source mapping is without `ReportBatchItemFailures`, as in `['kafka']`: Lambda doesn't read
   * what it is answered, so that a failure has to reject the invocation, and all of its records are delivered again.
   * None unless given.
   */
  rejectWhole?: readonly ReportingSource[];
}

/** Those that read which records of a batch failed, where their mapping has `ReportBatchItemFailures`. */
export const REPORTING_SOURCES = ['sqs', 'kinesis', 'dynamodb', 'kafka'] as const;

/** A source that can be told of single failures. */
export type ReportingSource = (typeof REPORTING_SOURCES)[number];

/** @throws BootstrapError for an unknown option or a bad value. */
export function resolveBatchOptions(options: BatchOptions = {}): Required<BatchOptions> {
  const { concurrency = 10, invalid = 'fail', clientErrors = 'log', rejectWhole = [] } = options;
  refuseUnknownOptions(options, ['concurrency', 'invalid', 'clientErrors', 'rejectWhole'], 'the option batch');
  if (!Number.isInteger(concurrency) || concurrency < 1) {
    throw new BootstrapError(`batch.concurrency is ${concurrency}: it takes a whole number from 1`);
  }
  if (invalid !== 'fail' && invalid !== 'drop' && typeof invalid !== 'function') {
    throw new BootstrapError(`batch.invalid is ${String(invalid)}: it takes 'fail', 'drop' or a function`);
  }
  if (clientErrors !== 'log' && clientErrors !== 'fail') {
    throw new BootstrapError(`batch.clientErrors is ${String(clientErrors)}: it takes 'log' or 'fail'`);
  }
  checkSources(rejectWhole);
  return { concurrency, invalid, clientErrors, rejectWhole };
}

function checkSources(sources: readonly string[]): void {
  const known: readonly string[] = REPORTING_SOURCES;
  if (Array.isArray(sources) && sources.every((source) => known.includes(source))) return;
  throw new BootstrapError(
    `batch.rejectWhole is ${JSON.stringify(sources)}: it takes a list of '${known.join("', '")}'`,
  );
}
