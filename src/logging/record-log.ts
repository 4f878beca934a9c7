import type { Logger } from '../contracts/logger.js';
import { HttpException } from '../errors/http-exception.js';
import { currentEventLog } from './event-log.js';
import { errorDetailOf, stackOf } from './error-detail.js';
import { addFields, type LogRecord } from './log-record.js';
import { writeRecord } from './write-record.js';

/** One record that was handled. */
export interface HandledRecord {
  readonly source: string;
  readonly id: string;
  /** The consumer, as in `ShippingController.ship`; `undefined` when there was none. */
  readonly consumer: string | undefined;
  /** The delivery attempt, from 1, where the source tells. */
  readonly attempt: number | undefined;
  /** Milliseconds. */
  readonly executionTime: number;
  readonly failure: { readonly error: unknown } | undefined;
}

/** Writes the line of one record, with the fields that were set on the way. */
export function logRecord(logger: Logger, { source, id, consumer, attempt, executionTime, failure }: HandledRecord): void {
  const log = currentEventLog();
  const level = failure ? 'error' : 'info';
  const record: LogRecord = {
    type: 'record',
    level,
    date: new Date().toISOString(),
    id,
    source,
    consumer,
    attempt,
    status: failure ? 'failed' : 'ok',
    execution_time: executionTime,
    error_detail: failure && detailOf(failure.error),
    trace_id: log?.traceId,
  };
  if (log) addFields(record, log.fields);
  writeRecord(logger, level, record);
}

/** One batch, when all of its records are done. */
export interface HandledBatch {
  readonly source: string;
  /** Lambda's id of the invocation. */
  readonly id: string;
  readonly records: number;
  readonly failed: number;
  /** Milliseconds. */
  readonly executionTime: number;
}

export function logBatch(logger: Logger, { source, id, records, failed, executionTime }: HandledBatch): void {
  const level = failed > 0 ? 'error' : 'info';
  writeRecord(logger, level, {
    type: 'batch',
    level,
    date: new Date().toISOString(),
    id,
    source,
    records,
    failed,
    execution_time: executionTime,
  });
}

/** Of an exception what it says, for the record has no answer that would say it; of any other error its stack. */
function detailOf(error: unknown): unknown {
  return error instanceof HttpException ? (errorDetailOf(error) ?? error.detail) : stackOf(error);
}
