import type { SourceRecord } from '../../contracts/event-adapter.js';
import type { Carriage, Carrier } from '../../shared/event-types.js';
import type { MaybePromise } from '../../shared/types.js';

/** Handles a record that can't be parsed or validated; if it throws, the record has failed. */
export type InvalidRecordHandler = (record: SourceRecord, error: unknown) => MaybePromise<void>;

/** The option `batch` of `create`. */
export interface BatchOptions {
  /**
   * The number of records that are handled concurrently, where their order allows it. 10 by default. A consumer's own
   * option takes precedence.
   */
  concurrency?: number;
  /**
   * The treatment of a record that can't be parsed or validated. `fail`, the default, fails it; `drop` logs it and
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
  /**
   * Whether the function is the target of EventBridge pipes, which send the records of SQS, Kinesis and DynamoDB as a
   * list. A pipe must send them as they are: with an input template, their senders could choose what a record is.
   * `false` by default.
   */
  eventBridgePipes?: boolean;
}

/** The sources that read batch item failures, if their mapping has `ReportBatchItemFailures`. */
export const REPORTING_SOURCES = ['sqs', 'kinesis', 'dynamodb', 'kafka'] as const;

/** A source that reads batch item failures. */
export type ReportingSource = (typeof REPORTING_SOURCES)[number];

/** Fills in the defaults. */
export function batchOptions({
  concurrency = 10,
  invalid = 'fail',
  clientErrors = 'log',
  rejectWhole = [],
  eventBridgePipes = false,
}: BatchOptions = {}): Required<BatchOptions> {
  return { concurrency, invalid, clientErrors, rejectWhole, eventBridgePipes };
}

/** The option `requestsVia` of `create`: the names of queues and topics whose messages are requests. */
export interface RequestsVia {
  sqs?: readonly string[];
  mq?: readonly string[];
  sns?: readonly string[];
}

/** Lists the queues and topics whose messages are requests. */
export function requestCarriages(option: RequestsVia = {}): readonly Carriage[] {
  return (Object.entries(option) as [Carrier, readonly string[] | undefined][]).flatMap(([source, names = []]) =>
    names.map((name) => ({ source, name })),
  );
}
