import type { LogFields, LogLevel } from '../contracts/logger.js';
import { memberNames, readMember } from './json-value.js';
import { LAMBDA_LEVELS } from './log-levels.js';

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
 * and what makes CloudWatch take a line for metrics (`_aws`). A body that is logged as it came can't pass for a request.
 */
export const RESERVED_NAMES: ReadonlySet<string> = new Set([
  'type', 'level', 'date', 'timestamp', 'message', 'id', 'trace_id', 'error_detail', 'execution_time', 'cold_start',
  'method', 'path', 'route', 'status_code', 'server_id', 'client_user_agent', 'client_ip', 'via',
  'source', 'consumer', 'attempt', 'status', 'request_id', 'records', 'failed', 'message_id', 'log_error',
  '_aws', '__proto__',
]);

/** Adds what a program wants in the line. A name that is reserved or taken gets underscores behind it: nothing is lost. */
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
