import type { Context as LambdaContext } from 'aws-lambda';
import type { RecordAdapter, RecordOutcome, SourceRecord } from '../../contracts/event-adapter.js';
import type { LogFields, Logger } from '../../contracts/logger.js';
import { HttpException } from '../../errors/http-exception.js';
import type { LogLevel } from '../../settings/settings.js';
import { type ColdStart, currentEventFields, type EventFields } from '../logger/event-fields.js';
import { writeLine } from '../logger/event-logger.js';
import { compileRedaction, redactedDetail, type Redaction } from '../redaction.js';
import { isSampled } from '../sampling.js';
import { addFields, isoDate, type LineFields, millisecondsSince, useLambdaFields } from '../writers/line-fields.js';
import type { AccessLogOptions } from './access-log-options.js';
import { errorDetailOf } from './error-detail.js';
import { stackOf } from './error-stack.js';

/** A record that has been handled. */
export interface HandledRecord {
  readonly record: SourceRecord;
  /** Named as in `ShippingController.ship`; `undefined` if no consumer takes the record. */
  readonly consumer: { readonly name: string } | undefined;
  readonly outcome: RecordOutcome;
}

/** The event of a record. */
export interface HandledEvent {
  readonly adapter: RecordAdapter;
  readonly lambdaContext: LambdaContext;
}

/** A batch whose records have all been handled. */
export interface HandledBatch {
  readonly source: string;
  /** The request id of the invocation. */
  readonly id: string;
  readonly outcomes: readonly RecordOutcome[];
  /** In milliseconds of the monotonic clock. */
  readonly start: number;
  readonly coldStart: true | undefined;
}

/** Writes record lines and batch lines, following the options of the access log. Without one it logs only failures. */
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
    // Without an access log, requests don't take the cold start: the first record may not be the first event.
    this.#coldStart = this.#failuresOnly ? undefined : coldStart;
    this.#options = typeof options === 'object' ? options : {};
    this.#redact = compileRedaction(this.#options.redact);
  }

  /** For a batch line. Call it when the batch begins, before its records take it. */
  takeColdStart(): true | undefined {
    return this.#coldStart?.take();
  }

  /**
   * Writes a record line, with the fields added while the record was handled.
   *
   * @param start In milliseconds of the monotonic clock.
   */
  record(handled: HandledRecord, event: HandledEvent, start: number): void {
    const { outcome } = handled;
    if (this.#failuresOnly && !outcome.failed) return;
    const cold_start = this.takeColdStart();
    const status = statusOf(outcome, event.adapter);
    const level = LEVELS[status];
    if (!this.#wanted(level)) return;
    const log = currentEventFields();
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

  /** Writes a batch line, with the number of records and of failures. */
  batch({ source, id, outcomes, start, coldStart }: HandledBatch): void {
    let failed = 0;
    for (const outcome of outcomes) if (outcome.failed) failed++;
    if (this.#failuresOnly && failed === 0) return;
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
    writeLine(this.logger, level, line);
  }
}

interface RecordLine extends LineFields {
  level: LogLevel;
}

const LEVELS = { ok: 'info', refused: 'warning', failed: 'error' } as const;

function statusOf(outcome: RecordOutcome, adapter: RecordAdapter): keyof typeof LEVELS {
  if (!outcome.failed) return 'ok';
  return adapter.isRefusal?.(outcome.error) ? 'refused' : 'failed';
}

/** The fields of a record line; without `end`, those known while the record is being handled. */
export function recordFields(
  { record, consumer }: Pick<HandledRecord, 'record' | 'consumer'>,
  { adapter, lambdaContext }: HandledEvent,
  log: EventFields | undefined,
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

/** An exception's detail, even a bare status text, because no response shows it; the stack of any other error. */
function detailOf(error: unknown): unknown {
  return error instanceof HttpException ? (errorDetailOf(error) ?? error.detail) : stackOf(error);
}
