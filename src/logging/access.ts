import type { ExecutionContext } from '../contracts/execution-context.js';
import type { LogFields, LogLevel } from '../contracts/logger.js';
import type { EventLog, StandardFields } from './event-log.js';
import { isoDate } from './iso-date.js';
import type { LogRecord } from './log-record.js';

/** How a request ended. */
export interface Outcome {
  readonly level: LogLevel;
  readonly statusCode: number;
  readonly errorDetail: unknown;
}

/** What an application's access log shows in every line. */
export interface AccessLogView {
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
