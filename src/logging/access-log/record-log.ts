import type { Context as LambdaContext } from 'aws-lambda';
import type { RecordAdapter, RecordOutcome, SourceRecord } from '../../contracts/event-adapter.js';
import type { LogFields, Logger } from '../../contracts/logger.js';
import { HttpException } from '../../errors/http-exception.js';
import type { LogLevel } from '../../settings/log-level.js';
import { type ColdStart, currentEventLog, type EventLog } from '../logger/event-log.js';
import { writeRecord } from '../logger/event-logger.js';
import { addFields, isoDate, type LogRecord, millisecondsSince, useLambdaFields } from '../writers/log-record.js';
import { type AccessLogOptions, isSampled } from './access-log-options.js';
import { errorDetailOf, stackOf } from './error-detail.js';
import { compileRedaction, redactedDetail, type Redaction } from './redaction.js';

/** One record that was handled. */
export interface HandledRecord {
  readonly record: SourceRecord;
  /** Named as in `ShippingController.ship`; `undefined` when there was none. */
  readonly consumer: { readonly name: string } | undefined;
  readonly outcome: RecordOutcome;
}

/** The event that a record came in. */
export interface HandledEvent {
  readonly adapter: RecordAdapter;
  readonly lambdaContext: LambdaContext;
}

/** One batch, when all of its records are done. */
export interface HandledBatch {
  readonly source: string;
  /** Lambda's id of the invocation. */
  readonly id: string;
  readonly outcomes: readonly RecordOutcome[];
  /** Milliseconds of the monotonic clock. */
  readonly start: number;
  readonly coldStart: true | undefined;
}

/** Writes a line a record and a line a batch, by the options of the access log; without one, failures alone. */
export class RecordLog {
  readonly #options: AccessLogOptions;
  readonly #failuresOnly: boolean;
  readonly #redact: Redaction;
  readonly #coldStart: ColdStart | undefined;

  constructor(
    readonly logger: Logger,
    options: boolean | AccessLogOptions | undefined,
    coldStart: ColdStart,
  ) {
    this.#failuresOnly = options === false;
    // Requests have no lines then, so that nobody knows which event was the first.
    this.#coldStart = this.#failuresOnly ? undefined : coldStart;
    this.#options = typeof options === 'object' ? options : {};
    this.#redact = compileRedaction(this.#options.redact);
  }

  /** For the line of a batch: whoever takes it when the batch begins is before its records. */
  takeColdStart(): true | undefined {
    return this.#coldStart?.take();
  }

  /**
   * The line of one record, with the fields that were set on the way.
   *
   * @param start Milliseconds of the monotonic clock.
   */
  record(handled: HandledRecord, event: HandledEvent, start: number): void {
    const cold_start = this.takeColdStart();
    const { outcome } = handled;
    const status = statusOf(outcome, event.adapter);
    const level = LEVELS[status];
    if (!this.#wanted(level)) return;
    const log = currentEventLog();
    const error_detail = outcome.failed ? redactedDetail(this.#redact, detailOf(outcome.error)) : undefined;
    const end = {
      level,
      date: isoDate(Date.now()),
      status,
      execution_time: millisecondsSince(start),
      error_detail,
      cold_start,
    };
    this.#write(recordFields(handled, event, log, end) as RecordLine, log && this.#redact(log.added));
  }

  /** The line of one batch, with counts. */
  batch({ source, id, outcomes, start, coldStart }: HandledBatch): void {
    const failed = outcomes.filter((outcome) => outcome.failed).length;
    const level = LEVELS[failed > 0 ? 'failed' : 'ok'];
    if (!this.#wanted(level)) return;
    const execution_time = millisecondsSince(start);
    this.#write({
      type: 'batch',
      level,
      date: isoDate(Date.now()),
      id,
      source,
      records: outcomes.length,
      failed,
      execution_time,
      cold_start: coldStart,
    });
  }

  #wanted(level: LogLevel): boolean {
    if (level === LEVELS.failed) return true;
    if (this.#failuresOnly) return false;
    return level === LEVELS.refused || isSampled(this.#options.sampling);
  }

  #write(line: RecordLine, fields: Readonly<LogFields> = {}): void {
    const { level } = line;
    if (this.#options.lambdaFields) useLambdaFields(level, line);
    addFields(line, fields);
    writeRecord(this.logger, level, line);
  }
}

interface RecordLine extends LogRecord {
  level: LogLevel;
}

const LEVELS = { ok: 'info', refused: 'warning', failed: 'error' } as const;

function statusOf(outcome: RecordOutcome, adapter: RecordAdapter): keyof typeof LEVELS {
  if (!outcome.failed) return 'ok';
  return adapter.isRefusal?.(outcome.error) ? 'refused' : 'failed';
}

/** What the line of a record says: without an end, what is known of it on the way. */
export function recordFields(
  { record, consumer }: Pick<HandledRecord, 'record' | 'consumer'>,
  { adapter, lambdaContext }: HandledEvent,
  log: EventLog | undefined,
  end: LogFields = {},
): LogFields {
  return {
    type: 'record',
    level: end['level'],
    date: end['date'],
    id: record.id || lambdaContext.awsRequestId,
    request_id: lambdaContext.awsRequestId,
    source: adapter.source,
    consumer: consumer?.name,
    attempt: record.attempt,
    status: end['status'],
    execution_time: end['execution_time'],
    error_detail: end['error_detail'],
    trace_id: log?.traceId,
    cold_start: end['cold_start'],
    via: record.via,
    message_id: record.message?.id,
  };
}

/** Of an exception what it says, for the record has no answer that would say it; of any other error its stack. */
function detailOf(error: unknown): unknown {
  return error instanceof HttpException ? (errorDetailOf(error) ?? error.detail) : stackOf(error);
}
