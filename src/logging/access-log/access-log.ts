import type { LogFields } from '../../contracts/logger.js';
import type { ExecutionContext } from '../../contracts/pipeline.js';
import { HttpException } from '../../errors/http-exception.js';
import { errorStatusText } from '../../errors/http-status.js';
import type { LogLevel } from '../../settings/settings.js';
import { onDemand } from '../../shared/on-demand.js';
import { attempt, chain } from '../../shared/promise.js';
import { monotonicTime } from '../../shared/time.js';
import type { MaybePromise } from '../../shared/types.js';
import { currentLogger } from '../logger/current-logger.js';
import { ColdStart, currentEventFields, type EventFields, type StandardFields } from '../logger/event-fields.js';
import { writeLine } from '../logger/event-logger.js';
import { compileRedaction, redactedDetail, type Redaction } from '../redaction.js';
import { isSampled } from '../sampling.js';
import { addFields, isoDate, type LineFields, millisecondsSince, useLambdaFields } from '../writers/line-fields.js';
import type { AccessLogOptions } from './access-log-options.js';
import { stackOf } from './error-stack.js';

/**
 * Writes one line per request, in the Jhalog shape (JSON HTTP access log).
 *
 * Call {@link begin} when a request comes in, then {@link responded} or {@link failed}. You can rely on the standard
 * fields: a field that the program adds under one of their names gets a trailing underscore.
 */
export class AccessLog {
  readonly #options: AccessLogOptions;
  readonly #redact: Redaction;
  readonly #view: AccessLogView;
  readonly #coldStart: ColdStart;

  /** @param coldStart Shared with the log of records, because an application's first event may be one. */
  constructor(options: AccessLogOptions = {}, coldStart = new ColdStart()) {
    this.#options = options;
    this.#coldStart = coldStart;
    this.#redact = compileRedaction(options.redact);
    this.#view = {
      serverId: process.env['AWS_LAMBDA_LOG_STREAM_NAME'] ?? hostName(),
      clientIp: options.clientIp === true,
    };
  }

  begin(context: ExecutionContext): AccessLine {
    return new AccessLine(context, currentEventFields(), this.#coldStart.take(), this.#view);
  }

  /** Returns a promise only if the code that describes the error has to be loaded. */
  responded(line: AccessLine, statusCode: number): MaybePromise<void> {
    const { error } = line.context;
    if (error === undefined) return this.#end(line, outcomeOf(statusCode, undefined));
    if (error instanceof HttpException) return this.#refused(line, error, statusCode);
    return this.#end(line, statusCode >= 500 ? unhandled(error, statusCode) : outcomeOf(statusCode, undefined));
  }

  /** Like {@link responded}, for a request without a response. */
  failed(line: AccessLine, error: unknown): MaybePromise<void> {
    if (error instanceof HttpException) return this.#refused(line, error, error.statusCode);
    this.#end(line, unhandled(error, 500));
  }

  #refused(line: AccessLine, error: HttpException, statusCode: number): MaybePromise<void> {
    return chain(detailOf(error), (detail) => this.#end(line, outcomeOf(statusCode, detail)));
  }

  #end(line: AccessLine, outcome: Outcome): void {
    if (!this.#wanted(line, outcome)) return;
    const fields = line.fields(outcome) as LineFields;
    if (outcome.errorDetail !== undefined) fields['error_detail'] = redactedDetail(this.#redact, outcome.errorDetail);
    if (this.#options.lambdaFields) useLambdaFields(outcome.level, fields);
    if (line.log) addFields(fields, this.#redact(line.log.added));
    writeLine(line.log?.logger ?? currentLogger(), outcome.level, fields);
  }

  #wanted({ context, isLeftOut }: AccessLine, { level, statusCode }: Outcome): boolean {
    if (level === 'critical') return true;
    if (isLeftOut) return false;
    const { path } = context.request;
    const { ignorePaths, sampling } = this.#options;
    if (ignorePaths?.some((ignored) => matches(ignored, path))) return false;
    return statusCode >= 400 || isSampled(sampling);
  }
}

const describing = onDemand(() => import('./error-detail.js'));

/**
 * Describes an exception. Code for anything but a text, such as a list of validation errors, is loaded by the first.
 */
function detailOf(error: HttpException): MaybePromise<unknown> {
  const { cause, detail, errorDetail = null, statusCode } = error;
  if (errorDetail === null && cause === undefined && typeof detail === 'string')
    return detail === errorStatusText(statusCode) ? undefined : detail;
  // A line without the detail is better than none.
  return attempt(() => chain(describing(), ({ errorDetailOf }) => errorDetailOf(error)), stackOf);
}

/** Loads `node:os` for a process outside of Lambda only. Node below 20.16 can't load it synchronously. */
function hostName(): string {
  return process.getBuiltinModule?.('node:os').hostname() ?? 'localhost';
}

function outcomeOf(statusCode: number, errorDetail: unknown): Outcome {
  const level = statusCode < 400 ? 'info' : statusCode < 500 ? 'warning' : 'error';
  return { level, statusCode, errorDetail };
}

function unhandled(error: unknown, statusCode: number): Outcome {
  return { level: 'critical', statusCode, errorDetail: stackOf(error) };
}

// `search` always starts at the beginning; `test` resumes where a global pattern last stopped.
function matches(ignored: string | RegExp, path: string): boolean {
  return typeof ignored === 'string' ? ignored === path : path.search(ignored) !== -1;
}

/** The outcome of a request. */
interface Outcome {
  readonly level: LogLevel;
  readonly statusCode: number;
  readonly errorDetail: unknown;
}

/** The values that are the same in every line of an access log. */
interface AccessLogView {
  readonly serverId: string;
  readonly clientIp: boolean;
}

/** One request and its line: the fields known so far while it runs, all of them when it has ended. */
export class AccessLine implements StandardFields {
  /** Milliseconds since 1970. */
  readonly startedAt = Date.now();
  /** Milliseconds of the monotonic clock. */
  readonly start = monotonicTime();
  /** Whether the request has no line, unless it ends with an unhandled error. */
  isLeftOut = false;

  constructor(
    readonly context: ExecutionContext,
    readonly log: EventFields | undefined,
    private readonly coldStart: true | undefined,
    private readonly view: AccessLogView,
  ) {
    if (log) log.standard = this;
  }

  standardFields(): LogFields {
    return this.fields(undefined);
  }

  /** One literal in the order of the line, `undefined` where absent: filling it in steps takes three times as long. */
  fields(outcome: Outcome | undefined): Partial<LineFields> {
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
      execution_time: outcome && millisecondsSince(this.start),
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
