import type { SourceRecord } from '../../contracts/event-adapter.js';
import { checkCarriage } from '../../decorators/check-consumer.js';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import { refuseUnknownOptions } from '../../errors/check-options.js';
import { type Carriage, type Carrier, CARRIERS } from '../../shared/event-types.js';
import type { MaybePromise } from '../../shared/types.js';

/** Handles a record that can't be parsed or validated; if it throws, the record has failed. */
export type InvalidRecordHandler = (record: SourceRecord, error: unknown) => MaybePromise<void>;

/** The option `batch` of `create`. */
export interface BatchOptions {
  /**
   * How many records are handled concurrently, where their order allows it. 10 by default. A consumer's own option
   * takes precedence.
   */
  concurrency?: number;
  /**
   * How a record that can't be parsed or validated is handled. `fail`, the default, fails it; `drop` logs it and
   * treats it as a success.
   */
  invalid?: 'fail' | 'drop' | InvalidRecordHandler;
  /**
   * Whether a 4xx response to a carried request fails the record. `log` by default, because a retry would get the same
   * response.
   */
  clientErrors?: 'log' | 'fail';
  /**
   * The sources whose event source mapping lacks `ReportBatchItemFailures`, as in `['kafka']`. Lambda ignores the
   * result there, so any failure fails the invocation, and all of its records are delivered again. None by default.
   */
  rejectWhole?: readonly ReportingSource[];
}

/** The sources that read batch item failures, if their mapping has `ReportBatchItemFailures`. */
export const REPORTING_SOURCES = ['sqs', 'kinesis', 'dynamodb', 'kafka'] as const;

/** A source that reads batch item failures. */
export type ReportingSource = (typeof REPORTING_SOURCES)[number];

/** @throws BootstrapError for an unknown option or a bad value. */
export function resolveBatchOptions(options: BatchOptions = {}): Required<BatchOptions> {
  const { concurrency = 10, invalid = 'fail', clientErrors = 'log', rejectWhole = [] } = options;
  refuseUnknownOptions(options, ['concurrency', 'invalid', 'clientErrors', 'rejectWhole'], 'the option batch');
  if (!Number.isInteger(concurrency) || concurrency < 1) {
    throw new BootstrapError(`batch.concurrency is ${concurrency}: it must be a whole number from 1`);
  }
  if (invalid !== 'fail' && invalid !== 'drop' && typeof invalid !== 'function') {
    throw new BootstrapError(`batch.invalid is ${String(invalid)}: it must be 'fail', 'drop' or a function`);
  }
  if (clientErrors !== 'log' && clientErrors !== 'fail') {
    throw new BootstrapError(`batch.clientErrors is ${String(clientErrors)}: it must be 'log' or 'fail'`);
  }
  checkSources(rejectWhole);
  return { concurrency, invalid, clientErrors, rejectWhole };
}

function checkSources(sources: readonly string[]): void {
  const known: readonly string[] = REPORTING_SOURCES;
  if (Array.isArray(sources) && sources.every((source) => known.includes(source))) return;
  throw new BootstrapError(
    `batch.rejectWhole is ${JSON.stringify(sources)}: it must be a list of '${known.join("', '")}'`,
  );
}

/** The option `requestsVia` of `create`: the names of queues and topics whose messages are requests. */
export interface RequestsVia {
  sqs?: readonly string[];
  mq?: readonly string[];
  sns?: readonly string[];
}

const WHERE = 'the option requestsVia';

/** @throws BootstrapError for an unknown source, and for anything but a list of names. */
export function resolveRequestsVia(option: RequestsVia = {}): readonly Carriage[] {
  if (typeof option !== 'object' || option === null || Array.isArray(option)) {
    throw new BootstrapError(`${WHERE} must have lists of names, as in { sqs: ['api-requests'] }`);
  }
  refuseUnknownOptions(option, Object.keys(CARRIERS), WHERE);
  return (Object.entries(option) as [Carrier, unknown][]).flatMap(([source, names]) => carriagesOf(source, names));
}

function carriagesOf(source: Carrier, names: unknown): Carriage[] {
  if (names === undefined) return [];
  if (!Array.isArray(names)) {
    throw new BootstrapError(
      `${WHERE}: ${source} is ${JSON.stringify(names)}; it must be a list of names, as in ['api-requests']`,
    );
  }
  return (names as string[]).map((name) => {
    checkCarriage({ source, name }, WHERE);
    return { source, name };
  });
}
