import type { LogFields, Logger } from '../contracts/logger.js';
import type { RecordOutcome } from '../contracts/record-adapter.js';
import { HttpException } from '../errors/http-exception.js';
import type { AccessLogOptions } from './access-log-options.js';
import { errorDetailOf, stackOf } from './error-detail.js';
import { currentEventLog } from './event-log.js';
import { isoDate } from './iso-date.js';
import { addFields, type LogRecord, useLambdaFields } from './log-record.js';
import { compileRedaction, type Redaction } from './redaction.js';
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
  readonly outcome: RecordOutcome;
}

/** One batch, when all of its records are done. */
export interface HandledBatch {
  readonly source: string;
  /** Lambda's id of the invocation. */
  readonly id: string;
  readonly outcomes: readonly RecordOutcome[];
  /** Milliseconds of the monotonic clock. */
  readonly start: number;
}

/** Writes a line a record and a line a batch, by the options of the access log; without one, failures alone. */
export class RecordLog {
  readonly #options: AccessLogOptions;
  readonly #failuresOnly: boolean;
  readonly #redact: Redaction;

  constructor(
    readonly logger: Logger,
    options: boolean | AccessLogOptions = true,
  ) {
    this.#failuresOnly = options === false;
    this.#options = typeof options === 'object' ? options : {};
    this.#redact = compileRedaction(this.#options.redact);
  }

  /** The line of one record, with the fields that were set on the way. */
  record({ source, id, consumer, attempt, executionTime, outcome }: HandledRecord): void {
    if (!this.#wanted(outcome.failed)) return;
    const log = currentEventLog();
    const line = lineOf('record', outcome.failed, id, source);
    Object.assign(line, {
      consumer,
      attempt,
      status: outcome.failed ? 'failed' : 'ok',
      execution_time: rounded(executionTime),
      error_detail: outcome.failed ? detailOf(outcome.error) : undefined,
      trace_id: log?.traceId,
    });
    this.#write(line, log && this.#redact(log.fields));
  }

  /** The line of one batch, with counts. */
  batch({ source, id, outcomes, start }: HandledBatch): void {
    const failed = outcomes.filter((outcome) => outcome.failed).length;
    if (!this.#wanted(failed > 0)) return;
    const line = lineOf('batch', failed > 0, id, source);
    this.#write(Object.assign(line, { records: outcomes.length, failed, execution_time: rounded(performance.now() - start) }));
  }

  #wanted(failed: boolean): boolean {
    const { sampling } = this.#options;
    if (failed) return true;
    return !this.#failuresOnly && (sampling === undefined || Math.random() < sampling);
  }

  #write(line: RecordLine, fields: Readonly<LogFields> = {}): void {
    const { level } = line;
    if (this.#options.lambdaFields) useLambdaFields(level, line);
    addFields(line, fields);
    writeRecord(this.logger, level, line);
  }
}

interface RecordLine extends LogRecord {
  level: 'info' | 'error';
}

function lineOf(type: string, failed: boolean, id: string, source: string): RecordLine {
  return { type, level: failed ? 'error' : 'info', date: isoDate(Date.now()), id, source };
}

/** Milliseconds to the microsecond. */
function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}

/** Of an exception what it says, for the record has no answer that would say it; of any other error its stack. */
function detailOf(error: unknown): unknown {
  return error instanceof HttpException ? (errorDetailOf(error) ?? error.detail) : stackOf(error);
}
