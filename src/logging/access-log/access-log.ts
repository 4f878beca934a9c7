import { hostname } from 'node:os';
import type { LogFields } from '../../contracts/logger.js';
import type { CallHandler, ExecutionContext, Interceptor } from '../../contracts/pipeline.js';
import { HttpException } from '../../errors/http-exception.js';
import type { ResponseHead } from '../../http/response/rendered-response.js';
import { ownClassMetadata } from '../../metadata/class-metadata.js';
import type { LogLevel } from '../../settings/log-level.js';
import { brand } from '../../shared/brand.js';
import { currentLogger } from '../logger/current-logger.js';
import { ColdStart, currentEventLog, type EventLog, type StandardFields } from '../logger/event-log.js';
import { writeRecord } from '../logger/event-logger.js';
import { addFields, isoDate, type LogRecord, useLambdaFields } from '../writers/log-record.js';
import { type AccessLogOptions, checkAccessLogOptions } from './access-log-options.js';
import { errorDetailOf, stackOf } from './error-detail.js';
import { compileRedaction, redactedDetail, type Redaction } from './redaction.js';

/**
 * Writes one line a request when its answer is there, in the Jhalog shape (JSON HTTP access log).
 *
 * Goes around a whole application, outermost: `create` puts it there. Standard fields can be relied on: a field that
 * the program adds under the name of one of them gets an underscore behind its name.
 */
export class AccessLogInterceptor implements Interceptor<ResponseHead, ResponseHead> {
  readonly #options: AccessLogOptions;
  readonly #redact: Redaction;
  readonly #view: AccessLogView;
  readonly #coldStart: ColdStart;

  /**
   * @param coldStart Shared with the log of records, which may have an application's first event; its own unless given.
   * @throws BootstrapError for an unknown option or a bad value.
   */
  constructor(options: AccessLogOptions = {}, coldStart = new ColdStart()) {
    checkAccessLogOptions(options);
    this.#options = options;
    this.#coldStart = coldStart;
    this.#redact = compileRedaction(options.redact);
    this.#view = {
      serverId: process.env['AWS_LAMBDA_LOG_STREAM_NAME'] ?? hostname(),
      clientIp: options.clientIp === true,
    };
  }

  intercept(context: ExecutionContext, next: CallHandler<ResponseHead>): Promise<ResponseHead> {
    const access = this.begin(context);
    return next.handle().then(
      (answer) => {
        this.answered(access, answer.statusCode);
        return answer;
      },
      (error: unknown) => {
        this.failed(access, error);
        throw error;
      },
    );
  }

  /** Notes when the event began. For the application, which waits for nothing where a route doesn't. @internal */
  begin(context: ExecutionContext): Access {
    return new Access(context, currentEventLog(), this.#coldStart.take(), this.#view);
  }

  /** @internal */
  answered(access: Access, statusCode: number): void {
    this.#end(access, answered(statusCode, access.context.error));
  }

  /** @internal */
  failed(access: Access, error: unknown): void {
    this.#end(access, failed(error));
  }

  #end(access: Access, outcome: Outcome): void {
    if (!this.#wanted(access.context.request.path, outcome)) return;
    const record = access.record(outcome) as LogRecord;
    if (outcome.errorDetail !== undefined) record['error_detail'] = redactedDetail(this.#redact, outcome.errorDetail);
    if (this.#options.lambdaFields) useLambdaFields(outcome.level, record);
    if (access.log) addFields(record, this.#redact(access.log.added));
    writeRecord(access.log?.logger ?? currentLogger(), outcome.level, record);
  }

  #wanted(path: string, { level, statusCode }: Outcome): boolean {
    if (level === 'critical') return true;
    const { ignorePaths, sampling } = this.#options;
    if (ignorePaths?.some((ignored) => matches(ignored, path))) return false;
    return statusCode >= 400 || sampling === undefined || Math.random() < sampling;
  }
}
brand(AccessLogInterceptor, 'AccessLogInterceptor');
ownClassMetadata(AccessLogInterceptor).eventKinds = ['http'];

/** An answer that was made of an error that nobody handled is as bad as the error itself. */
function answered(statusCode: number, error: unknown): Outcome {
  if (statusCode >= 500 && error !== undefined && !(error instanceof HttpException)) {
    return { level: 'critical', statusCode, errorDetail: stackOf(error) };
  }
  const level = statusCode < 400 ? 'info' : statusCode < 500 ? 'warning' : 'error';
  return { level, statusCode, errorDetail: errorDetailOf(error) };
}

function failed(error: unknown): Outcome {
  if (error instanceof HttpException) return answered(error.statusCode, error);
  return { level: 'critical', statusCode: 500, errorDetail: stackOf(error) };
}

// `search` starts at the beginning whatever the flags; `test` goes on where a global pattern last stood.
function matches(ignored: string | RegExp, path: string): boolean {
  return typeof ignored === 'string' ? ignored === path : path.search(ignored) !== -1;
}

/** How a request ended. */
interface Outcome {
  readonly level: LogLevel;
  readonly statusCode: number;
  readonly errorDetail: unknown;
}

/** What an application's access log shows in every line. */
interface AccessLogView {
  readonly serverId: string;
  readonly clientIp: boolean;
}

/** One request: what its line says, when it has ended and before. */
export class Access implements StandardFields {
  /** Milliseconds since 1970. */
  readonly startedAt = Date.now();
  /** Milliseconds of the monotonic clock. */
  readonly start = performance.now();

  constructor(
    readonly context: ExecutionContext,
    readonly log: EventLog | undefined,
    private readonly coldStart: true | undefined,
    private readonly view: AccessLogView,
  ) {
    if (log) log.standard = this;
  }

  standardFields(): LogFields {
    return this.record(undefined);
  }

  /** One literal, in the line's sequence, `undefined` where absent: to fill it in steps takes three times as long. */
  record(outcome: Outcome | undefined): Partial<LogRecord> {
    const { context, log, view } = this;
    const { request } = context;
    return {
      type: 'access',
      level: outcome?.level,
      date: isoDate(this.startedAt),
      id: request.id,
      method: request.method,
      path: request.path,
      route: context.route,
      status_code: outcome?.statusCode,
      execution_time: outcome && Math.round((performance.now() - this.start) * 1000) / 1000,
      server_id: view.serverId,
      client_user_agent: request.header('user-agent'),
      error_detail: outcome?.errorDetail,
      trace_id: log?.traceId,
      cold_start: this.coldStart,
      client_ip: view.clientIp ? request.ip : undefined,
      via: request.via,
    };
  }
}
