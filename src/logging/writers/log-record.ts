import type { LogFields } from '../../contracts/logger.js';
import type { LogLevel } from '../../settings/log-level.js';
import { memberNames, readMember } from './json-value.js';

/** What one line says. Standard fields stand first, `undefined` where absent: that keeps their names reserved. */
export interface LogRecord extends LogFields {
  level: string;
  /** ISO 8601. */
  date: string;
}

/** Takes finished records to where lines go. */
export interface LogWriter {
  enabled(level: LogLevel): boolean;
  /** The level is given apart: in the record it may stand under Lambda's name. Never throws. */
  write(level: LogLevel, record: LogRecord): void;
}

/**
 * Names that fields never have, in no line: what a line of any kind says by itself, what Lambda reads (`timestamp`),
 * and what makes CloudWatch take a line for metrics (`_aws`). A body that is logged as it came can't pass for a
 * request.
 */
export const RESERVED_NAMES: ReadonlySet<string> = new Set([
  'type',
  'level',
  'date',
  'timestamp',
  'message',
  'id',
  'trace_id',
  'error_detail',
  'execution_time',
  'cold_start',
  'method',
  'path',
  'route',
  'status_code',
  'server_id',
  'client_user_agent',
  'client_ip',
  'via',
  'source',
  'consumer',
  'attempt',
  'status',
  'request_id',
  'records',
  'failed',
  'message_id',
  'log_error',
  '_aws',
  '__proto__',
]);

/**
 * Adds what a program wants in the line. A name that is reserved or taken gets underscores behind it: nothing is lost.
 */
export function addFields(record: LogFields, fields: LogFields): void {
  for (const key of memberNames(fields)) {
    const value = readMember(fields, key);
    if (value !== undefined) record[freeName(record, key)] = value;
  }
}

function freeName(record: LogFields, key: string): string {
  let name = RESERVED_NAMES.has(key) ? `${key}_` : key;
  while (Object.hasOwn(record, name)) name += '_';
  return name;
}

/** Adds `timestamp` and puts Lambda's name for the level. */
export function useLambdaFields(level: LogLevel, record: LogRecord): void {
  record.level = LAMBDA_LEVELS[level];
  record['timestamp'] = record.date;
}

/** A table for winston, the most severe first as in syslog (RFC 5424). */
export const LOG_LEVELS = { critical: 0, error: 1, warning: 2, info: 3, debug: 4 } as const satisfies Record<
  LogLevel,
  number
>;

/** Lambda's names, which its log-level filter reads (AWS: "Log-level filtering" of Lambda functions). */
const LAMBDA_LEVELS: Readonly<Record<LogLevel, string>> = {
  debug: 'DEBUG',
  info: 'INFO',
  warning: 'WARN',
  error: 'ERROR',
  critical: 'FATAL',
};

export function isLogLevel(value: unknown): value is LogLevel {
  return typeof value === 'string' && Object.hasOwn(LOG_LEVELS, value);
}

let second = Number.NaN;
let prefix = '';

/**
 * A time in milliseconds since 1970 as `Date.prototype.toISOString` writes it.
 *
 * All but the milliseconds is kept from the last call within the same second: 0.1 µs instead of 1 to 2.
 */
export function isoDate(time: number): string {
  const milliseconds = ((time % 1000) + 1000) % 1000;
  if (time - milliseconds !== second) {
    second = time - milliseconds;
    prefix = new Date(second).toISOString().slice(0, -4);
  }
  return `${prefix}${String(milliseconds).padStart(3, '0')}Z`;
}

/** The milliseconds since a time of the monotonic clock, to the microsecond. */
export function millisecondsSince(start: number): number {
  return Math.round((performance.now() - start) * 1000) / 1000;
}
